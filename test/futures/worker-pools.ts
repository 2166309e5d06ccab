import { type BrokenExecutorError, type Executor, type ThreadPoolExecutorOptions, wait } from 'rollcall/futures';
import { describe, expect, test } from 'vitest';
import { Secret, setLogger, silentLogger } from '#dist/base/index.js';
import { Gate, rejection, until } from './gate.ts';
import * as tasks from './tasks/basic.mjs';

interface Subject {
  readonly kind: 'thread' | 'process';
  make(options: ThreadPoolExecutorOptions): Executor;
  readonly broken: typeof BrokenExecutorError;
}

/** What pools of threads and pools of processes have in common beyond the contract of all executors. */
export function workerPools({ kind, make, broken }: Subject): void {
  describe('values that cross', () => {
    test.each([
      ['undefined, null and odd numbers', [undefined, null, -0, Number.NaN, Infinity]],
      ['bigint', 2n ** 70n],
      ['Date', new Date(0)],
      ['RegExp', /x+/gi],
      ['Map and Set', new Map([[{ a: 1 }, new Set([1, 'b'])]])],
      ['typed arrays', [new Uint8Array([1, 2]), new Float64Array([0.5])]],
      ['Buffer', { bytes: Buffer.from('abc') }],
      ['URL', new URL('http://localhost/x?y')],
      ['errors inside of data', { error: new RangeError('inside') }],
      ['an object without prototype', Object.assign(Object.create(null), { a: 1 })],
    ])('%s', async (_, value) => {
      await using executor = make({ maxWorkers: 1 });
      const back = await executor.submit(tasks.echo, value);
      if (value !== null && Object.getPrototypeOf(value) === null) expect(back).toEqual({ ...(value as object) });
      else expect(back).toEqual(value);
      if (value instanceof Object && 'bytes' in value)
        expect((back as { bytes: unknown }).bytes).toBeInstanceOf(Buffer);
    });

    test('cycles, holes and one object at two places', async () => {
      await using executor = make({ maxWorkers: 1 });
      const shared = { secret: new Secret('hunter2') };
      // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
      const value: Record<string, unknown> = { first: shared, second: shared, holes: [1, , 3] };
      value.self = value;
      const back = (await executor.submit(tasks.echo, value)) as Record<string, unknown>;
      expect(back.self).toBe(back);
      expect(back.first).toBe(back.second);
      expect(1 in (back.holes as unknown[])).toBe(false);
    });

    test('a Secret crosses both ways, and stays one', async () => {
      await using executor = make({ maxWorkers: 1 });
      const back = await executor.submit(tasks.reveal, new Secret('hunter2'));
      expect(back).toMatchObject({ length: 7, shown: '[secret]' });
      expect(back.secret).toBeInstanceOf(Secret);
      expect(back.secret.reveal()).toBe('hunter2');
    });

    test('10 MB cross', async () => {
      await using executor = make({ maxWorkers: 1 });
      const text = 'x'.repeat(10_000_000);
      expect(await executor.submit(tasks.echo, text)).toBe(text);
    });
  });

  test('tasksPerWorker lets asynchronous calls share a worker, and each finds its own currentWorker', async () => {
    await using executor = make({ maxWorkers: 1, tasksPerWorker: 3 });
    const gate = new Gate();
    const held = executor.with({ onQuestion: gate.answer });
    const futures = [1, 2, 3, 4].map((n) => held.submit(tasks.held, n));
    await until(() => gate.asked === 3);
    expect(futures.map((future) => future.running())).toEqual([true, true, true, false]);
    gate.open();
    expect(await Promise.all(futures)).toEqual([1, 2, 3, 4]);
    const who = await Promise.all([executor.submit(tasks.who), executor.submit(tasks.who)]);
    expect(who.every(({ same }) => same)).toBe(true);
    expect(who[0]?.callId).not.toBe(who[1]?.callId);
  });

  test('an object that calls of one turn share is one of its own in each', async () => {
    await using executor = make({ maxWorkers: 1 });
    await executor.submit(tasks.add, 1, 1);
    for (const counter of [{ count: 0 }, { count: 0, kept: new Map() }]) {
      const futures = [1, 2, 3].map(() => executor.submit(tasks.addOneTo, counter));
      expect(await Promise.all(futures)).toEqual([1, 1, 1]);
    }
  });

  describe('calls of a task that is known to be quick are sent ahead', () => {
    /** An executor whose workers know that `spinFor` is quick. */
    const warm = async (maxWorkers: number): Promise<Executor> => {
      const executor = make({ maxWorkers });
      for (let at = 0; at < 20; at++) {
        await Promise.all(Array.from({ length: 50 }, () => executor.submit(tasks.spinFor, 0)));
      }
      return executor;
    };

    test('and cancel() is true exactly for those that do not run', async () => {
      await using executor = await warm(1);
      const before = await executor.submit(tasks.spinsSoFar);
      const slow = executor.submit(tasks.spinFor, 200);
      const quick = Array.from({ length: 200 }, () => executor.submit(tasks.spinFor, 0));
      await new Promise((resolve) => setImmediate(resolve));
      expect(slow.running()).toBe(true);
      const cancelled = quick.filter((_, at) => at % 2 === 0).filter((future) => future.cancel());
      if (kind === 'thread') expect(cancelled).toHaveLength(100);
      expect(cancelled.every((future) => future.cancelled() && !future.running())).toBe(true);
      await slow;
      await wait(quick);
      expect(await executor.submit(tasks.spinsSoFar)).toBe(before + 201 - cancelled.length);
      expect(quick.filter((future) => future.cancelled())).toHaveLength(cancelled.length);
    });

    test('and cancel() in the middle of their work is exact too', async () => {
      await using executor = await warm(1);
      const before = await executor.submit(tasks.spinsSoFar);
      const futures = Array.from({ length: 2000 }, () => executor.submit(tasks.spinFor, 0));
      let cancelled = 0;
      for (let at = 0; at < 40; at++) {
        await new Promise((resolve) => setImmediate(resolve));
        for (const future of futures.slice(-20 * (at + 1), -20 * at || undefined)) cancelled += future.cancel() ? 1 : 0;
      }
      await wait(futures);
      expect(await executor.submit(tasks.spinsSoFar)).toBe(before + 2000 - cancelled);
    });

    if (kind === 'process') return;

    test('and an idle worker has those that wait behind a slow one', async () => {
      await using executor = await warm(2);
      const slow = executor.submit(tasks.spinFor, 1000);
      const quick = Array.from({ length: 50 }, () => executor.submit(tasks.spinFor, 0));
      await wait(quick, { timeoutMs: 800 });
      expect(slow.done()).toBe(false);
      expect(quick.every((future) => future.done())).toBe(true);
    });

    test('and a call of higher priority does not wait for them', async () => {
      await using executor = await warm(1);
      const before = await executor.submit(tasks.spinsSoFar);
      const futures = [100, ...new Array(30).fill(0)].map((ms: number) => executor.submit(tasks.spinFor, ms));
      await new Promise((resolve) => setImmediate(resolve));
      const first = executor.with({ priority: 1 }).submit(tasks.spinsSoFar);
      expect(await first).toBe(before + 1);
      await Promise.all(futures);
    });

    test('and cancelFutures cancels them', async () => {
      const executor = await warm(1);
      const slow = executor.submit(tasks.spinFor, 100);
      const quick = Array.from({ length: 30 }, () => executor.submit(tasks.spinFor, 0));
      await new Promise((resolve) => setImmediate(resolve));
      const down = executor.shutdown({ cancelFutures: true });
      expect(quick.every((future) => future.cancelled())).toBe(true);
      await down;
      expect(slow.snapshot().failed).toBe(false);
    });
  });

  describe('initializer', () => {
    test('runs in each worker before any task', async () => {
      await using executor = make({ maxWorkers: 1, initializer: tasks.initialize, initargs: ['ready'] });
      expect(await executor.submit(tasks.initializedWith)).toBe(`ready in ${executor.name}_0`);
    });

    test('one that fails is logged and breaks the pool', async () => {
      const logged: string[] = [];
      const before = setLogger({ ...silentLogger, error: (message) => logged.push(message) });
      try {
        const executor = make({ maxWorkers: 1, initializer: tasks.fail, initargs: ['bad start'] });
        const futures = [executor.submit(tasks.add, 1, 1), executor.submit(tasks.add, 1, 1)];
        const errors = await Promise.all(futures.map(rejection));
        expect(errors.map((error) => error instanceof broken)).toEqual([true, true]);
        expect(errors.map(({ cause }) => (cause as Error).message)).toEqual(['bad start', 'bad start']);
        expect(() => executor.submit(tasks.add, 1, 1)).toThrow(broken);
        expect(logged).toEqual([`the initializer of ${executor.name}_0 failed`]);
        await executor.shutdown();
      } finally {
        setLogger(before);
      }
    });
  });

  test('initargs that cannot cross break the pool: each call fails with the reason, and shutdown returns', async () => {
    const logged: string[] = [];
    const before = setLogger({ ...silentLogger, error: (message) => logged.push(message) });
    try {
      for (const odd of [() => 1, new Proxy({}, {})]) {
        const executor = make({ maxWorkers: 1, initializer: tasks.initialize, initargs: [odd as never] });
        const errors = await Promise.all(
          [executor.submit(tasks.add, 1, 1), executor.submit(tasks.add, 1, 1)].map(rejection),
        );
        for (const error of errors) {
          expect(error).toBeInstanceOf(broken);
          expect(error.cause).toBeInstanceOf(Error);
        }
        expect(() => executor.submit(tasks.add, 1, 1)).toThrow(broken);
        expect(logged).toEqual([`the initializer of ${executor.name}_0 failed`]);
        logged.length = 0;
        await executor.shutdown();
      }
    } finally {
      setLogger(before);
    }
  });

  describe('a worker that dies', () => {
    test('breaks the pool: every pending future gets its own fresh error that says how', async () => {
      const executor = make({ maxWorkers: 2 });
      const gate = new Gate();
      const running = executor.with({ onQuestion: gate.answer }).submit(tasks.held, 1);
      await until(() => gate.asked === 1);
      const futures = [executor.submit(tasks.exit, 99), running, executor.submit(tasks.add, 1, 1)];
      const errors = await Promise.all(futures.map(rejection));
      for (const error of errors) {
        expect(error).toBeInstanceOf(broken);
        expect((error.cause as Error).message).toContain('terminated abruptly with exit code 99');
      }
      expect(new Set(errors).size).toBe(3);
      expect(() => executor.submit(tasks.add, 1, 1)).toThrow(broken);
      await executor.shutdown();
    });

    test("with onWorkerLost: 'replace' only the calls on that worker fail", async () => {
      await using executor = make({ maxWorkers: 2, onWorkerLost: 'replace' });
      const gate = new Gate();
      const held = executor.with({ onQuestion: gate.answer }).submit(tasks.held, 1);
      await until(() => gate.asked === 1);
      const dying = executor.submit(tasks.exit, 3);
      const queued = executor.submit(tasks.add, 1, 1);
      const error = await rejection(dying);
      expect(error).toBeInstanceOf(broken);
      expect((error.cause as Error).message).toContain('exit code 3');
      expect(await queued).toBe(2);
      gate.open();
      expect(await held).toBe(1);
    });
  });
}
