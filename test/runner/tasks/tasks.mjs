import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentWorker, task } from 'rollcall/futures';

/** @public Workers find it by its name. */
export class OddError extends Error {}
OddError.prototype.name = 'OddError';

const THINGS = {
  undefined: undefined,
  zero: 0,
  text: 'just a text',
  null: null,
  bare: Object.create(null),
  own: new OddError('of an own class'),
  error: new TypeError('of a usual class'),
};

const url = import.meta.url;

/** Does what its device says in `does`. */
export const act = task(url, 'act', async (device, input, { signal, keep, tell }) => {
  const { does = 'return', what } = device;
  switch (does) {
    case 'return':
      return { name: device.name, input };
    case 'throw':
      keep('so far');
      throw THINGS[what];
    case 'wait':
      keep('so far');
      tell({ type: 'answered', command: 'waiting' });
      if (!signal.aborted) await once(signal, 'abort');
      throw signal.reason;
    case 'sleep':
      return sleep(60_000, undefined, { signal });
    case 'exit':
      return process.exit(7);
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return sleep(60_000);
    case 'function':
      return { deep: [() => {}] };
    case 'emit':
      for (const event of [undefined, 'text', 7, { type: 'odd' }, null]) currentWorker().emit(event);
      return 'emitted';
    default:
      throw new Error(`no such thing to do: ${does}`);
  }
});
