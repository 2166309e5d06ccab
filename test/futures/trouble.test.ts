import { availableParallelism } from 'node:os';
import {
  BrokenProcessPoolError,
  BrokenThreadPoolError,
  type Executor,
  type Future,
  moduleTasks,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
  type ThreadPoolExecutorOptions,
} from 'rollcall/futures';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Logger, setLogger, silentLogger } from '#dist/base/index.js';
import { Gate, rejection, until } from './gate.ts';
import * as tasks from './tasks/basic.mjs';
import * as trouble from './tasks/trouble.mjs';

let before: Logger;
const logged: string[] = [];
beforeEach(() => {
  logged.length = 0;
  before = setLogger({ ...silentLogger, error: (message) => logged.push(message) });
});
afterEach(() => {
  setLogger(before);
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Counts how often each future is settled; `expectOnce` says that none was lost and none settled twice. */
class Ledger {
  readonly #counts = new Map<Future<unknown>, number>();

  add<F extends Future<unknown>>(future: F): F {
    this.#counts.set(future, 0);
    future.addDoneCallback(() => this.#counts.set(future, (this.#counts.get(future) ?? 0) + 1));
    return future;
  }

  async expectOnce(): Promise<void> {
    await until(() => [...this.#counts.keys()].every((future) => future.done()));
    expect([...this.#counts.values()].every((count) => count === 1)).toBe(true);
  }
}

const exitsOnLoad = moduleTasks<{ anything(): void }>(new URL('./tasks/exits-on-load.mjs', import.meta.url).href);
const throwsOnLoad = moduleTasks<{ anything(): void }>(new URL('./tasks/throws-on-load.mjs', import.meta.url).href);

describe.each([
  ['threads', (options: ThreadPoolExecutorOptions): Executor => new ThreadPoolExecutor(options), BrokenThreadPoolError],
  [
    'processes',
    (options: ThreadPoolExecutorOptions): Executor => new ProcessPoolExecutor(options),
    BrokenProcessPoolError,
  ],
] as const)('trouble in %s', (_, make, Broken) => {
  test('maxWorkers is by default the number of processors', async () => {
    await using executor = make({});
    expect(executor.maxWorkers).toBe(availableParallelism());
  });

  test('a worker that exits while calls run and wait: all fail as broken, each once, with an error of its own', async () => {
    const executor = make({ maxWorkers: 2 });
    const ledger = new Ledger();
    const made = [
      ledger.add(executor.submit(trouble.exitWith, 99)),
      ...upTo(200).map((n) => ledger.add(executor.submit(tasks.add, n, 1))),
    ];
    await ledger.expectOnce();
    const outcomes = made.map((future) => future.snapshot());
    const errors = new Set(outcomes.filter(({ failed }) => failed).map(({ error }) => error));
    expect(errors.size).toBe(outcomes.filter(({ failed }) => failed).length);
    for (const error of errors) expect(error).toBeInstanceOf(Broken);
    expect(outcomes[0]?.failed).toBe(true);
    await executor.shutdown();
  });

  test('a worker that dies while it takes a call to pieces breaks the pool', async () => {
    const executor = make({ maxWorkers: 1 });
    const error = await rejection(executor.submit(exitsOnLoad.anything));
    expect(error).toBeInstanceOf(Broken);
    expect((error.cause as Error).message).toContain('terminated abruptly with exit code 7');
    expect(() => executor.submit(tasks.add, 1, 1)).toThrow(Broken);
    await executor.shutdown();
  });

  test('a call that the worker cannot take to pieces fails alone', async () => {
    await using executor = make({ maxWorkers: 1 });
    const [failing, fine] = [executor.submit(throwsOnLoad.anything), executor.submit(tasks.add, 1, 1)];
    expect((await rejection(failing)).message).toBe('this module does not load');
    expect(await fine).toBe(2);
  });

  test('a worker that dies while its result is packed breaks the pool', async () => {
    const executor = make({ maxWorkers: 1 });
    const error = await rejection(executor.submit(trouble.exitWhilePacked, 8));
    expect(error).toBeInstanceOf(Broken);
    expect((error.cause as Error).message).toContain('terminated abruptly with exit code 8');
    await executor.shutdown();
  });

  test('an error outside of any call ends the worker, and the cause has it', async () => {
    const executor = make({ maxWorkers: 1 });
    const error = await rejection(executor.submit(trouble.throwInTimer));
    expect(error).toBeInstanceOf(Broken);
    expect((error.cause as Error).message).toContain('terminated abruptly with exit code 1');
    await executor.shutdown();
  });

  test('a worker that dies after shutdown was asked for does not hang it', async () => {
    const executor = make({ maxWorkers: 2 });
    const gate = new Gate();
    const dying = executor.with({ onQuestion: gate.answer }).submit(trouble.exitWhenTold, 3);
    await until(() => gate.asked === 1);
    const down = executor.shutdown();
    gate.open();
    await down;
    expect(await rejection(dying)).toBeInstanceOf(Broken);
  });

  test('an argument that cannot cross, then shutdown without waiting, does not hang', async () => {
    const executor = make({ maxWorkers: 2 });
    await executor.submit(tasks.add, 1, 1);
    const failing = executor.submit(tasks.echo, () => 1);
    await executor.shutdown({ wait: false });
    expect((await rejection(failing)).code).toBe('not_transferable');
    await executor.shutdown();
  });

  test('a worker that dies while megabytes are on their way to it fails them all and hangs nothing', async () => {
    const executor = make({ maxWorkers: 2 });
    const ledger = new Ledger();
    const data = 'a'.repeat(2_000_000);
    const made = upTo(10).map(() => ledger.add(executor.submit(trouble.exitWith, 5, data)));
    await ledger.expectOnce();
    for (const future of made) expect(await rejection(future)).toBeInstanceOf(Broken);
    await executor.shutdown();
  });

  test('10 MB of arguments to each of 10 calls, and 10 MB back from each', async () => {
    await using executor = make({ maxWorkers: 2 });
    const text = 'x'.repeat(10_000_000);
    const there = upTo(10).map(() => executor.submit(tasks.echoAll, text.length, { text }));
    const back = upTo(10).map((n) => executor.submit(trouble.makeBig, 10_000_000 + n));
    for (const future of there) expect(((await future)[1] as { text: string }).text.length).toBe(10_000_000);
    expect((await Promise.all(back)).map((one) => one.length)).toEqual(upTo(10).map((n) => 10_000_000 + n));
  });

  test('an initializer that fails in the third worker only breaks the pool, is logged, and every call is settled', async () => {
    const executor = make({ maxWorkers: 3, initializer: trouble.failInWorker, initargs: [2] });
    const ledger = new Ledger();
    const gate = new Gate();
    const held = executor.with({ onQuestion: gate.answer });
    const made = upTo(6).map((n) => ledger.add(held.submit(tasks.held, n)));
    await until(() => made.some((future) => future.snapshot().failed));
    gate.open();
    await ledger.expectOnce();
    for (const future of made) {
      const error = await rejection(future);
      expect(error).toBeInstanceOf(Broken);
      expect((error.cause as Error).message).toBe('no start in worker 2');
    }
    expect(logged).toEqual([`the initializer of ${executor.name}_2 failed`]);
    expect(() => executor.submit(tasks.add, 1, 1)).toThrow(Broken);
    await executor.shutdown();
  });

  test("with onWorkerLost: 'replace' workers that keep dying cost their own calls only, and nothing is run twice", async () => {
    await using executor = make({ maxWorkers: 2, onWorkerLost: 'replace' });
    const ledger = new Ledger();
    const made = upTo(12).map((n) =>
      n % 4 === 0
        ? ledger.add(executor.submit(trouble.exitWith, 5))
        : ledger.add(executor.submit(tasks.add, n, 1) as Future<unknown>),
    );
    await ledger.expectOnce();
    expect(made.map((future) => future.snapshot().failed)).toEqual(upTo(12).map((n) => n % 4 === 0));
  });

  test('a worker that dies idle breaks the pool, and is logged', async () => {
    const executor = make({ maxWorkers: 1 });
    expect(await executor.submit(trouble.throwSoon, 'too late')).toBe('returned');
    await until(() => logged.length > 0);
    expect(logged).toEqual([`${executor.name} lost an idle worker`]);
    expect(() => executor.submit(tasks.add, 1, 1)).toThrow(Broken);
    await executor.shutdown();
  });

  test("with onWorkerLost: 'replace' a worker that dies idle is logged and replaced", async () => {
    await using executor = make({ maxWorkers: 1, onWorkerLost: 'replace' });
    expect(await executor.submit(trouble.throwSoon, 'too late')).toBe('returned');
    await until(() => logged.length > 0);
    expect(await executor.submit(tasks.add, 1, 1)).toBe(2);
  });

  test('map with a chunksize sends that many calls as one', async () => {
    await using executor = make({ maxWorkers: 1 });
    const ids: string[] = [];
    for await (const id of executor.map(trouble.callIdOf, upTo(25), { chunksize: 10 })) ids.push(id);
    expect(ids.length).toBe(25);
    expect(new Set(ids).size).toBe(3);
    expect(new Set(ids.slice(0, 10)).size).toBe(1);
  });
});

describe('trouble in processes alone', () => {
  test('a result that is there is not lost when another call ends the process before it could leave', async () => {
    await using executor = new ProcessPoolExecutor({ maxWorkers: 1, tasksPerWorker: 2, onWorkerLost: 'replace' });
    const gate = new Gate();
    const ending = executor.with({ onQuestion: gate.answer }).submit(trouble.exitWhenTold, 3);
    await until(() => gate.asked === 1);
    const big = executor.submit(trouble.makeBigThenSay, 20_000_000);
    await new Promise<void>((resolve) => void big.onEvent(() => resolve()));
    gate.open();
    // Nothing is read here until long after the process wants to end.
    await new Promise((resolve) => setImmediate(resolve));
    for (const end = performance.now() + 500; performance.now() < end; );
    expect((await big).length).toBe(20_000_000);
    expect(await rejection(ending)).toBeInstanceOf(BrokenProcessPoolError);
  });

  test("with onWorkerLost: 'replace' calls that were sent ahead of a process.exit are not lost with it", async () => {
    await using executor = new ProcessPoolExecutor({ maxWorkers: 2, onWorkerLost: 'replace' });
    for (const _ of upTo(20)) await Promise.all(upTo(200).map(() => executor.submit(trouble.exitIf, false)));
    const futures = upTo(4000).map((n) => executor.submit(trouble.exitIf, n === 1000));
    const errors = await Promise.all(futures.map((future) => future.exception()));
    expect(errors.filter((error) => error !== undefined)).toHaveLength(1);
    expect(errors[1000]).toBeInstanceOf(BrokenProcessPoolError);
  });

  test('an idle process that is killed breaks the pool', async () => {
    const executor = new ProcessPoolExecutor({ maxWorkers: 1 });
    const { pid } = await executor.submit(tasks.who);
    process.kill(pid, 'SIGKILL');
    await until(() => logged.length > 0);
    expect(() => executor.submit(tasks.add, 1, 1)).toThrow(BrokenProcessPoolError);
    await executor.shutdown();
  });

  const pidsOf = async (executor: Executor, count: number, gate: Gate): Promise<number[]> => {
    const pids: number[] = [];
    const held = executor.with({
      onQuestion: (pid) => {
        pids.push(pid as number);
        return gate.answer();
      },
    });
    for (const _ of upTo(count)) held.submit(trouble.pidWhenTold);
    await until(() => pids.length === count);
    return pids;
  };

  test.each(['break', 'replace'] as const)('a process killed from outside with 500 calls queued (%s)', async (how) => {
    const executor = new ProcessPoolExecutor({ maxWorkers: 2, onWorkerLost: how });
    const ledger = new Ledger();
    const gate = new Gate();
    const [pid = 0] = await pidsOf(executor, 2, gate);
    const queued = upTo(500).map((n) => ledger.add(executor.submit(tasks.add, n, 1)));
    process.kill(pid, 'SIGKILL');
    await until(() => (how === 'break' ? queued[0]?.done() === true : true));
    gate.open();
    await ledger.expectOnce();
    const failed = queued.filter((future) => future.snapshot().failed).length;
    if (how === 'break') expect(failed).toBe(500);
    else expect(failed).toBe(0);
    await executor.shutdown();
  });

  test('maxTasksPerChild with more calls queued than the pool can run at once completes them all', async () => {
    for (const [maxWorkers, maxTasksPerChild, count] of [
      [1, 2, 5],
      [2, 2, 7],
    ] as const) {
      await using executor = new ProcessPoolExecutor({ maxWorkers, maxTasksPerChild });
      const made = upTo(count).map((n) => executor.submit(tasks.add, n, n));
      expect(await Promise.all(made)).toEqual(upTo(count).map((n) => 2 * n));
    }
  });

  test('maxTasksPerChild: 1 and shutdown right after the submits, waiting or not, completes them all', async () => {
    for (const wait of [true, false]) {
      const executor = new ProcessPoolExecutor({ maxWorkers: 2, maxTasksPerChild: 1 });
      const made = upTo(4).map((n) => executor.submit(tasks.failWhenEven, n));
      await executor.shutdown({ wait });
      expect(await made[1]).toBe(1);
      expect(await made[3]).toBe(3);
      expect(await rejection(made[2] as Future<number>)).toBeInstanceOf(RangeError);
      await executor.shutdown();
    }
  });

  test.each(['terminateWorkers', 'killWorkers'] as const)(
    '%s: before any process, after a death, and twice',
    async (how) => {
      const fresh = new ProcessPoolExecutor({ maxWorkers: 1 });
      await fresh[how]();
      await fresh[how]();
      expect(() => fresh.submit(tasks.add, 1, 1)).toThrow(BrokenProcessPoolError);
      const dead = new ProcessPoolExecutor({ maxWorkers: 1 });
      await rejection(dead.submit(trouble.exitWith, 1));
      await dead[how]();
      const idle = new ProcessPoolExecutor({ maxWorkers: 1 });
      expect(await idle.submit(tasks.add, 1, 1)).toBe(2);
      await idle[how]();
      expect(() => idle.submit(tasks.add, 1, 1)).toThrow(BrokenProcessPoolError);
    },
  );

  test.each(['terminateWorkers', 'killWorkers'] as const)(
    '%s stops endless loops with calls queued behind them, each settled once',
    async (how) => {
      const executor = new ProcessPoolExecutor({ maxWorkers: 2, maxTasksPerChild: 1 });
      const ledger = new Ledger();
      let spinning = 0;
      const spins = upTo(2).map(() =>
        ledger.add(
          executor
            .with({
              onEvent: () => {
                spinning += 1;
              },
            })
            .submit(tasks.spin),
        ),
      );
      const queued = upTo(50).map((n) => ledger.add(executor.submit(tasks.add, n, 1)));
      await until(() => spinning === 2);
      await executor[how]();
      await ledger.expectOnce();
      for (const future of [...spins, ...queued])
        expect(await rejection(future)).toBeInstanceOf(BrokenProcessPoolError);
    },
  );

  test('a process that cannot be started breaks the pool, and the cause says so', async () => {
    const { execPath } = process;
    const executor = new ProcessPoolExecutor({ maxWorkers: 1 });
    const ledger = new Ledger();
    try {
      process.execPath = '/nowhere/node';
      const made = upTo(3).map((n) => ledger.add(executor.submit(tasks.add, n, 1)));
      await ledger.expectOnce();
      for (const future of made) {
        const error = await rejection(future);
        expect(error).toBeInstanceOf(BrokenProcessPoolError);
        expect((error.cause as Error).message).toContain('could not be started');
      }
    } finally {
      process.execPath = execPath;
    }
    await executor.shutdown();
  });

  test('a replacement process that cannot be started breaks the pool and strands no call', async () => {
    const { execPath } = process;
    const executor = new ProcessPoolExecutor({ maxWorkers: 1, maxTasksPerChild: 1 });
    const gate = new Gate();
    const first = executor.with({ onQuestion: gate.answer }).submit(tasks.held, 1);
    const queued = upTo(2).map((n) => executor.submit(tasks.add, n, 1));
    await until(() => gate.asked === 1);
    try {
      process.execPath = '/nowhere/node';
      gate.open();
      expect(await first).toBe(1);
      for (const future of queued) expect(await rejection(future)).toBeInstanceOf(BrokenProcessPoolError);
    } finally {
      process.execPath = execPath;
    }
    await executor.shutdown();
  });
});
