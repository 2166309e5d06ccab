import { checkMs, Deadline } from '../base/index.js';
import { onAbort } from './on-abort.js';

/** How long something that waits may wait. */
export interface WaitLimits {
  /** Milliseconds, 0 included; default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait, and nothing else, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

interface Settle<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Waits for what `subscribe` announces, but not longer than the limits allow: at the deadline `onTimeout` settles
 * instead. What `subscribe` returns is called once, when the wait is over in any way.
 */
export function limited<T>(
  limits: WaitLimits,
  onTimeout: (settle: Settle<T>) => void,
  subscribe: (settle: Settle<T>) => () => void,
): Promise<T> {
  const deadline = Deadline.after(checkMs('timeoutMs', limits.timeoutMs));
  return new Promise<T>((resolve, reject) => {
    const { signal } = limits;
    let over = false;
    let stopTimer: (() => void) | undefined;
    let unsubscribe: (() => void) | undefined;
    let unlisten: (() => void) | undefined;
    const finish = (): void => {
      over = true;
      stopTimer?.();
      unsubscribe?.();
      unlisten?.();
    };
    const settle: Settle<T> = {
      resolve: (value) => {
        if (over) return;
        finish();
        resolve(value);
      },
      reject: (error) => {
        if (over) return;
        finish();
        reject(error);
      },
    };
    if (signal?.aborted === true) {
      settle.reject(signal.reason);
      return;
    }
    if (signal !== undefined) unlisten = onAbort(signal, () => settle.reject(signal.reason));
    unsubscribe = subscribe(settle);
    if (over) unsubscribe();
    else stopTimer = deadline.schedule(() => onTimeout(settle));
  });
}
