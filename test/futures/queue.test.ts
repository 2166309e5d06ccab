import v8 from 'node:v8';
import vm from 'node:vm';
import {
  type Executor,
  NotTransferableError,
  ProcessPoolExecutor,
  Queue,
  QueueFullError,
  ThreadPoolExecutor,
  type ThreadPoolExecutorOptions,
} from 'rollcall/futures';
import { describe, expect, test } from 'vitest';
import { rejection } from './gate.ts';
import * as queues from './tasks/queues.mjs';

test('a queue takes exactly maxSize items', async () => {
  for (const maxSize of [1, 2, 5]) {
    const queue = new Queue<number>({ maxSize });
    for (let at = 0; at < maxSize; at++) await queue.putNowait(at);
    expect(queue.size).toBe(maxSize);
    expect(await rejection(queue.putNowait(9))).toBeInstanceOf(QueueFullError);
    await queue.getNowait();
    await queue.putNowait(9);
    expect(queue.size).toBe(maxSize);
  }
});

test('those who wait to get and to put are served in the order in which they came', async () => {
  const queue = new Queue<number>({ maxSize: 1 });
  const got: string[] = [];
  const getters = ['first', 'second', 'third'].map((name) => queue.get().then((item) => got.push(`${name} ${item}`)));
  for (const item of [1, 2, 3]) await queue.put(item);
  await Promise.all(getters);
  expect(got).toEqual(['first 1', 'second 2', 'third 3']);
  const put: number[] = [];
  const putters = [4, 5, 6].map((item) => queue.put(item).then(() => put.push(item)));
  expect([await queue.get(), await queue.get(), await queue.get()]).toEqual([4, 5, 6]);
  await Promise.all(putters);
  expect(put).toEqual([4, 5, 6]);
});

test('one that gave up waiting takes nothing and puts nothing', async () => {
  const queue = new Queue<number>({ maxSize: 1 });
  const controller = new AbortController();
  const gaveUp = rejection(queue.get({ signal: controller.signal }));
  const next = queue.get();
  controller.abort(new RangeError('enough'));
  expect((await gaveUp).message).toBe('enough');
  await queue.put(1);
  expect(await next).toBe(1);
  await queue.put(2);
  await rejection(queue.put(3, { timeoutMs: 1 }));
  expect([await queue.get(), queue.size]).toEqual([2, 0]);
});

test('a signal that is aborted already takes no item and puts none', async () => {
  const queue = new Queue<string>();
  await queue.put('precious');
  const signal = AbortSignal.abort(new RangeError('too late'));
  expect((await rejection(queue.get({ signal }))).message).toBe('too late');
  expect((await rejection(queue.put('more', { signal }))).message).toBe('too late');
  expect([queue.size, await queue.get()]).toEqual([1, 'precious']);
});

describe.each([
  ['threads', (options: ThreadPoolExecutorOptions): Executor => new ThreadPoolExecutor(options)],
  ['processes', (options: ThreadPoolExecutorOptions): Executor => new ProcessPoolExecutor(options)],
] as const)('a queue in %s', (_, make) => {
  test('a get whose signal aborted takes no item that comes later', async () => {
    await using executor = make({ maxWorkers: 1 });
    const queue = new Queue<string>();
    expect(await executor.submit(queues.getUntil, queue, 20)).toBe('TimeoutError');
    await queue.put('precious');
    expect(queue.size).toBe(1);
    expect((await rejection(executor.submit(queues.getAborted, queue))).message).toBe('too late');
    expect([queue.size, await queue.get()]).toEqual([1, 'precious']);
  });

  test('a put whose signal aborted puts nothing when there is room again', async () => {
    await using executor = make({ maxWorkers: 1 });
    const queue = new Queue<string>({ maxSize: 1 });
    await queue.put('first');
    expect(await executor.submit(queues.putUntil, queue, 'second', 20)).toBe('TimeoutError');
    expect([await queue.get(), queue.size]).toEqual(['first', 0]);
  });

  test('a join whose signal aborted is over', async () => {
    await using executor = make({ maxWorkers: 1 });
    const queue = new Queue<string>();
    await queue.put('work');
    expect(await executor.submit(queues.joinUntil, queue, 20)).toBe('TimeoutError');
  });

  test('whatever comes first, the signal or the item: each item is got once, or is still there', async () => {
    await using executor = make({ maxWorkers: 1 });
    const queue = new Queue<number>();
    const getting = executor.submit(queues.getImpatiently, queue, 300);
    let put = 0;
    while (!getting.done()) {
      await queue.put(put++);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const items = (await getting) as number[];
    while (queue.size > 0) items.push(await queue.get());
    expect(items).toEqual(Array.from({ length: put }, (_item, at) => at));
  });

  test('an item that cannot cross is not lost: it stays the next one, and who wanted it is told', async () => {
    await using executor = make({ maxWorkers: 1 });
    const queue = new Queue<unknown>({ maxSize: 3 });
    const odd = { run: () => 1 };
    const waiting = executor.submit(queues.take, queue);
    for (const item of [odd, 'second']) await queue.put(item);
    expect(await rejection(waiting)).toBeInstanceOf(NotTransferableError);
    expect(await rejection(executor.submit(queues.take, queue))).toBeInstanceOf(NotTransferableError);
    expect([queue.size, await queue.get()]).toEqual([2, odd]);
    expect(await executor.submit(queues.take, queue)).toBe('second');
    await queue.taskDone();
    await queue.taskDone();
    await queue.join({ timeoutMs: 0 });
  });

  test('a queue that a worker was given is let go when nobody has it any more', async () => {
    await using executor = make({ maxWorkers: 1 });
    const given = await giveQueues(executor, 50);
    const deadline = performance.now() + 10_000;
    while (given.some((queue) => queue.deref() !== undefined) && performance.now() < deadline) {
      await executor.submit(queues.collect);
      await collectHere();
    }
    expect(given.filter((queue) => queue.deref() !== undefined)).toHaveLength(0);
  });

  test('a queue that only a task has kept stays, also in the program', async () => {
    await using executor = make({ maxWorkers: 1 });
    await executor.submit(queues.keep, await queueWith('kept'));
    await executor.submit(queues.collect);
    await collectHere();
    expect(await executor.submit(queues.takeFromKept)).toBe('kept');
  });

  test('a queue that is on its way to a worker stays: in an answer, and as an item of another queue', async () => {
    await using executor = make({ maxWorkers: 1 });
    const answering = executor.with({
      onQuestion: async () => {
        setImmediate(collectNow);
        return queueWith('answer');
      },
    });
    expect(await answering.submit(queues.takeFromAnswer)).toBe('answer');
    const outer = new Queue<Queue<string>>();
    const taking = executor.submit(queues.takeFromItem, outer);
    await outer.put(await queueWith('item'));
    while (!taking.done()) await collectHere();
    expect(await taking).toBe('item');
  });
});

async function queueWith(item: string): Promise<Queue<string>> {
  const queue = new Queue<string>();
  await queue.put(item);
  return queue;
}

/** Gives a worker so many queues, and returns references that do not hold them. */
async function giveQueues(executor: Executor, count: number): Promise<WeakRef<Queue>[]> {
  const given: WeakRef<Queue>[] = [];
  for (let at = 0; at < count; at++) {
    const queue = await queueWith(`item ${at}`);
    given.push(new WeakRef<Queue>(queue as Queue));
    expect(await executor.submit(queues.take, queue as Queue)).toBe(`item ${at}`);
  }
  return given;
}

v8.setFlagsFromString('--expose-gc');
const collectNow: () => void = vm.runInNewContext('gc');

/** Collects what nothing here holds; what was looked at is held until the end of the turn. */
async function collectHere(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  collectNow();
  await new Promise((resolve) => setImmediate(resolve));
}
