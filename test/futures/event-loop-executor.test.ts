import { AsyncLocalStorage } from 'node:async_hooks';
import { EventLoopExecutor, type Future } from 'rollcall/futures';
import { expect, test } from 'vitest';
import { conformance } from './conformance.ts';

conformance({ name: 'EventLoopExecutor', kind: 'loop', make: (options) => new EventLoopExecutor(options) });

test('it takes any function, and 20 at once by default', async () => {
  const executor = new EventLoopExecutor();
  expect(executor.maxWorkers).toBe(20);
  const factor = 3;
  expect(await executor.submit((n: number) => n * factor, 2)).toBe(6);
});

test('a call that had to wait sees the context of its submitter, not that of the call before it', async () => {
  const storage = new AsyncLocalStorage<string>();
  const executor = new EventLoopExecutor({ maxWorkers: 1 });
  const submit = (who: string): Future<unknown> =>
    storage.run(who, () => executor.submit(async () => storage.getStore()));
  const keyed = executor.with({ key: 'k' });
  const futures = [...['A', 'B', 'C'].map(submit), executor.submit(() => storage.getStore())];
  futures.push(...['D', 'E'].map((who) => storage.run(who, () => keyed.submit(async () => storage.getStore()))));
  expect(await Promise.all(futures)).toEqual(['A', 'B', 'C', undefined, 'D', 'E']);
});

test('60,000 calls with a priority of their own do not make the queue slow', async () => {
  const executor = new EventLoopExecutor({ maxWorkers: 1 });
  const order: number[] = [];
  const from = performance.now();
  const count = 60_000;
  const futures = Array.from({ length: count }, (_, at) => {
    // Each number once, in no order.
    const priority = (at * 7919) % count;
    return executor.with({ priority }).submit(() => order.push(priority));
  });
  const plain = Array.from({ length: 20_000 }, (_, at) => executor.submit(() => order.push(-at)));
  await Promise.all([...futures, ...plain]);
  // The first one found the worker idle.
  expect(order.slice(1)).toEqual([
    ...Array.from({ length: count - 1 }, (_, at) => count - 1 - at),
    ...Array.from({ length: 20_000 }, (_, at) => -at),
  ]);
  expect(performance.now() - from).toBeLessThan(5000);
});
