import { inspect } from 'node:util';
import { CancelledError, Future, InvalidStateError, TimeoutError } from 'rollcall/futures';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Logger, setLogger, silentLogger } from '#dist/base/index.js';
import { rejection } from './gate.ts';

let before: Logger;
const logged: string[] = [];
beforeEach(() => {
  logged.length = 0;
  before = setLogger({ ...silentLogger, error: (message) => logged.push(message) });
});
afterEach(() => {
  setLogger(before);
});

function make(state: 'pending' | 'running' | 'cancelled' | 'noticed' | 'returned' | 'raised'): Future<unknown> {
  const future = new Future<unknown>();
  if (state === 'running' || state === 'returned' || state === 'raised') future.setRunningOrNotifyCancel();
  if (state === 'cancelled' || state === 'noticed') future.cancel();
  if (state === 'noticed') future.setRunningOrNotifyCancel();
  if (state === 'returned') future.setResult({ a: 1 });
  if (state === 'raised') future.setException(new TypeError('no'));
  return future;
}

describe('states', () => {
  test('cancel is true while pending and when already cancelled, false once running or finished', async () => {
    expect(
      ['pending', 'running', 'cancelled', 'noticed', 'returned', 'raised'].map((s) => make(s as 'pending').cancel()),
    ).toEqual([true, false, true, true, false, false]);
    await expect(make('pending').requestCancel()).resolves.toBe(true);
    await expect(make('running').requestCancel()).resolves.toBe(false);
  });

  test('cancelled, running and done answer for each state', () => {
    const table = (['pending', 'running', 'cancelled', 'noticed', 'returned', 'raised'] as const).map((state) => {
      const future = make(state);
      return [state, future.cancelled(), future.running(), future.done()];
    });
    expect(table).toEqual([
      ['pending', false, false, false],
      ['running', false, true, false],
      ['cancelled', true, false, true],
      ['noticed', true, false, true],
      ['returned', false, false, true],
      ['raised', false, false, true],
    ]);
  });

  test('a second setResult or setException is an InvalidStateError that shows the future, and the first stays', async () => {
    const future = make('returned');
    expect(() => future.setResult(2)).toThrow(InvalidStateError);
    expect(() => future.setException(new Error('x'))).toThrow(/<Future at 0x[0-9a-f]+ state=finished returned Object>/);
    expect(await future).toEqual({ a: 1 });
    expect(() => make('running').setRunningOrNotifyCancel()).toThrow(InvalidStateError);
  });

  test('it is printed as in Python', () => {
    const shown = (['pending', 'running', 'cancelled', 'noticed', 'returned', 'raised'] as const).map((state) =>
      inspect(make(state)).replace(/0x[0-9a-f]+/, '0x'),
    );
    expect(shown).toEqual([
      '<Future at 0x state=pending>',
      '<Future at 0x state=running>',
      '<Future at 0x state=cancelled>',
      '<Future at 0x state=cancelled>',
      '<Future at 0x state=finished returned Object>',
      '<Future at 0x state=finished raised TypeError>',
    ]);
  });

  test('a text that holds it shows the same', () => {
    expect(`${make('pending')}`).toMatch(/^<Future at 0x[0-9a-f]+ state=pending>$/);
  });

  test('snapshot gives state, value and error consistently', () => {
    expect(make('running').snapshot()).toEqual({ state: 'running', failed: false, value: undefined, error: undefined });
    expect(make('returned').snapshot()).toMatchObject({ state: 'finished', failed: false, value: { a: 1 } });
    expect(make('raised').snapshot()).toMatchObject({ state: 'finished', failed: true, error: new TypeError('no') });
    expect(make('noticed').snapshot().state).toBe('cancelled');
  });
});

describe('done callbacks', () => {
  test('they run synchronously inside the call that settles, in order, with the future, and at once when added late', () => {
    const future = new Future<number>();
    const calls: unknown[] = [];
    future.addDoneCallback((f) => calls.push(['first', f === future, f.snapshot().value]));
    future.addDoneCallback(() => calls.push('second'));
    future.setResult(5);
    expect(calls).toEqual([['first', true, 5], 'second']);
    future.addDoneCallback(() => calls.push('late'));
    expect(calls.at(-1)).toBe('late');
  });

  test('they run when it is cancelled', () => {
    const future = new Future();
    let cancelled = false;
    future.addDoneCallback((f) => {
      cancelled = f.cancelled();
    });
    future.cancel();
    expect(cancelled).toBe(true);
  });

  test('one that throws, also asynchronously, is logged, and the others still run', async () => {
    const future = new Future<number>();
    let ran = false;
    future.addDoneCallback(() => {
      throw new Error('callback');
    });
    future.addDoneCallback(async () => {
      throw new Error('asynchronous callback');
    });
    future.addDoneCallback(() => {
      ran = true;
    });
    future.setResult(1);
    expect(ran).toBe(true);
    await expect.poll(() => logged.length).toBe(2);
  });
});

describe('result and exception', () => {
  test('time out when still pending or running at the deadline, 0 included', async () => {
    for (const timeoutMs of [0, 5]) {
      expect(await rejection(make('pending').result({ timeoutMs }))).toBeInstanceOf(TimeoutError);
      expect(await rejection(make('running').exception({ timeoutMs }))).toBeInstanceOf(TimeoutError);
    }
  });

  test('reject with CancelledError when it was cancelled, also while waiting', async () => {
    expect(await rejection(make('cancelled').result())).toBeInstanceOf(CancelledError);
    expect(await rejection(make('noticed').exception())).toBeInstanceOf(CancelledError);
    const future = new Future();
    const waiting = rejection(future.result({ timeoutMs: 10_000 }));
    future.cancel();
    expect(await waiting).toBeInstanceOf(CancelledError);
  });

  test('give the value or the error, at once or when it comes', async () => {
    expect(await make('returned').result({ timeoutMs: 0 })).toEqual({ a: 1 });
    expect(await make('returned').exception()).toBeUndefined();
    expect(await make('raised').exception()).toBeInstanceOf(TypeError);
    const future = new Future<number>();
    const waiting = future.result({ timeoutMs: 10_000 });
    future.setResult(3);
    expect(await waiting).toBe(3);
  });

  test('what is thrown may be falsy', async () => {
    for (const thrown of [undefined, 0, null, '', false]) {
      const future = new Future();
      future.setException(thrown);
      expect(future.snapshot().failed).toBe(true);
      await expect(future).rejects.toBe(thrown);
      await expect(future.result()).rejects.toBe(thrown);
    }
  });

  test('a signal ends the wait and nothing else', async () => {
    const controller = new AbortController();
    const future = make('pending');
    const waiting = rejection(future.result({ signal: controller.signal }));
    controller.abort(new Error('enough'));
    expect((await waiting).message).toBe('enough');
    expect(future.done()).toBe(false);
  });

  test('it is awaitable, alone and in Promise.all', async () => {
    const futures = [new Future<number>(), new Future<number>()] as const;
    const all = Promise.all(futures);
    futures[1].setResult(2);
    futures[0].setResult(1);
    expect(await all).toEqual([1, 2]);
    expect(await make('raised').catch((error: unknown) => (error as Error).message)).toBe('no');
  });

  test('a bad timeoutMs is refused', async () => {
    expect((await rejection(make('pending').result({ timeoutMs: -1 }))).message).toContain('timeoutMs');
  });
});

test('each has an id of its own', () => {
  expect(new Set([new Future().id, new Future().id, new Future().id]).size).toBe(3);
});
