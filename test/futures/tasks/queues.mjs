import { task } from 'rollcall/futures';

const url = import.meta.url;
const nameOf = (error) => error.name;

export const getUntil = task(url, 'getUntil', (queue, ms) =>
  queue.get({ signal: AbortSignal.timeout(ms) }).catch(nameOf),
);
export const getAborted = task(url, 'getAborted', (queue) =>
  queue.get({ signal: AbortSignal.abort(new RangeError('too late')) }),
);
export const putUntil = task(url, 'putUntil', (queue, item, ms) =>
  queue.put(item, { signal: AbortSignal.timeout(ms) }).catch(nameOf),
);
export const joinUntil = task(url, 'joinUntil', (queue, ms) =>
  queue.join({ signal: AbortSignal.timeout(ms) }).catch(nameOf),
);
/** Gets so often, each time for a moment only, and returns what it got. */
export const getImpatiently = task(url, 'getImpatiently', async (queue, times) => {
  const items = [];
  for (let at = 0; at < times; at++) {
    const controller = new AbortController();
    setImmediate(() => controller.abort(new RangeError('no time')));
    await queue.get({ signal: controller.signal }).then(
      (item) => items.push(item),
      (error) => {
        if (error.message !== 'no time') throw error;
      },
    );
  }
  return items;
});
export const take = task(url, 'take', (queue) => queue.get());
