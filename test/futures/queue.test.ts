import { Queue, QueueFullError } from 'rollcall/futures';
import { expect, test } from 'vitest';
import { rejection } from './gate.ts';

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
