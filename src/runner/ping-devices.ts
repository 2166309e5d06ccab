import { UnreachableError } from '../base/index.js';
import { task } from '../futures/index.js';
import type { TaskContext } from './device-task.js';
import { type PingOptions, type PingResult, pingAddress } from './ping.js';

/** Pings a device: the task behind `rollcall ping`. @throws UnreachableError when it does not answer; what `pingAddress` throws. */
export const ping = task(
  import.meta.url,
  'ping',
  async (device: { readonly host: string }, options: PingOptions, context: TaskContext<PingResult>) => {
    const { signal } = context;
    const result = await pingAddress(device.host, { ...options, ...(signal === undefined ? {} : { signal }) });
    if (result.reachable) return result;
    context.keep(result);
    throw new UnreachableError('unreachable', result.detail ?? 'no answer', { phase: 'connect' });
  },
);
