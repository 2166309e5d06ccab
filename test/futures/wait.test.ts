import { asCompleted, Future, TimeoutError, wait } from 'rollcall/futures';
import { describe, expect, test } from 'vitest';
import { rejection } from './gate.ts';

function returned<T>(value: T): Future<T> {
  const future = new Future<T>();
  future.setResult(value);
  return future;
}

function raised(): Future<never> {
  const future = new Future<never>();
  future.setException(new Error('no'));
  return future;
}

describe('asCompleted', () => {
  test('yields futures, those already done first, then each as it is done', async () => {
    const [first, second, third] = [new Future<number>(), new Future<number>(), returned(3)];
    const seen: Future<number>[] = [];
    for await (const future of asCompleted([first, second, third])) {
      seen.push(future);
      if (future === third) second.setResult(2);
      if (future === second) first.setException(new Error('no'));
    }
    expect(seen.map((future) => [first, second, third].indexOf(future))).toEqual([2, 1, 0]);
  });

  test('drops duplicates and takes any iterable', async () => {
    const future = returned(1);
    let count = 0;
    for await (const _ of asCompleted(new Set([future, future]).values())) count += 1;
    for await (const _ of asCompleted([future, future])) count += 1;
    expect(count).toBe(2);
  });

  test('at the deadline a TimeoutError says how many are unfinished, after the done ones were yielded', async () => {
    const futures = [returned(1), new Future<number>(), returned(2), new Future<number>()];
    for (const timeoutMs of [0, 5]) {
      const completed = asCompleted(futures, { timeoutMs });
      expect((await completed.next()).value).toBe(futures[0]);
      expect((await completed.next()).value).toBe(futures[2]);
      const error = await rejection(completed.next());
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error.message).toBe('2 (of 4) futures unfinished');
      expect((await completed.next()).done).toBe(true);
    }
  });

  test('a cancelled future comes once its executor has noticed', async () => {
    const future = new Future();
    future.cancel();
    expect(await rejection(asCompleted([future], { timeoutMs: 0 }).next())).toBeInstanceOf(TimeoutError);
    const next = asCompleted([future]).next();
    future.setRunningOrNotifyCancel();
    expect((await next).value).toBe(future);
  });
});

describe('wait', () => {
  test('ALL_COMPLETED waits for all, as sets', async () => {
    const [first, second] = [new Future(), returned(2)];
    const waiting = wait([first, second, second]);
    first.setException(new Error('no'));
    expect(await waiting).toEqual({ done: new Set([first, second]), notDone: new Set() });
  });

  test('FIRST_COMPLETED returns at the first, also when some were done before', async () => {
    const [first, second] = [new Future<number>(), new Future<number>()];
    const waiting = wait([first, second], { returnWhen: 'FIRST_COMPLETED' });
    second.setResult(2);
    expect(await waiting).toEqual({ done: new Set([second]), notDone: new Set([first]) });
    expect((await wait([first, second], { returnWhen: 'FIRST_COMPLETED' })).done).toEqual(new Set([second]));
  });

  test('FIRST_EXCEPTION returns at the first error, else when all are done', async () => {
    const [first, second, third] = [new Future<number>(), new Future<number>(), new Future<number>()];
    const waiting = wait([first, second, third], { returnWhen: 'FIRST_EXCEPTION' });
    first.setResult(1);
    second.setException(new Error('no'));
    expect(await waiting).toEqual({ done: new Set([first, second]), notDone: new Set([third]) });
    const before = await wait([raised(), third], { returnWhen: 'FIRST_EXCEPTION' });
    expect(before.notDone).toEqual(new Set([third]));
    const cancelled = new Future();
    cancelled.cancel();
    cancelled.setRunningOrNotifyCancel();
    expect((await wait([cancelled, third], { returnWhen: 'FIRST_EXCEPTION', timeoutMs: 1 })).notDone.size).toBe(1);
  });

  test('at the deadline it tells what is done and never throws', async () => {
    const [first, second] = [new Future(), returned(2)];
    for (const timeoutMs of [0, 5]) {
      expect(await wait([first, second], { timeoutMs })).toEqual({
        done: new Set([second]),
        notDone: new Set([first]),
      });
    }
  });

  test('a future that was cancelled but not noticed is not done', async () => {
    const future = new Future();
    future.cancel();
    expect((await wait([future], { timeoutMs: 1 })).notDone).toEqual(new Set([future]));
    future.setRunningOrNotifyCancel();
    expect((await wait([future])).done).toEqual(new Set([future]));
  });

  test('an unknown returnWhen is refused', async () => {
    expect((await rejection(wait([], { returnWhen: 'SOON' as never }))).message).toContain('FIRST_COMPLETED');
  });
});
