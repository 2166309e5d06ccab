import { AbortedError, type Phase } from '../base/index.js';
import type { ChannelTimes } from './connection.js';

interface Waiting {
  readonly phase: Phase;
  /** Makes the error for the time that is over. */
  readonly late: () => Error;
  /** What is called off by an abort, for its message; default `connecting`. */
  readonly doing?: string;
}

/** Waits for a promise until the deadline passes or the signal aborts; what comes later goes unheard. @throws AbortedError. */
export function within<T>(
  promise: Promise<T>,
  { deadline, signal }: ChannelTimes,
  { phase, late, doing = 'connecting' }: Waiting,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const onAbort = (): void => settle(() => reject(new AbortedError(`cancelled while ${doing}`, { phase })));
    const unschedule = deadline.schedule(() => settle(() => reject(late())));
    promise.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
