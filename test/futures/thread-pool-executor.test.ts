import { BrokenThreadPoolError, ThreadPoolExecutor } from 'rollcall/futures';
import { expect, test } from 'vitest';
import { conformance } from './conformance.ts';
import * as tasks from './tasks/basic.mjs';
import { workerPools } from './worker-pools.ts';

conformance({ name: 'ThreadPoolExecutor', kind: 'thread', make: (options) => new ThreadPoolExecutor(options) });
workerPools({ kind: 'thread', make: (options) => new ThreadPoolExecutor(options), broken: BrokenThreadPoolError });

test('threads share memory', async () => {
  await using executor = new ThreadPoolExecutor({ maxWorkers: 2 });
  const memory = new SharedArrayBuffer(4);
  await Promise.all(Array.from({ length: 100 }, () => executor.submit(tasks.sum, memory)));
  expect(new Int32Array(memory)[0]).toBe(100);
});

test('options are checked', () => {
  expect(() => new ThreadPoolExecutor({ maxTasksPerChild: 1 } as never)).toThrow('maxTasksPerChild');
  expect(() => new ThreadPoolExecutor({ tasksPerWorker: 0 })).toThrow('tasksPerWorker must be greater than 0');
  expect(() => new ThreadPoolExecutor({ onWorkerLost: 'ignore' as never })).toThrow("'break' or 'replace'");
  expect(() => new ThreadPoolExecutor({ initializer: (() => {}) as never })).toThrow(TypeError);
});
