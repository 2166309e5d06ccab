import { currentWorker, task } from 'rollcall/futures';

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
let kept;
export const keep = task(url, 'keep', (queue) => {
  kept = queue;
});
export const takeFromKept = task(url, 'takeFromKept', () => kept.get({ timeoutMs: 5000 }));
/** Gets a queue as the answer to a question, and an item of it. */
export const takeFromAnswer = task(url, 'takeFromAnswer', async () => {
  const queue = await currentWorker().ask('which queue?');
  return queue.get({ timeoutMs: 5000 });
});
/** Gets a queue as an item of another one, and an item of it. */
export const takeFromItem = task(url, 'takeFromItem', async (outer) =>
  (await outer.get({ timeoutMs: 5000 })).get({ timeoutMs: 5000 }),
);
/** Collects what nothing in this worker holds. */
export const collect = task(url, 'collect', async () => {
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  process.getBuiltinModule('node:vm').runInNewContext('gc')();
  // The registries are told in a turn of their own.
  await new Promise((resolve) => setImmediate(resolve));
});
