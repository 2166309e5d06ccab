import { DeviceTimeoutError, type Phase } from '../../base/index.js';
import type { ChannelTimes } from '../connection.js';
import { within } from '../within.js';

/**
 * Waits for what goes on by itself, as a person's answer does, but no longer than the deadline and the signal allow.
 * @throws DeviceTimeoutError (`connect_timeout`), AbortedError; what the promise rejects with.
 */
export function answered<T>(
  promise: Promise<T>,
  times: ChannelTimes,
  { what, phase }: { readonly what: string; readonly phase: Phase },
): Promise<T> {
  const late = (): Error => new DeviceTimeoutError('connect_timeout', `${what} did not come in time`, { phase });
  return within(promise, times, { phase, late, doing: `waiting for ${what}` });
}
