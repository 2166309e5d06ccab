import {
  BrokenExecutorError,
  BrokenProcessPoolError,
  BrokenThreadPoolError,
  CancelledError,
  Future,
  InvalidStateError,
  TimeoutError,
} from 'rollcall/futures';
import { expect, test } from 'vitest';
import { setLogger, silentLogger } from '#dist/base/index.js';

test('a done callback gets the future that failed, at once when added late', () => {
  const future = new Future();
  const seen: unknown[] = [];
  future.addDoneCallback((done) => seen.push((done.snapshot().error as Error).message));
  future.setException(new Error('no'));
  future.addDoneCallback((done) => seen.push(done === future));
  expect(seen).toEqual(['no', true]);
});

test('a done callback runs at once on a future that was cancelled', () => {
  const future = new Future();
  future.cancel();
  let cancelled: boolean | undefined;
  future.addDoneCallback((done) => {
    cancelled = done.cancelled();
  });
  expect(cancelled).toBe(true);
});

test('a done callback that is added late and throws is logged and does not reach its adder', () => {
  const logged: unknown[] = [];
  const before = setLogger({ ...silentLogger, error: (message, fields) => logged.push(message, fields) });
  try {
    const future = new Future<number>();
    future.setResult(1);
    future.addDoneCallback(() => {
      throw new RangeError('late');
    });
    expect(logged[0]).toMatch(/^a done callback of <Future at 0x[0-9a-f]+ state=finished returned number> threw$/);
    expect(logged[1]).toMatchObject({ error: new RangeError('late') });
  } finally {
    setLogger(before);
  }
});

test('a done callback that cancels, settles or adds callbacks finds the future as it is', async () => {
  const future = new Future<number>();
  const seen: unknown[] = [];
  future.addDoneCallback((done) => {
    seen.push(done.cancel(), done.done());
    done.addDoneCallback(() => seen.push('inner'));
    expect(() => done.setResult(2)).toThrow(InvalidStateError);
  });
  future.addDoneCallback(() => seen.push('next'));
  future.setResult(1);
  expect(seen).toEqual([false, true, 'inner', 'next']);
  expect(await future).toBe(1);
});

test('a second setException is an InvalidStateError that shows the future, and the first error stays', async () => {
  const first = new RangeError('first');
  const future = new Future();
  future.setException(first);
  const refused = /<Future at 0x[0-9a-f]+ state=finished raised RangeError>/;
  expect(() => future.setException(new Error('second'))).toThrow(refused);
  expect(() => future.setResult(1)).toThrow(InvalidStateError);
  expect(await future.exception()).toBe(first);
});

test('the errors of the futures go by their own names', () => {
  const classes = {
    CancelledError,
    TimeoutError,
    InvalidStateError,
    BrokenExecutorError,
    BrokenThreadPoolError,
    BrokenProcessPoolError,
  };
  for (const [name, Class] of Object.entries(classes)) {
    const error = new Class('x');
    expect([error.name, String(error)]).toEqual([name, `${name}: x`]);
  }
  expect(new BrokenThreadPoolError('x')).toBeInstanceOf(BrokenExecutorError);
});
