import { setImmediate as turn } from 'node:timers/promises';
import { EventLoopExecutor } from 'rollcall/futures';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '#dist/runner/index.js';
import { devices } from '../gate.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Lets everything happen that can happen without time passing. */
const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 10; turns++) await turn();
};

/** How many have begun after each of so many steps of the clock. */
async function begunBy(steps: readonly number[], connectsPerSecond: number, count: number): Promise<number[]> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  await using executor = new EventLoopExecutor({ maxWorkers: 100 });
  const controller = new AbortController();
  let begun = 0;
  const task = () => {
    begun += 1;
  };
  const running = run(task, devices(count), {
    input: '',
    executor,
    limits: { connectsPerSecond },
    signal: controller.signal,
  });
  const seen: number[] = [];
  await settle();
  for (const ms of steps) {
    for (let passed = 0; passed < ms; passed += 1) {
      await vi.advanceTimersByTimeAsync(1);
      await settle();
    }
    seen.push(begun);
  }
  controller.abort();
  const { counts } = await running;
  expect(counts.ok).toBe(seen.at(-1));
  return seen;
}

test('so many begin in a second, evenly, and the first at once', async () => {
  expect(await begunBy([99, 1, 100, 800, 1000], 10, 100)).toEqual([1, 2, 3, 11, 21]);
});

test('less than one in a second', async () => {
  expect(await begunBy([1000, 999, 1, 2000], 0.5, 10)).toEqual([1, 1, 2, 3]);
});

test('more than timers could', async () => {
  const [first = 0, second = 0] = await begunBy([100, 100], 5000, 2000);
  // A sum of fifths of a millisecond may come to a little more than a whole one.
  expect([500, 501]).toContain(first);
  expect([1000, 1001]).toContain(second);
});

test('after a pause nothing is made up for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  let give = (): void => {};
  async function* input() {
    yield* devices(2);
    await new Promise<void>((resolve) => {
      give = resolve;
    });
    yield* devices(10);
  }
  let begun = 0;
  const task = () => {
    begun += 1;
  };
  const running = run(task, input(), { input: '', limits: { connectsPerSecond: 10 } });
  await settle();
  await vi.advanceTimersByTimeAsync(5000);
  await settle();
  expect(begun).toBe(2);
  give();
  await settle();
  expect(begun).toBe(3);
  await vi.advanceTimersByTimeAsync(2000);
  expect((await running).counts.ok).toBe(12);
});
