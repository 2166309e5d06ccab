import {
  asCompleted,
  CancelledError,
  type Executor,
  type Future,
  InvalidStateError,
  NotTransferableError,
  repeat,
  TimeoutError,
  wait,
} from 'rollcall/futures';
import { afterEach, describe, expect, test as vitestTest } from 'vitest';
import { contractTests } from './conformance-contract.ts';
import { Gate, rejection, until } from './gate.ts';
import * as tasks from './tasks/basic.mjs';

export interface MakeOptions {
  readonly maxWorkers?: number;
  readonly threadNamePrefix?: string;
}

export interface Subject {
  /** The kind in the names of its workers. */
  readonly name: string;
  readonly kind: 'loop' | 'thread' | 'process';
  /** Whether arguments and results leave the event loop; default: not in the kind `loop`. */
  readonly crosses?: boolean;
  /** Whether a call takes a round trip to reach its worker, so that nothing runs in the turn of its submit. */
  readonly remote?: boolean;
  /** The tests that this executor need not pass, with the reason: it is printed, and they are counted. */
  readonly skips?: Readonly<Record<string, string>>;
  make(options?: MakeOptions): Executor;
}

/** What a test of the suite is registered with, so that skips are known by name. */
export type Register = (name: string, body: () => void | Promise<void>) => void;

/** The contract that every executor keeps, whatever it runs its calls in. */
export function conformance({
  name,
  kind,
  make,
  skips = {},
  remote = false,
  crosses = kind !== 'loop',
}: Subject): void {
  const skipped = new Set<string>();
  const test: Register = (title, body) => {
    const reason = skips[title];
    if (reason === undefined) vitestTest(title, body);
    else {
      skipped.add(title);
      vitestTest.skip(`${title} (skipped for ${name}: ${reason})`, body);
    }
  };
  const opened: Executor[] = [];
  const open = (options: MakeOptions = {}): Executor => {
    const executor = make({ maxWorkers: 2, ...options });
    opened.push(executor);
    return executor;
  };
  const gates: Gate[] = [];
  afterEach(async () => {
    // A test that failed may have left calls held.
    for (const gate of gates.splice(0)) gate.open();
    await Promise.all(opened.splice(0).map((executor) => executor.shutdown({ cancelFutures: true })));
  });

  /** An executor whose two workers are both busy until the gate opens. */
  const busy = async (): Promise<{ executor: Executor; gate: Gate; running: Future<number>[] }> => {
    const executor = open();
    const gate = new Gate();
    gates.push(gate);
    const held = executor.with({ onQuestion: gate.answer });
    const running = [held.submit(tasks.held, 1), held.submit(tasks.held, 2)];
    if (remote) await until(() => running.every((future) => future.running()));
    return { executor, gate, running };
  };

  describe('submit', () => {
    test('runs a task and gives what it returns', async () => {
      expect(await open().submit(tasks.add, 1, 2)).toBe(3);
    });

    test('shows running for the calls that have a worker and pending for the others', async () => {
      const { executor, gate, running } = await busy();
      const third = executor.submit(tasks.add, 1, 1);
      expect([...running, third].map((future) => future.snapshot().state)).toEqual(['running', 'running', 'pending']);
      gate.open();
      expect(await Promise.all([...running, third])).toEqual([1, 2, 2]);
    });

    test('after shutdown it throws "cannot schedule new futures after shutdown"', async () => {
      const executor = open();
      await executor.shutdown();
      expect(() => executor.submit(tasks.add, 1, 2)).toThrow(InvalidStateError);
      expect(() => executor.submit(tasks.add, 1, 2)).toThrow('cannot schedule new futures after shutdown');
      expect(() => executor.map(tasks.echo, [1])).toThrow('cannot schedule new futures after shutdown');
    });

    test('5,000 queued calls are no problem', async () => {
      const executor = open();
      const futures = Array.from({ length: 5000 }, (_, at) => executor.submit(tasks.add, at, 1));
      const results = await Promise.all(futures);
      expect(results[4999]).toBe(5000);
      expect(results.reduce((sum, value) => sum + value, 0)).toBe((5000 * 5001) / 2);
    });

    test('done callbacks may submit more', async () => {
      const executor = open({ maxWorkers: 1 });
      const second = new Promise<number>((resolve) => {
        executor.submit(tasks.add, 1, 1).addDoneCallback((first) => {
          resolve(executor.submit(tasks.add, first.snapshot().value ?? 0, 1).result());
        });
      });
      expect(await second).toBe(3);
    });
  });

  describe('errors', () => {
    test('arrive with class, message, code, other own properties and cause', async () => {
      const error = await rejection(open().submit(tasks.fail, 'no good'));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toBe('no good');
      expect(error).toMatchObject({ code: 'E_ODD', extra: { a: [1] } });
      expect(error.cause).toBeInstanceOf(RangeError);
    });

    test('ours keep their class', async () => {
      const error = await rejection(open().submit(tasks.throwTimeout, 'from the task'));
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error.code).toBe('timeout');
    });

    test('a DOMException arrives as one, with name, message and code', async () => {
      const error = await rejection(open().submit(tasks.failDom, 'no such thing', 'NotFoundError'));
      expect(error).toBeInstanceOf(DOMException);
      expect(error).toMatchObject({ name: 'NotFoundError', message: 'no such thing', code: 8 });
    });

    test('one that holds itself arrives as it is', async () => {
      const error = await rejection(open().submit(tasks.failItself));
      expect(error).toBeInstanceOf(RangeError);
      expect(error.self).toBe(error);
    });

    test('what is thrown may be falsy or no error at all', async () => {
      const executor = open();
      for (const thrown of [undefined, 0, null, 'text', { plain: true }]) {
        await expect(executor.submit(tasks.throwValue, thrown).result()).rejects.toEqual(thrown);
      }
    });
  });

  describe('cancel and abort', () => {
    test('cancel is true while pending, false while running and when finished', async () => {
      const { executor, gate, running } = await busy();
      const pending = executor.submit(tasks.add, 1, 1);
      expect(pending.cancel()).toBe(true);
      expect(pending.cancel()).toBe(true);
      expect(running[0]?.cancel()).toBe(false);
      gate.open();
      await Promise.all(running);
      expect(running[0]?.cancel()).toBe(false);
      expect(await rejection(pending)).toBeInstanceOf(CancelledError);
    });

    test('a cancelled call never runs, and the executor goes on', async () => {
      const { executor, gate, running } = await busy();
      const questions: unknown[] = [];
      const asking = executor.with({ onQuestion: (question) => questions.push(question) });
      const cancelled = [asking.submit(tasks.held, 8), asking.submit(tasks.held, 9)];
      for (const future of cancelled) future.cancel();
      const after = executor.submit(tasks.add, 2, 2);
      gate.open();
      expect(await after).toBe(4);
      await Promise.all(running);
      expect(questions).toEqual([]);
      expect((await wait(cancelled)).done.size).toBe(2);
    });

    test('abort reaches a running call through its signal, with the reason', async () => {
      const future = open().submit(tasks.untilAborted);
      future.onEvent(() => future.abort(new RangeError('enough')));
      const error = await rejection(future);
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toBe('enough');
    });

    test('a call that is aborted before its function has begun does not begin it', async () => {
      const executor = open();
      const questions: unknown[] = [];
      const future = executor.with({ onQuestion: (question) => questions.push(question) }).submit(tasks.held, 1);
      expect(future.abort(new RangeError('too soon'))).toBe(true);
      expect((await rejection(future)).message).toBe('too soon');
      expect(questions).toEqual([]);
    });

    test('a call that ignores abort stays running', async () => {
      const { gate, running } = await busy();
      await until(() => gate.asked === 2);
      expect(running[0]?.abort()).toBe(true);
      expect(running[0]?.running()).toBe(true);
      gate.open();
      expect(await running[0]).toBe(1);
    });
  });

  describe('map', () => {
    test('gives results in input order, as long as the shortest input', async () => {
      const results: number[] = [];
      for await (const sum of open().map(tasks.add, [1, 2, 3, 4], [10, 20, 30])) results.push(sum);
      expect(results).toEqual([11, 22, 33]);
    });

    test('takes a repeated argument', async () => {
      const results: number[] = [];
      for await (const sum of open().map(tasks.add, [1, 2], repeat(10))) results.push(sum);
      expect(results).toEqual([11, 12]);
    });

    test('submits before anybody iterates', async () => {
      const executor = open();
      const seen: unknown[] = [];
      executor.with({ onQuestion: (question) => seen.push(question) }).map(tasks.held, [1, 2, 3]);
      await until(() => seen.length === 3);
    });

    test('raises an error at its position, and later results can still be had', async () => {
      for (const chunksize of [1, 2, 10]) {
        const results = open().map(tasks.failWhenEven, [1, 2, 3, 4, 5], { chunksize });
        expect((await results.next()).value).toBe(1);
        expect(await rejection(results.next())).toBeInstanceOf(RangeError);
        expect((await results.next()).value).toBe(3);
        expect((await rejection(results.next())).message).toBe('4 is even');
        expect((await results.next()).value).toBe(5);
        expect((await results.next()).done).toBe(true);
      }
    });

    test('pulls exactly buffersize inputs ahead', async () => {
      let pulled = 0;
      const inputs = function* (): Generator<number> {
        for (;;) yield pulled++;
      };
      const results = open().map(tasks.echo, inputs(), { buffersize: 3 });
      expect(pulled).toBe(3);
      expect((await results.next()).value).toBe(0);
      expect(pulled).toBe(4);
      expect((await results.next()).value).toBe(1);
      expect(pulled).toBe(5);
      await results.return?.();
    });

    test('takes asynchronous iterables with buffersize, and refuses them without', async () => {
      const inputs = async function* (): AsyncGenerator<number> {
        for (let at = 0; at < 5; at++) yield at;
      };
      const results: unknown[] = [];
      for await (const value of open().map(tasks.echo, inputs(), { buffersize: 2 })) results.push(value);
      expect(results).toEqual([0, 1, 2, 3, 4]);
      expect(() => open().map(tasks.echo, inputs())).toThrow('buffersize');
    });

    test('at the deadline, counted from the call, it raises a TimeoutError and cancels what remains', async () => {
      const executor = open();
      const gate = new Gate();
      const results = executor.with({ onQuestion: gate.answer }).map(tasks.held, [1, 2, 3, 4, 5], { timeoutMs: 20 });
      expect(await rejection(results.next())).toBeInstanceOf(TimeoutError);
      expect((await results.next()).done).toBe(true);
      gate.open();
      await executor.shutdown();
      expect(gate.asked).toBeLessThanOrEqual(2);
    });

    test("a time-out thrown by a task is not map's time-out", async () => {
      const executor = open();
      const results = executor.map(tasks.throwTimeout, ['a', 'b'], { timeoutMs: 60_000 });
      expect((await rejection(results.next())).message).toBe('a');
      expect((await rejection(results.next())).message).toBe('b');
      expect((await results.next()).done).toBe(true);
    });

    test('leaving a for await cancels what remains', async () => {
      const executor = open({ maxWorkers: 1 });
      const seen: unknown[] = [];
      const gate = new Gate();
      const asking = executor.with({
        onQuestion: (question) => {
          seen.push(question);
          return question === 1 ? undefined : gate.answer();
        },
      });
      for await (const first of asking.map(tasks.held, [1, 2, 3, 4])) {
        expect(first).toBe(1);
        break;
      }
      gate.open();
      await executor.shutdown();
      expect(seen).not.toContain(4);
    });

    test('bad arguments fail at the call', () => {
      const executor = open();
      for (const bad of [0, -1, 1.5, Number.NaN]) {
        expect(() => executor.map(tasks.echo, [1], { chunksize: bad })).toThrow('chunksize');
        expect(() => executor.map(tasks.echo, [1], { buffersize: bad })).toThrow('buffersize');
      }
      expect(() => executor.map(tasks.echo, 'abc')).toThrow('letter by letter');
      expect(() => executor.map(tasks.echo, 5 as never)).toThrow('repeat');
      expect(() => executor.map(tasks.echo, [1], { chunkSize: 2 } as never)).toThrow("did you mean 'chunksize'?");
      expect(() => executor.map(tasks.echo, repeat(1))).toThrow('endless');
    });
  });

  describe('shutdown', () => {
    test('waits for all queued work', async () => {
      const executor = open();
      const futures = [1, 2, 3, 4, 5, 6].map((n) => executor.submit(tasks.add, n, 1));
      await executor.shutdown();
      expect(futures.every((future) => future.done() && !future.cancelled())).toBe(true);
    });

    test('with cancelFutures the queued ones are cancelled, the running ones finish, and nothing stays pending', async () => {
      const { executor, gate, running } = await busy();
      const queued = [1, 2, 3].map((n) => executor.submit(tasks.add, n, 1));
      const down = executor.shutdown({ cancelFutures: true });
      expect(queued.every((future) => future.cancelled())).toBe(true);
      gate.open();
      await down;
      expect(await Promise.all(running)).toEqual([1, 2]);
    });

    test('with wait: false it returns at once and the work is still done', async () => {
      const { executor, gate, running } = await busy();
      const queued = executor.submit(tasks.add, 1, 1);
      await executor.shutdown({ wait: false });
      expect(running[0]?.done()).toBe(false);
      gate.open();
      expect(await queued).toBe(2);
    });

    test('may be called twice, with nothing done, after a failing task and while a map runs', async () => {
      const idle = open();
      await Promise.all([idle.shutdown(), idle.shutdown()]);
      const executor = open();
      const results = executor.map(tasks.failWhenEven, [1, 2, 3]);
      await Promise.all([executor.shutdown(), executor.shutdown({ cancelFutures: false })]);
      expect((await results.next()).value).toBe(1);
      expect(await rejection(results.next())).toBeInstanceOf(RangeError);
      expect((await results.next()).value).toBe(3);
    });

    test('asyncDispose shuts down and waits', async () => {
      const executor = open();
      const future = executor.submit(tasks.add, 1, 1);
      await executor[Symbol.asyncDispose]();
      expect(future.done()).toBe(true);
      expect(() => executor.submit(tasks.add, 1, 1)).toThrow(InvalidStateError);
    });
  });

  describe('workers', () => {
    test('0 or fewer is a RangeError', () => {
      for (const maxWorkers of [0, -1]) {
        expect(() => make({ maxWorkers })).toThrow(RangeError);
        expect(() => make({ maxWorkers })).toThrow('maxWorkers must be greater than 0');
      }
    });

    test('there are never more calls at once than workers', async () => {
      const { executor, gate, running } = await busy();
      let third = false;
      const last = executor
        .with({
          onQuestion: () => {
            third = true;
          },
        })
        .submit(tasks.held, 3);
      await until(() => gate.asked === 2);
      expect(third).toBe(false);
      gate.open();
      await Promise.all([...running, last]);
      expect(third).toBe(true);
    });

    test('three calls in a row use one worker', async () => {
      const executor = open({ maxWorkers: 3 });
      const names = new Set<string>();
      for (let at = 0; at < 3; at++) names.add((await executor.submit(tasks.who)).name);
      expect(names.size).toBe(1);
    });

    test('have names: the prefix that was given, or the kind and two numbers', async () => {
      const prefixed = await open({ threadNamePrefix: 'Poll' }).submit(tasks.who);
      expect(prefixed.name).toBe('Poll_0');
      const executor = open();
      const gate = new Gate();
      const held = executor.with({ onQuestion: gate.answer });
      const names = [held.submit(tasks.heldAndNamed), held.submit(tasks.heldAndNamed)];
      await until(() => gate.asked === 2);
      gate.open();
      const [first, second] = await Promise.all(names);
      expect(first).toMatch(new RegExp(`^${name}-\\d+_0$`));
      expect(second).toBe(first?.replace(/0$/, '1'));
    });

    test('currentWorker tells executor, names and call id, also after an await', async () => {
      const executor = open();
      const future = executor.submit(tasks.who);
      const who = await future;
      expect(who).toMatchObject({ kind, executor: executor.name, callId: future.id, same: true });
      expect(who.threadName).toBe(kind === 'process' ? 'MainThread' : who.name);
      expect(who.pid === process.pid).toBe(kind !== 'process');
    });
  });

  describe('the line between a call and its submitter', () => {
    test('events come in order, and questions are answered', async () => {
      const events: unknown[] = [];
      const future = open().submit(tasks.chat, 3);
      future.onEvent((event) => events.push(event)).onQuestion(async (question) => (question as { what: string }).what);
      expect(await future).toBe('got code');
      expect(events).toEqual([{ at: 0 }, { at: 1 }, { at: 2 }]);
    });

    test('a listener that comes late gets what was kept', async () => {
      const future = open()
        .with({ onQuestion: () => 1 })
        .submit(tasks.chat, 2);
      await future;
      const events: unknown[] = [];
      future.onEvent((event) => events.push(event));
      expect(events).toEqual([{ at: 0 }, { at: 1 }]);
    });

    test('a question that nobody answers, or whose answer fails, is an error in the task', async () => {
      const executor = open();
      expect((await rejection(executor.submit(tasks.chat, 0))).message).toContain('onQuestion');
      const failing = executor.with({
        onQuestion: () => {
          throw new RangeError('no code');
        },
      });
      expect(await rejection(failing.submit(tasks.chat, 0))).toBeInstanceOf(RangeError);
    });
  });

  describe('options of a call', () => {
    test('key: calls that share it run one at a time, in order', async () => {
      const executor = open();
      const gates = [new Gate(), new Gate(), new Gate()];
      const keyed = executor.with({ key: 'R1', onQuestion: (n) => gates[n as number]?.answer() });
      const futures = [0, 1, 2].map((n) => keyed.submit(tasks.held, n));
      await until(() => gates[0]?.asked === 1);
      expect(await executor.submit(tasks.add, 1, 1)).toBe(2);
      expect(futures.map((future) => future.running())).toEqual([true, false, false]);
      expect(await futures[1]?.requestCancel()).toBe(true);
      gates[2]?.open();
      gates[0]?.open();
      expect(await futures[2]).toBe(2);
      expect(gates[1]?.asked).toBe(0);
    });

    test('priority: the higher starts first', async () => {
      const executor = open({ maxWorkers: 1 });
      const gate = new Gate();
      const first = executor.with({ onQuestion: gate.answer }).submit(tasks.held, 0);
      const order: unknown[] = [];
      const submit = (priority: number, n: number): Future<number> =>
        executor.with({ priority, onQuestion: (question) => order.push(question) }).submit(tasks.held, n);
      const futures = [submit(0, 1), submit(5, 2), submit(-1, 3), submit(5, 4)];
      gate.open();
      await Promise.all([first, ...futures]);
      expect(order).toEqual([2, 4, 1, 3]);
    });

    test('signal: cancels a pending call and aborts a running one', async () => {
      const controller = new AbortController();
      const executor = open({ maxWorkers: 1 });
      const view = executor.with({ signal: controller.signal });
      const running = view.submit(tasks.untilAborted);
      const pending = view.submit(tasks.add, 1, 1);
      running.onEvent(() => controller.abort(new RangeError('all off')));
      expect((await rejection(running)).message).toBe('all off');
      expect(await rejection(pending)).toBeInstanceOf(CancelledError);
      expect(view.submit(tasks.add, 1, 1).cancelled()).toBe(true);
      expect(await executor.submit(tasks.add, 1, 1)).toBe(2);
    });

    test('timeoutMs: the call fails at its deadline, counted from its start, and its signal aborts', async () => {
      const executor = open({ maxWorkers: 1 });
      const future = executor.with({ timeoutMs: 100 }).submit(tasks.untilAborted);
      expect(await rejection(future)).toBeInstanceOf(TimeoutError);
      expect(await executor.submit(tasks.add, 1, 1)).toBe(2);
    });

    test('what the executor cannot do, and what is no option, is refused', () => {
      const executor = open();
      expect(() => executor.with({ queue: 'slow' })).toThrow("'queue'");
      expect(() => executor.with({ prioritiy: 1 } as never)).toThrow("did you mean 'priority'?");
      for (const bad of [{ key: 1 }, { timeoutMs: -1 }, { priority: Number.NaN }, { signal: {} }, { onEvent: 1 }]) {
        expect(() => executor.with(bad as never)).toThrow(Object.keys(bad)[0]);
      }
    });
  });

  test('asCompleted yields futures of the executor, each once', async () => {
    const executor = open();
    const futures = [1, 2, 3].map((n) => executor.submit(tasks.failWhenEven, n));
    const states: string[] = [];
    for await (const future of asCompleted(futures, { timeoutMs: 20_000 })) {
      states.push(future.snapshot().failed ? 'failed' : 'fine');
    }
    expect(states.sort()).toEqual(['failed', 'fine', 'fine']);
  });

  describe('the rest of the contract', () => contractTests({ name, kind, make, open, busy, remote, test }));

  if (crosses) describe('what crosses', () => workersOnly(open, test));

  vitestTest(`skips ${Object.keys(skips).length} of these tests, all of which there are`, () => {
    expect([...skipped].sort()).toEqual(Object.keys(skips).sort());
  });
}

/** What holds where arguments and results leave the event loop. */
function workersOnly(open: (options?: MakeOptions) => Executor, test: Register): void {
  test('a closure gets an immediate TypeError that names the function and shows the fix', () => {
    const executor = open();
    const poll = (): number => 1;
    expect(() => executor.submit(poll)).toThrow(TypeError);
    expect(() => executor.submit(poll)).toThrow("export const poll = task(import.meta.url, 'poll', …)");
    expect(() => executor.map(poll, [1])).toThrow(TypeError);
  });

  test('an argument that cannot cross fails its own future only, and the message says where it is', async () => {
    const executor = open();
    class Device {}
    const bad: [unknown, string][] = [
      [{ list: [{ run() {} }] }, "the function 'run' at [0].list[0].run"],
      [new Map([['a', new Device()]]), 'an instance of Device at [0].get(a)'],
      [{ mark: Symbol('x') }, 'Symbol(x) at [0].mark'],
      [new WeakMap(), 'an instance of WeakMap at [0]'],
    ];
    for (const [value, where] of bad) {
      const [failing, fine] = [executor.submit(tasks.echo, value), executor.submit(tasks.add, 1, 1)];
      const error = await rejection(failing);
      expect(error).toBeInstanceOf(NotTransferableError);
      expect(error.message).toContain(where);
      expect(await fine).toBe(2);
    }
  });

  test('a result or an event that cannot cross fails its own future only', async () => {
    const executor = open();
    expect((await rejection(executor.submit(tasks.badResult))).message).toContain("the function 'fn' at .deep[0].fn");
    expect(await rejection(executor.submit(tasks.proxyResult))).toBeInstanceOf(Error);
    expect(await rejection(executor.submit(tasks.emitFunction))).toBeInstanceOf(NotTransferableError);
    expect(await executor.submit(tasks.add, 1, 1)).toBe(2);
  });

  test('a getter that throws, in an argument or a result, fails its own future only, again and again', async () => {
    const executor = open({ maxWorkers: 1 });
    const trap = {
      get a() {
        throw new RangeError('in an argument');
      },
    };
    for (let round = 0; round < 3; round++) {
      expect((await rejection(executor.submit(tasks.echo, trap))).message).toContain('in an argument');
      expect((await rejection(executor.submit(tasks.returnTrap, 'in a result'))).message).toContain('in a result');
      expect(await executor.submit(tasks.add, 1, round)).toBe(1 + round);
    }
    await executor.shutdown();
  });

  test('an error of a class that nobody here knows arrives as RemoteError with its name, and the remote stack as its cause', async () => {
    const error = await rejection(open().submit(tasks.failHidden, 'hidden'));
    expect(error.name).toBe('HiddenError');
    expect(error.constructor.name).toBe('RemoteError');
    expect(error.message).toBe('hidden');
    expect((error.cause as Error).message).toContain('basic.mjs');
    expect(error.stack).not.toContain('basic.mjs');
  });
}
