import { AbortedError } from '../base/index.js';
import { CancelledError } from '../futures/index.js';

/** Returns what was thrown, or the abort where that is what it means: what Node's own functions throw, or the reason. */
export function heedingAbort(thrown: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted !== true) return thrown;
  const means =
    thrown === signal.reason ||
    thrown instanceof CancelledError ||
    (thrown instanceof Error && thrown.name === 'AbortError');
  return means ? new AbortedError('cancelled', { phase: 'task', cause: thrown }) : thrown;
}
