import { setImmediate } from 'node:timers/promises';

/** How long a slice may take, in milliseconds; the event loop is to be free again well within 50. */
const SLICE_MS = 8;

/** How many items pass between two looks at the clock. */
const UNSEEN = 64;

/** Does something with each item in order, and lets the event loop go on in between where there are many. */
export async function inSlices<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  let since = performance.now();
  let done = 0;
  for (const item of items) {
    work(item);
    done += 1;
    if (done % UNSEEN !== 0 || performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}
