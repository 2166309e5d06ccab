import {
  BrokenProcessPoolError,
  InvalidStateError,
  Process,
  Queue,
  QueueEmptyError,
  QueueFullError,
  Thread,
  ThreadPoolExecutor,
  TimeoutError,
} from 'rollcall/futures';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Logger, setLogger, silentLogger } from '#dist/base/index.js';
import { rejection } from './gate.ts';
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

describe.each([
  ['Thread', Thread],
  ['Process', Process],
] as const)('%s', (kind, Kind) => {
  test('runs its task once; join waits for its end', async () => {
    const queue = new Queue<number>();
    const run = new Kind({ task: tasks.produce, args: [queue, 1, 3] });
    expect(run.isAlive()).toBe(false);
    expect(run.name).toMatch(new RegExp(`^${kind}-\\d+$`));
    await expect(run.join()).rejects.toThrow(InvalidStateError);
    run.start();
    expect(run.isAlive()).toBe(true);
    await run.join();
    expect(run.isAlive()).toBe(false);
    expect(queue.size).toBe(3);
    expect([await queue.get(), await queue.get(), await queue.get()]).toEqual([1, 2, 3]);
  });

  test('join with a time limit returns, and the work goes on', async () => {
    const queue = new Queue<number>();
    const run = new Kind({ task: tasks.consume, args: [queue, 1] });
    run.start();
    await run.join({ timeoutMs: 1 });
    expect(run.isAlive()).toBe(true);
    await queue.put(7);
    await run.join();
    expect(await run.future).toEqual([7]);
  });

  test('starting twice is an error, and a plain function is refused', async () => {
    const run = new Kind({ task: tasks.add, args: [1, 2] });
    run.start();
    expect(() => run.start()).toThrow(InvalidStateError);
    await run.join();
    expect(() => run.start()).toThrow(InvalidStateError);
    expect(() => new Kind({ task: (() => 1) as never })).toThrow(TypeError);
  });

  test('an error of its task is logged with its name, unless somebody asked for the future', async () => {
    const loud = new Kind({ task: tasks.fail, args: ['oops'], name: 'Poller' });
    loud.start();
    await loud.join();
    const quiet = new Kind({ task: tasks.fail, args: ['oops'] });
    const { future } = quiet;
    quiet.start();
    expect(await rejection(future)).toBeInstanceOf(TypeError);
    await quiet.join();
    expect(logged).toEqual(['an error ended Poller']);
  });
});

describe.each([
  ['Thread', Thread],
  ['Process', Process],
] as const)('%s in trouble', (_, Kind) => {
  test('one whose future was cancelled before start is refused, and not alive for ever', async () => {
    for (const settle of [(run: Thread) => run.future.cancel(), (run: Thread) => run.future.setResult(1)]) {
      const run = new Kind({ task: tasks.add, args: [1, 2] });
      settle(run as Thread);
      expect(() => run.start()).toThrow(InvalidStateError);
      expect(run.isAlive()).toBe(false);
      await expect(run.join()).rejects.toThrow('was not started');
    }
  });

  test.each([
    ['exits', new Kind({ task: trouble.exitWith, args: [7], name: 'Exits' }) as Thread],
    ['throws outside of its task', new Kind({ task: trouble.throwInTimer, name: 'Throws' }) as Thread],
  ])('one that %s is logged, for nobody asked for its future', async (_, run) => {
    run.start();
    await run.join();
    expect(logged).toEqual([`${run.name} ended before its task was done`]);
  });
});

describe('Process', () => {
  test('has a pid and an exit code: 0, 1 after an error, minus the signal', async () => {
    const codes: unknown[] = [];
    for (const run of [
      new Process({ task: tasks.add, args: [1, 2] }),
      new Process({ task: tasks.exit, args: [5] }),
    ] as Process[]) {
      expect(run.exitCode).toBeUndefined();
      run.start();
      expect(run.pid).toBeGreaterThan(0);
      await run.join();
      codes.push(run.exitCode);
    }
    const failing = new Process({ task: tasks.fail, args: ['x'] });
    failing.start();
    await failing.join();
    expect([...codes, failing.exitCode]).toEqual([0, 5, 1]);
  });

  test.each([
    ['terminate', -15],
    ['kill', -9],
  ] as const)('%s ends it, and its future fails as broken', async (how, code) => {
    const run = new Process({ task: tasks.untilAborted });
    const { future } = run;
    run.start();
    await new Promise<void>((resolve) => void future.onEvent(() => resolve()));
    run[how]();
    await run.join();
    expect(run.exitCode).toBe(code);
    expect(await rejection(future)).toBeInstanceOf(BrokenProcessPoolError);
  });
});

describe('Queue in the program itself', () => {
  test('is first in, first out, and get waits for put', async () => {
    const queue = new Queue<number>();
    const waiting = [queue.get(), queue.get()];
    for (const item of [1, 2, 3]) await queue.put(item);
    expect(await Promise.all(waiting)).toEqual([1, 2]);
    expect(queue.size).toBe(1);
    expect(await queue.getNowait()).toBe(3);
  });

  test('maxSize makes put wait for room, in order', async () => {
    const queue = new Queue<number>({ maxSize: 1 });
    const puts = [queue.put(1), queue.put(2), queue.put(3)];
    expect(await rejection(queue.putNowait(4))).toBeInstanceOf(QueueFullError);
    expect(await rejection(queue.put(4, { timeoutMs: 5 }))).toBeInstanceOf(QueueFullError);
    expect([await queue.get(), await queue.get(), await queue.get()]).toEqual([1, 2, 3]);
    await Promise.all(puts);
    expect(await rejection(queue.getNowait())).toBeInstanceOf(QueueEmptyError);
    expect(await rejection(queue.get({ timeoutMs: 5 }))).toBeInstanceOf(QueueEmptyError);
  });

  test('join waits until taskDone was called for every item', async () => {
    const queue = new Queue<number>();
    await queue.join();
    await queue.put(1);
    await queue.get();
    expect(await rejection(queue.join({ timeoutMs: 5 }))).toBeInstanceOf(TimeoutError);
    const joined = queue.join();
    await queue.taskDone();
    await joined;
    expect(await rejection(queue.taskDone())).toBeInstanceOf(InvalidStateError);
  });

  test('a wrong maxSize is refused', () => {
    for (const maxSize of [0, -1, 1.5]) expect(() => new Queue({ maxSize })).toThrow('maxSize');
  });
});

describe.each([
  ['threads', Thread],
  ['processes', Process],
] as const)('Queue between the program and its %s', (_, Kind) => {
  test('several producers and several consumers lose nothing and double nothing', async () => {
    const queue = new Queue<number>({ maxSize: 3 });
    const producers = [0, 10].map((from) => new Kind({ task: tasks.produce, args: [queue, from, 10] }));
    const consumers = [8, 12].map((count) => new Kind({ task: tasks.consume, args: [queue, count] }));
    const taken = consumers.map(({ future }) => future);
    for (const run of [...producers, ...consumers]) run.start();
    const items = (await Promise.all(taken)).flat().sort((a, b) => a - b);
    expect(items).toEqual(Array.from({ length: 20 }, (_item, at) => at));
    await queue.join();
    for (const run of [...producers, ...consumers]) await run.join();
  });

  test('putNowait, getNowait and get with a time limit work in a worker, with their errors', async () => {
    const queue = new Queue<number>({ maxSize: 2 });
    const run = async <R>(made: { start(): void; join(): Promise<void>; future: PromiseLike<R> }): Promise<R> => {
      const { future } = made;
      made.start();
      try {
        return await future;
      } finally {
        await made.join();
      }
    };
    expect(await run(new Kind({ task: tasks.putNow, args: [queue, [1, 2, 3]] }))).toEqual([1, 2, 'QueueFullError']);
    expect(await run(new Kind({ task: tasks.getNow, args: [queue] }))).toBe(1);
    expect(await run(new Kind({ task: tasks.getWithin, args: [queue, 5] }))).toBe(2);
    expect(await run(new Kind({ task: tasks.getNow, args: [queue] }))).toBe('QueueEmptyError');
    expect(await rejection(run(new Kind({ task: tasks.getWithin, args: [queue, 5] })))).toBeInstanceOf(QueueEmptyError);
  });
});

test('what a dead worker was waiting for in a queue goes to the next one', async () => {
  const queue = new Queue<number>();
  const first = new Process({ task: tasks.consume, args: [queue, 2] });
  const lost = rejection(first.future);
  first.start();
  await queue.put(1);
  await queue.join();
  first.kill();
  await first.join();
  expect(await lost).toBeInstanceOf(BrokenProcessPoolError);
  await queue.put(2);
  expect(await queue.get({ timeoutMs: 5000 })).toBe(2);
});

test('a queue goes to the tasks of a pool too, and back in a result it is the same queue', async () => {
  await using executor = new ThreadPoolExecutor({ maxWorkers: 1 });
  const queue = new Queue<number>();
  await executor.submit(tasks.produce, queue, 5, 1);
  expect(await queue.get()).toBe(5);
  expect(await executor.submit(tasks.echo, { queue })).toEqual({ queue });
  expect(((await executor.submit(tasks.echo, queue)) as Queue) === queue).toBe(true);
});
