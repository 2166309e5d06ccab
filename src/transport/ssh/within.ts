import { AbortedError, DeviceTimeoutError, type Phase } from '../../base/index.js';
import type { ChannelTimes } from '../connection.js';

/**
 * Waits for what goes on by itself, as a person's answer does, but no longer than the deadline and the signal allow.
 * @throws DeviceTimeoutError (`connect_timeout`), AbortedError; what the promise rejects with.
 */
export function within<T>(
  promise: Promise<T>,
  { deadline, signal }: ChannelTimes,
  { what, phase }: { readonly what: string; readonly phase: Phase },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const onAbort = (): void =>
      settle(() => reject(new AbortedError(`cancelled while waiting for ${what}`, { phase })));
    const unschedule = deadline.schedule(() =>
      settle(() => reject(new DeviceTimeoutError('connect_timeout', `${what} did not come in time`, { phase }))),
    );
    promise.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
