import { BrokenProcessPoolError, ProcessPoolExecutor, wait } from 'rollcall/futures';
import { expect, test } from 'vitest';
import { conformance } from './conformance.ts';
import { rejection } from './gate.ts';
import * as tasks from './tasks/basic.mjs';
import { workerPools } from './worker-pools.ts';

conformance({ name: 'ProcessPoolExecutor', kind: 'process', make: (options) => new ProcessPoolExecutor(options) });
workerPools({ kind: 'process', make: (options) => new ProcessPoolExecutor(options), broken: BrokenProcessPoolError });

test('a process that is killed breaks the pool, and the cause says how it died', async () => {
  const executor = new ProcessPoolExecutor({ maxWorkers: 1 });
  const error = await rejection(executor.submit(tasks.killSelf));
  expect(error).toBeInstanceOf(BrokenProcessPoolError);
  expect((error.cause as Error).message).toContain('terminated abruptly by the signal SIGKILL');
  await executor.shutdown();
});

test('maxTasksPerChild replaces the process after so many calls, and a failing task does not hang it', async () => {
  await using executor = new ProcessPoolExecutor({ maxWorkers: 1, maxTasksPerChild: 2 });
  const pids: number[] = [];
  for (let at = 0; at < 4; at++) pids.push((await executor.submit(tasks.who)).pid);
  expect(pids[0]).toBe(pids[1]);
  expect(pids[2]).toBe(pids[3]);
  expect(pids[0]).not.toBe(pids[2]);
  const once = new ProcessPoolExecutor({ maxWorkers: 1, maxTasksPerChild: 1 });
  const failing = once.submit(tasks.fail, 'no');
  const after = once.submit(tasks.add, 1, 1);
  await once.shutdown();
  expect(await rejection(failing)).toBeInstanceOf(TypeError);
  expect(await after).toBe(2);
});

test.each(['terminateWorkers', 'killWorkers'] as const)(
  '%s stops a busy process now, and its futures fail as broken',
  async (how) => {
    const executor = new ProcessPoolExecutor({ maxWorkers: 1 });
    const running = executor.submit(tasks.spin);
    const queued = executor.submit(tasks.add, 1, 1);
    await new Promise<void>((resolve) => void running.onEvent(() => resolve()));
    await executor[how]();
    expect(await rejection(running)).toBeInstanceOf(BrokenProcessPoolError);
    expect(await rejection(queued)).toBeInstanceOf(BrokenProcessPoolError);
    expect(() => executor.submit(tasks.add, 1, 1)).toThrow(BrokenProcessPoolError);
  },
);

test('shared memory cannot cross to a process', async () => {
  await using executor = new ProcessPoolExecutor({ maxWorkers: 1 });
  expect((await rejection(executor.submit(tasks.sum, new SharedArrayBuffer(4)))).message).toContain('shared memory');
});

test('a task that was quick and slow in turns makes no call wait behind a slow one again', async () => {
  await using executor = new ProcessPoolExecutor({ maxWorkers: 2 });
  for (let at = 0; at < 20; at++) {
    await Promise.all(Array.from({ length: 50 }, () => executor.submit(tasks.spinFor, 0)));
  }
  // Now nobody can know; from then on everybody does.
  await Promise.all([50, ...new Array(300).fill(0)].map((ms: number) => executor.submit(tasks.spinFor, ms)));
  const slow = executor.submit(tasks.spinFor, 1500);
  const quick = Array.from({ length: 300 }, () => executor.submit(tasks.spinFor, 0));
  expect(quick[299]?.cancel()).toBe(true);
  await wait(quick, { timeoutMs: 1300 });
  expect(slow.done()).toBe(false);
  expect(quick.every((future) => future.done())).toBe(true);
});
