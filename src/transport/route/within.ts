import { AbortedError, Deadline, type Phase } from '../../base/index.js';
import type { ChannelTimes } from '../connection.js';

/** Waits for a promise until the deadline passes or the signal aborts; what comes later goes unheard. */
export function within<T>(
  promise: Promise<T>,
  { deadline, signal }: ChannelTimes,
  { phase, late }: { readonly phase: Phase; readonly late: () => Error },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const onAbort = (): void => settle(() => reject(new AbortedError('cancelled while connecting', { phase })));
    const unschedule = deadline.schedule(() => settle(() => reject(late())));
    promise.then(
      (value) => settle(() => resolve(value)),
      (error: Error) => settle(() => reject(error)),
    );
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Waits for a moment, or until the signal aborts. @throws AbortedError. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let wake = (): void => {};
  const over = new Promise<void>((resolve) => {
    wake = Deadline.after(ms).schedule(resolve);
  });
  return within(over, { deadline: Deadline.never, signal }, { phase: 'connect', late: () => new Error() }).finally(
    wake,
  );
}
