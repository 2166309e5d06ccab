import { AsyncLocalStorage } from 'node:async_hooks';
import {
  CancelledError,
  currentWorker,
  type Executor,
  Future,
  InvalidStateError,
  type MapResults,
  TimeoutError,
  wait,
} from 'rollcall/futures';
import { describe, expect } from 'vitest';
import type { MakeOptions, Register, Subject } from './conformance.ts';
import { Gate, rejection, until } from './gate.ts';
import * as tasks from './tasks/basic.mjs';

interface Tools extends Pick<Subject, 'name' | 'kind' | 'make'> {
  readonly remote: boolean;
  readonly test: Register;
  open(options?: MakeOptions): Executor;
  busy(): Promise<{ executor: Executor; gate: Gate; running: Future<number>[] }>;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

async function all<T>(results: MapResults<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of results) values.push(value);
  return values;
}

/** How often each future is settled, by index. */
function settledCounts(futures: readonly Future<unknown>[]): number[] {
  const counts = futures.map(() => 0);
  futures.forEach((future, at) => {
    future.addDoneCallback(() => {
      counts[at] = (counts[at] ?? 0) + 1;
    });
  });
  return counts;
}

/** What the contract says beside the main road: each test's name is the rule. */
export function contractTests(tools: Tools): void {
  describe('futures', () => futures(tools));
  describe('wait', () => waiting(tools));
  describe('map', () => mapping(tools));
  describe('shutdown', () => shutdown(tools));
  describe('workers', () => workers(tools));
  describe('calls', () => calls(tools));
}

function futures({ busy, open, test }: Tools): void {
  test('one that its owner settles while it waits needs no call, and the executor goes on', async () => {
    const { executor, gate, running } = await busy();
    const [returned, raised, marked] = [1, 2, 3].map((n) => executor.submit(tasks.add, n, 1)) as Future<number>[];
    returned?.setResult(7);
    raised?.setException(new RangeError('by hand'));
    marked?.setRunningOrNotifyCancel();
    running[0]?.setResult(8);
    gate.open();
    expect(await Promise.all([returned, marked, ...running])).toEqual([7, 4, 8, 2]);
    expect((await rejection(raised as Future<number>)).message).toBe('by hand');
    expect(await executor.submit(tasks.add, 1, 1)).toBe(2);
    await executor.shutdown();
  });

  test('10,000 waits with a time limit on one future are over as fast as one', async () => {
    const { gate, running } = await busy();
    const from = performance.now();
    const waits = upTo(10_000).map(() => rejection((running[0] as Future<number>).result({ timeoutMs: 0 })));
    await Promise.all(waits);
    const took = performance.now() - from;
    gate.open();
    expect(took).toBeLessThan(1500);
  });

  test('done callbacks and listeners run where they were added, not where the call before was submitted', async () => {
    const storage = new AsyncLocalStorage<string>();
    const executor = open({ maxWorkers: 1 });
    const seen: unknown[] = [];
    const submit = (who: string): Future<unknown> =>
      storage.run(who, () => {
        const future = executor.with({ onQuestion: () => seen.push(storage.getStore()) }).submit(tasks.chat, 1);
        future.onEvent(() => seen.push(storage.getStore()));
        future.addDoneCallback(() => seen.push(storage.getStore()));
        return future;
      });
    await Promise.all(['A', 'B'].map(submit));
    expect(seen).toEqual(['A', 'A', 'A', 'B', 'B', 'B']);
  });

  test('requestCancel is true for a pending call and again when it is cancelled, false once it runs or is done', async () => {
    const { executor, gate, running } = await busy();
    const pending = executor.submit(tasks.add, 1, 1);
    expect(await pending.requestCancel()).toBe(true);
    expect(await pending.requestCancel()).toBe(true);
    expect(pending.cancelled()).toBe(true);
    expect(await running[0]?.requestCancel()).toBe(false);
    gate.open();
    await Promise.all(running);
    expect(await running[0]?.requestCancel()).toBe(false);
  });

  test('result and exception of a call time out at 0 while it is pending or running', async () => {
    const { executor, gate, running } = await busy();
    const pending = executor.submit(tasks.add, 1, 1);
    for (const future of [running[0] ?? pending, pending]) {
      expect(await rejection(future.result({ timeoutMs: 0 }))).toBeInstanceOf(TimeoutError);
      expect(await rejection(future.exception({ timeoutMs: 0 }))).toBeInstanceOf(TimeoutError);
    }
    gate.open();
    expect(await pending.result({ timeoutMs: 10_000 })).toBe(2);
    expect(await pending.exception({ timeoutMs: 0 })).toBeUndefined();
  });

  test('100,000 queued calls are cancelled, each is settled exactly once, and the executor goes on', async () => {
    const { executor, gate, running } = await busy();
    const queued = upTo(100_000).map((n) => executor.submit(tasks.add, n, 1));
    const counts = settledCounts(queued);
    expect(queued.every((future) => future.cancel())).toBe(true);
    gate.open();
    await Promise.all(running);
    expect(await executor.submit(tasks.add, 1, 1)).toBe(2);
    expect(counts.every((count) => count === 1)).toBe(true);
    expect((await wait(queued)).notDone.size).toBe(0);
  });

  test('the id of a call is its own, and the task is told the same', async () => {
    const executor = open();
    const made = [executor.submit(tasks.who), executor.submit(tasks.who)];
    const told = (await Promise.all(made)).map(({ callId }) => callId);
    expect(told).toEqual(made.map(({ id }) => id));
    expect(new Set(told).size).toBe(2);
  });
}

function waiting({ busy, open, test }: Tools): void {
  const cancelledFuture = (): Future<number> => {
    const future = new Future<number>();
    future.cancel();
    return future;
  };
  const noticedFuture = (): Future<number> => {
    const future = cancelledFuture();
    future.setRunningOrNotifyCancel();
    return future;
  };

  test('FIRST_COMPLETED returns when one call is done, and one that was cancelled but not noticed is not', async () => {
    const executor = open();
    const gate = new Gate();
    const cancelled = cancelledFuture();
    const quick = executor.submit(tasks.add, 1, 1);
    const slow = executor.with({ onQuestion: gate.answer }).submit(tasks.held, 1);
    const { done, notDone } = await wait([cancelled, quick, slow], { returnWhen: 'FIRST_COMPLETED' });
    expect(done).toEqual(new Set([quick]));
    expect(notDone).toEqual(new Set([cancelled, slow]));
    gate.open();
    await slow;
  });

  test('FIRST_EXCEPTION returns at the first call that fails, with those done before it', async () => {
    const executor = open();
    const gate = new Gate();
    const first = executor.submit(tasks.add, 1, 1);
    await first;
    const slow = executor.with({ onQuestion: gate.answer }).submit(tasks.held, 1);
    const failing = executor.submit(tasks.fail, 'no');
    const noticed = noticedFuture();
    const { done, notDone } = await wait([first, noticed, failing, slow], { returnWhen: 'FIRST_EXCEPTION' });
    expect(done).toEqual(new Set([first, noticed, failing]));
    expect(notDone).toEqual(new Set([slow]));
    gate.open();
    await slow;
  });

  test('ALL_COMPLETED waits for calls that return, fail and were cancelled', async () => {
    const executor = open();
    const made = [executor.submit(tasks.add, 1, 1), executor.submit(tasks.failWhenEven, 2), noticedFuture()];
    const { done, notDone } = await wait([...made, made[0] as Future<number>]);
    expect(done).toEqual(new Set(made));
    expect(notDone.size).toBe(0);
  });

  test('at the deadline of wait the running call is not done', async () => {
    const { gate, running } = await busy();
    const done = noticedFuture();
    const waited = await wait([done, ...running], { timeoutMs: 20 });
    expect(waited).toEqual({ done: new Set([done]), notDone: new Set(running) });
    gate.open();
  });

  test('100 calls that are let go at once are all waited for', async () => {
    const executor = open();
    const gate = new Gate();
    const held = executor.with({ onQuestion: gate.answer });
    const made = upTo(100).map((n) => held.submit(tasks.held, n));
    const waited = wait(made, { timeoutMs: 20_000 });
    gate.open();
    expect((await waited).notDone.size).toBe(0);
  });
}

function mapping({ busy, open, test }: Tools): void {
  test('results are the same for every chunksize and buffersize', async () => {
    const executor = open();
    const expected = upTo(40).map((n) => 2 * n);
    for (const chunksize of [1, 6, 40, 50]) {
      expect(await all(executor.map(tasks.add, upTo(40), upTo(40), { chunksize }))).toEqual(expected);
      for (const buffersize of [1, 2, 80]) {
        const results = executor.map(tasks.add, upTo(40), upTo(40), { chunksize, buffersize });
        expect(await all(results)).toEqual(expected);
      }
    }
  });

  test('several endless inputs can be mapped with buffersize', async () => {
    const endless = function* (): Generator<number> {
      for (let at = 0; ; at++) yield at;
    };
    const results = open().map(tasks.add, endless(), endless(), { buffersize: 2 });
    expect([(await results.next()).value, (await results.next()).value, (await results.next()).value]).toEqual([
      0, 2, 4,
    ]);
    await results.return?.();
  });

  test('an empty input gives nothing, with and without buffersize, and no input at all is an error', async () => {
    const executor = open();
    expect(await all(executor.map(tasks.echo, []))).toEqual([]);
    expect(await all(executor.map(tasks.echo, [], { buffersize: 2 }))).toEqual([]);
    expect(() => (executor.map as (fn: unknown, options: object) => unknown)(tasks.echo, { buffersize: 2 })).toThrow(
      'at least one iterable',
    );
  });

  test('with buffersize no more is pulled than the buffer holds while nobody asks', async () => {
    const executor = open();
    const inputs = upTo(4).values();
    executor.map(tasks.echo, inputs, { buffersize: 2 });
    await executor.shutdown();
    expect(inputs.next().value).toBe(2);
  });

  test('its deadline counts from the call of map, not from the first next', async () => {
    const { executor, gate, running } = await busy();
    const results = executor.map(tasks.echo, [1], { timeoutMs: 30 });
    const start = performance.now();
    await until(() => performance.now() - start > 60);
    const asked = performance.now();
    expect(await rejection(results.next())).toBeInstanceOf(TimeoutError);
    expect(performance.now() - asked).toBeLessThan(25);
    gate.open();
    await Promise.all(running);
  });

  test('at its deadline the call that it waits for is cancelled as well', async () => {
    const { executor, gate, running } = await busy();
    const begun: unknown[] = [];
    const asking = executor.with({ onQuestion: (question) => begun.push(question) });
    const results = asking.map(tasks.held, [8, 9], { timeoutMs: 0 });
    expect(await rejection(results.next())).toBeInstanceOf(TimeoutError);
    gate.open();
    await Promise.all(running);
    await executor.shutdown();
    expect(begun).toEqual([]);
  });

  test('return cancels what remains and ends it, also in the middle of a chunk', async () => {
    for (const chunksize of [1, 3]) {
      const results = open().map(tasks.failWhenEven, [1, 2, 3, 5], { chunksize });
      expect((await results.next()).value).toBe(1);
      await results.return?.();
      expect((await results.next()).done).toBe(true);
      expect((await results.next()).done).toBe(true);
    }
  });

  test('return closes the inputs of a map, and so does the end of the shortest', async () => {
    const closed: string[] = [];
    const endless = function* (name: string): Generator<number> {
      try {
        for (;;) yield 1;
      } finally {
        closed.push(name);
      }
    };
    const executor = open();
    const left = executor.map(tasks.echo, endless('left'), { buffersize: 1 });
    await left.next();
    await left.return?.();
    expect(await all(executor.map(tasks.add, [1, 2], endless('shortest')))).toEqual([2, 3]);
    expect(closed).toEqual(['left', 'shortest']);
  });

  test('an input that throws fails at its place, after the results before it', async () => {
    const broken = function* (): Generator<number> {
      yield* [1, 2, 3];
      throw new RangeError('no more input');
    };
    const brokenLater = async function* (): AsyncGenerator<number> {
      yield* broken();
    };
    for (const input of [broken, brokenLater]) {
      for (const options of [{ buffersize: 2 }, { buffersize: 9 }, { buffersize: 2, chunksize: 2 }]) {
        const results = open().map(tasks.echo, input(), options);
        for (const value of [1, 2, 3]) expect((await results.next()).value).toBe(value);
        expect((await rejection(results.next())).message).toBe('no more input');
        expect((await results.next()).done).toBe(true);
      }
    }
    expect(() => open().map(tasks.echo, broken())).toThrow('no more input');
  });

  test('an input that throws leaves no other input unclosed', async () => {
    const closed: string[] = [];
    const endless = function* (name: string): Generator<number> {
      try {
        for (;;) yield 1;
      } finally {
        closed.push(name);
      }
    };
    const broken = function* (): Generator<number> {
      yield 1;
      throw new RangeError('no more input');
    };
    const brokenLater = async function* (): AsyncGenerator<number> {
      yield* broken();
    };
    expect(() => open().map(tasks.add, endless('eager'), broken())).toThrow('no more input');
    const buffered = open().map(tasks.add, endless('buffered'), broken(), { buffersize: 1 });
    const later = open().map(tasks.add, endless('later'), brokenLater(), { buffersize: 1 });
    for (const results of [buffered, later]) {
      expect((await results.next()).value).toBe(2);
      expect((await rejection(results.next())).message).toBe('no more input');
    }
    expect(closed).toEqual(['eager', 'buffered', 'later']);
  });

  describe('an asynchronous input that keeps map waiting', () => {
    const stuck = async function* (): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => {});
    };

    test('holds back no result that is there, and the deadline of map holds', async () => {
      const results = open().map(tasks.echo, stuck(), { buffersize: 2, timeoutMs: 1000 });
      expect((await results.next()).value).toBe(1);
      expect(await rejection(results.next())).toBeInstanceOf(TimeoutError);
      expect((await results.next()).done).toBe(true);
    });

    test('does not hang return, nor a next that waits meanwhile', async () => {
      const results = open().map(tasks.echo, stuck(), { buffersize: 2 });
      expect((await results.next()).value).toBe(1);
      const waiting = results.next();
      await results.return?.();
      expect((await waiting).done).toBe(true);
    });
  });
}

function shutdown({ busy, open, test }: Tools): void {
  test('after a call that was cancelled at once it does not hang', async () => {
    const executor = open({ maxWorkers: 1 });
    await executor.submit(tasks.add, 1, 1);
    executor.submit(tasks.add, 1, 1).cancel();
    await executor.shutdown();
  });

  test('racing a map that nobody reads it completes all its calls', async () => {
    const executor = open();
    const asked: unknown[] = [];
    executor.with({ onQuestion: (question) => asked.push(question) }).map(tasks.held, upTo(10));
    await executor.shutdown();
    expect(asked.sort()).toEqual(upTo(10));
  });

  test('with wait: false and cancelFutures the queued ones are cancelled and the running ones finish', async () => {
    const { executor, gate, running } = await busy();
    const queued = upTo(5).map((n) => executor.submit(tasks.add, n, 1));
    await executor.shutdown({ wait: false, cancelFutures: true });
    expect(running.some((future) => future.done())).toBe(false);
    gate.open();
    expect(await Promise.all(running)).toEqual([1, 2]);
    for (const future of queued) expect(await rejection(future)).toBeInstanceOf(CancelledError);
  });

  test('while done callbacks submit more: each call is run or refused, none is lost, each is settled once', async () => {
    const executor = open();
    const made: Future<number>[] = [];
    let refused = 0;
    const again = (left: number): void => {
      if (left === 0) return;
      try {
        const future = executor.submit(tasks.add, left, 1);
        made.push(future);
        future.addDoneCallback(() => again(left - 1));
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidStateError);
        refused += 1;
      }
    };
    for (const chain of upTo(20)) again(5 + chain);
    const counts = settledCounts(made);
    const known = made.length;
    const down = executor.shutdown();
    again(3);
    await down;
    expect(made.every((future) => future.done() && !future.cancelled())).toBe(true);
    expect(refused).toBe(21);
    expect(counts).toEqual(upTo(known).map(() => 1));
  });

  test('a failing call, then wait: false: what comes after it is still done', async () => {
    const executor = open();
    const [good, failing, last] = [
      executor.submit(tasks.add, 1, 1),
      executor.submit(tasks.fail, 'no'),
      executor.submit(tasks.add, 2, 2),
    ];
    expect(await rejection(failing)).toBeInstanceOf(TypeError);
    await executor.shutdown({ wait: false });
    expect(await Promise.all([good, last])).toEqual([2, 4]);
    await executor.shutdown();
  });
}

function workers({ open, test, name }: Tools): void {
  test('60 calls on 4 workers use 4 workers and no more', async () => {
    const executor = open({ maxWorkers: 4 });
    const gate = new Gate();
    const names = new Set<string>();
    const held = executor.with({ onQuestion: gate.answer });
    const made = upTo(60).map(() => held.submit(tasks.heldAndNamed));
    await until(() => gate.asked === 4);
    gate.open();
    for (const future of made) names.add(await future);
    expect(names.size).toBe(4);
  });

  test('two calls at a time, again and again, never need a third worker', async () => {
    const executor = open({ maxWorkers: 4 });
    const names = new Set<string>();
    for (const _ of upTo(3)) {
      const pair = [executor.submit(tasks.who), executor.submit(tasks.who)];
      for (const who of await Promise.all(pair)) names.add(who.name);
    }
    expect(names.size).toBeLessThanOrEqual(2);
  });

  test('names without a prefix are told apart between executors', async () => {
    const [first, second] = [await open().submit(tasks.who), await open().submit(tasks.who)];
    for (const who of [first, second]) expect(who.name).toMatch(new RegExp(`^${name}-\\d+_[01]$`));
    expect(first.executor).not.toBe(second.executor);
  });

  test('outside of a call currentWorker is undefined', async () => {
    const executor = open();
    expect(currentWorker()).toBeUndefined();
    executor.submit(tasks.add, 1, 1).addDoneCallback(() => expect(currentWorker()).toBeUndefined());
    await executor.shutdown();
    expect(currentWorker()).toBeUndefined();
  });
}

function calls({ open, test }: Tools): void {
  test('arguments are passed on one by one, and none of them is taken for options', async () => {
    const given = [1, { y: 8 }, { chunksize: 2 }, [3], undefined];
    expect(await open().submit(tasks.echoAll, ...given)).toEqual(given);
    expect(await open().submit(tasks.echoAll)).toEqual([]);
  });

  test('with gives a view with the same methods, and the options of a view of a view add up', async () => {
    const executor = open();
    const order: unknown[] = [];
    const view = executor.with({ key: 'one' }).with({ onQuestion: (question) => order.push(question) });
    expect([view.name, view.maxWorkers]).toEqual([executor.name, executor.maxWorkers]);
    expect(await all(view.map(tasks.held, [1, 2, 3]))).toEqual([1, 2, 3]);
    expect(order).toEqual([1, 2, 3]);
    await view.shutdown();
    expect(() => executor.submit(tasks.add, 1, 1)).toThrow(InvalidStateError);
  });

  test('events that nobody hears are kept up to a bound, the newest of them, in order', async () => {
    const future = open()
      .with({ onQuestion: () => 1 })
      .submit(tasks.chat, 1500);
    await future;
    const events: unknown[] = [];
    future.onEvent((event) => events.push((event as { at: number }).at));
    expect(events).toEqual(upTo(1000).map((n) => n + 500));
  });

  test('repeatable: false and true are both kept by an executor that never repeats by itself', async () => {
    for (const repeatable of [false, true]) {
      let asked = 0;
      const future = open()
        .with({
          repeatable,
          onQuestion: () => {
            asked += 1;
          },
        })
        .submit(tasks.held, 1);
      expect(await future).toBe(1);
      expect(asked).toBe(1);
    }
  });

  test('10 MB go there and back', async () => {
    const text = 'x'.repeat(10_000_000);
    expect((await open().submit(tasks.echo, { text })) as object).toEqual({ text });
  });
}
