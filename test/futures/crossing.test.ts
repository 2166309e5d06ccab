import vm from 'node:vm';
import {
  type Executor,
  NotTransferableError,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
  type ThreadPoolExecutorOptions,
} from 'rollcall/futures';
import { describe, expect, test } from 'vitest';
import { Secret } from '#dist/base/index.js';
import { rejection } from './gate.ts';
import * as tasks from './tasks/basic.mjs';
import * as crossing from './tasks/crossing.mjs';

describe.each([
  ['threads', (options: ThreadPoolExecutorOptions): Executor => new ThreadPoolExecutor(options)],
  ['processes', (options: ThreadPoolExecutorOptions): Executor => new ProcessPoolExecutor(options)],
] as const)('what crosses to %s and back', (_, make) => {
  describe('a DOMException', () => {
    test('that a task throws arrives as one, with name, message, code and cause', async () => {
      await using executor = make({ maxWorkers: 1 });
      const error = await rejection(executor.submit(crossing.throwDomException, 'too much', 'InvalidStateError'));
      expect(error).toBeInstanceOf(DOMException);
      expect(error).toMatchObject({ name: 'InvalidStateError', message: 'too much', code: 11 });
      expect(error.cause).toBeInstanceOf(RangeError);
      expect(error.cause).toMatchObject({ message: 'below' });
    });

    test('of a failed clone and of an aborted fetch is not "Value of this must be of DOMException"', async () => {
      await using executor = make({ maxWorkers: 1 });
      expect(await rejection(executor.submit(crossing.cloneFunction))).toMatchObject({
        name: 'DataCloneError',
        code: 25,
      });
      expect(await rejection(executor.submit(crossing.fetchAborted))).toMatchObject({ name: 'AbortError', code: 20 });
    });

    test('inside of an argument and of a result crosses', async () => {
      await using executor = make({ maxWorkers: 1 });
      const back = (await executor.submit(tasks.echo, { why: new DOMException('no', 'SyntaxError') })) as {
        why: unknown;
      };
      expect(back.why).toBeInstanceOf(DOMException);
      expect(back.why).toMatchObject({ name: 'SyntaxError', message: 'no', code: 12 });
    });

    test('of a class that the task module exports keeps its class', async () => {
      await using executor = make({ maxWorkers: 1 });
      const error = await rejection(executor.submit(crossing.throwPicky, 'not that'));
      expect(error).toBeInstanceOf(DOMException);
      expect(error.constructor.name).toBe('PickyError');
      expect(error).toMatchObject({ name: 'PickyError', message: 'not that' });
    });

    test('is the reason of a plain abort(), in the task and for who awaits it', async () => {
      await using executor = make({ maxWorkers: 1 });
      const controller = new AbortController();
      const future = executor.with({ signal: controller.signal }).submit(tasks.untilAborted);
      future.onEvent(() => controller.abort());
      expect(await rejection(future)).toMatchObject({ name: 'AbortError', message: 'This operation was aborted' });
    });
  });

  describe('a getter that throws', () => {
    test('in an argument fails its own call, and the pool can be shut down', async () => {
      const executor = make({ maxWorkers: 1 });
      const bad = {
        get a() {
          throw new RangeError('boom');
        },
      };
      for (let round = 0; round < 3; round++) {
        const [failing, fine] = [executor.submit(tasks.echo, bad), executor.submit(tasks.add, 1, round)];
        expect((await rejection(failing)).message).toBe('boom');
        expect(await fine).toBe(1 + round);
      }
      await executor.shutdown();
    });

    test('in a result fails its own call, also from the second on, and the worker lives', async () => {
      await using executor = make({ maxWorkers: 1 });
      for (let round = 0; round < 3; round++) {
        expect((await rejection(executor.submit(crossing.returnTrap, 'boom'))).message).toBe('boom');
        expect((await rejection(executor.submit(crossing.returnTrapLater, 'later'))).message).toBe('later');
        for (const odd of [crossing.returnTrapOfFunction, crossing.throwTrap]) {
          expect(await rejection(executor.submit(odd))).toBeInstanceOf(NotTransferableError);
        }
        expect(await executor.submit(tasks.add, 1, round)).toBe(1 + round);
      }
    });
  });

  test('an error with a getter that throws keeps its class and message', async () => {
    await using executor = make({ maxWorkers: 1 });
    const error = await rejection(executor.submit(crossing.throwWithTrap, 'the real one'));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'the real one', details: '[a getter that throws RangeError]' });
  });

  test('an error that holds itself is no "Maximum call stack size exceeded"', async () => {
    await using executor = make({ maxWorkers: 1 });
    for (const where of ['self', 'cause'] as const) {
      const error = await rejection(executor.submit(crossing.throwItself, where));
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toBe('round and round');
      expect(error[where]).toBe(error);
    }
    const pair = { error: new Error('in'), back: undefined as unknown };
    pair.error.cause = pair;
    const back = (await executor.submit(tasks.echo, pair)) as typeof pair;
    expect(back.error.cause).toBe(back);
  });

  test('an error of another realm keeps class, message and cause', async () => {
    await using executor = make({ maxWorkers: 1 });
    const thrown = executor.submit(
      crossing.runElsewhere,
      "throw new TypeError('elsewhere', { cause: new RangeError('x') })",
    );
    const error = await rejection(thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe('elsewhere');
    expect(error.cause).toBeInstanceOf(RangeError);
    const inside = await executor.submit(crossing.runElsewhere, "[new SyntaxError('inside')][0]");
    expect(inside).toBeInstanceOf(SyntaxError);
    const syntax = await rejection(executor.submit(crossing.runElsewhere, 'const'));
    expect(syntax.name).toBe('SyntaxError');
    const mine = vm.runInNewContext("Object.assign(new Error('mine'), { code: 'E_MINE' })");
    expect(await executor.submit(tasks.echo, mine)).toMatchObject({ message: 'mine', code: 'E_MINE' });
  });

  test('a typed array has memory of its own there and here, and shows no bytes of anything else', async () => {
    await using executor = make({ maxWorkers: 1 });
    const kinds: (new (memory: ArrayBuffer) => NodeJS.ArrayBufferView)[] = [
      Uint8Array,
      Uint8ClampedArray,
      Int16Array,
      Float32Array,
      Float64Array,
      BigInt64Array,
      DataView,
    ];
    for (const kind of kinds) {
      // The text moves what follows to any place in the message.
      for (const text of ['', 'x', 'xyz', 'x'.repeat(2000)]) {
        const view = new kind(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer);
        const [, back] = (await executor.submit(tasks.echoAll, text, view)) as [string, typeof view];
        expect(back).toEqual(view);
        expect([back.byteOffset, back.buffer.byteLength]).toEqual([0, 8]);
        expect(await executor.submit(crossing.memoryOf, view)).toEqual([0, 8]);
      }
    }
    const bytes = (await executor.submit(tasks.echo, Buffer.from('abc'))) as Buffer;
    expect(bytes).toEqual(Buffer.from('abc'));
    expect([bytes.byteOffset, bytes.buffer.byteLength]).toEqual([0, 3]);
  });

  test('an event that is a Proxy is refused where it is emitted, not lost without a word', async () => {
    await using executor = make({ maxWorkers: 1 });
    const error = await rejection(executor.submit(tasks.emitProxy));
    expect(error).toBeInstanceOf(NotTransferableError);
    expect(error.message).toContain('an event cannot cross to another thread or process: a Proxy');
  });

  test('memory that was transferred away is refused like all that cannot cross', async () => {
    await using executor = make({ maxWorkers: 1 });
    const bytes = new Uint8Array(8);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    for (const gone of [bytes, bytes.buffer]) {
      const error = await rejection(executor.submit(tasks.echo, { gone }));
      expect(error).toBeInstanceOf(NotTransferableError);
      expect(error.message).toContain('[0].gone');
    }
    expect(await executor.submit(tasks.echo, new Uint8Array(0))).toEqual(new Uint8Array(0));
  });

  test.each([
    ['a Proxy', tasks.proxyWhenEven],
    ['a getter that is read once', tasks.readOnceWhenEven],
  ])('one result of a map chunk that cannot cross fails alone (%s)', async (_, odd) => {
    await using executor = make({ maxWorkers: 1 });
    const results = executor.map(odd, [1, 2, 3, 4, 5], { chunksize: 5 });
    for (const n of [1, 3, 5]) {
      expect((await results.next()).value).toEqual({ n });
      if (n < 5) expect(await rejection(results.next())).toBeInstanceOf(NotTransferableError);
    }
    expect((await results.next()).done).toBe(true);
  });

  describe.each(['array', 'record', 'map', 'set'])('a value of many objects inside one another (%s)', (kind) => {
    test('crosses both ways when there are 900, with and without a Secret at its heart', async () => {
      await using executor = make({ maxWorkers: 1 });
      for (const heart of ['plain', new Secret('hunter2')]) {
        let value: unknown = heart;
        for (let at = 0; at < 900; at++) value = nest(kind, value);
        let back = await executor.submit(tasks.echo, value);
        for (let at = 0; at < 900; at++) back = unnest(back);
        expect(Secret.is(back) ? back.reveal() : back).toBe(heart === 'plain' ? 'plain' : 'hunter2');
      }
    });

    test('fails its own call only when there are 3,500, as a result and as an argument', async () => {
      await using executor = make({ maxWorkers: 1 });
      let value: unknown = 'heart';
      for (let at = 0; at < 3500; at++) value = nest(kind, value);
      for (const failing of [executor.submit(crossing.returnNested, kind, 3500), executor.submit(tasks.echo, value)]) {
        const error = await rejection(failing);
        expect(error).toBeInstanceOf(NotTransferableError);
        expect(error.message).toContain('more than 1000 objects inside one another');
        expect(error.message.length).toBeLessThan(500);
      }
      expect(await executor.submit(tasks.add, 1, 1)).toBe(2);
    });
  });

  test('an error with 3,000 causes arrives with as many as can cross, and the worker lives', async () => {
    await using executor = make({ maxWorkers: 1 });
    let error: unknown = await rejection(executor.submit(crossing.throwWithCauses, 3000));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe('after 2999');
    let causes = 0;
    for (; error instanceof TypeError; error = error.cause) causes += 1;
    expect(causes).toBeGreaterThan(100);
    expect(error).toBe('[TypeError, which cannot cross]');
    const few = await rejection(executor.submit(crossing.throwWithCauses, 100));
    let last: unknown = few;
    for (let at = 0; at < 100; at++) last = (last as Error).cause;
    expect(last).toBeInstanceOf(RangeError);
  });
});

function nest(kind: string, value: unknown): unknown {
  if (kind === 'array') return [value];
  if (kind === 'record') return { value };
  return kind === 'map' ? new Map([[1, value]]) : new Set([value]);
}

function unnest(value: unknown): unknown {
  if (Array.isArray(value)) return value[0];
  if (value instanceof Map) return value.get(1);
  if (value instanceof Set) return [...value][0];
  return (value as { value: unknown }).value;
}
