import { setImmediate } from 'node:timers/promises';

/** How long the rest of the process may be kept waiting, in milliseconds. */
const SLICE_MS = 10;

/** How many items are worked on between two looks at the clock. */
const AT_ONCE = 64;

/** Does the work on each item, and lets the rest of the process have its turn now and then. */
export async function inSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let began = performance.now();
  let count = 0;
  for (const item of items) {
    work(item);
    if (++count % AT_ONCE !== 0 || performance.now() - began < SLICE_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
