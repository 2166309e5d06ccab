import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { PacedWork } from '#dist/session/recording/paced-work.js';

/** Has the processor busy for so long, whatever else runs on this machine. */
function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

test('a chunk of 32 KB stopped the event loop for 99 ms: what is much is spread over its turns', async () => {
  const done: number[] = [];
  const work = new PacedWork();
  for (let piece = 0; piece < 20; piece++) {
    work.add(1, () => {
      busy(4);
      done.push(piece);
    });
  }
  expect(done).toEqual([]);
  const perTurn: number[] = [];
  for (let before = 0; done.length < 20; before = done.length) {
    await turn();
    perTurn.push(done.length - before);
  }
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(6);
  expect(done).toEqual([...Array(20).keys()]);
  await work.done();
});

test('many recordings at once share the time of a turn, and none waits for the end of another', async () => {
  const order: string[] = [];
  const works = ['a', 'b', 'c'].map((name) => {
    const work = new PacedWork();
    for (let piece = 0; piece < 3; piece++) work.add(1, () => order.push(name));
    return work;
  });
  await Promise.all(works.map((work) => work.done()));
  expect(order.join('')).toBe('abcabcabc');
});

test('what is left is done at once when the program ends, and where more comes than can be done', () => {
  const done: number[] = [];
  const work = new PacedWork();
  for (let piece = 0; piece < 9; piece++) work.add(1024 * 1024, () => done.push(piece));
  expect(done).toEqual([0]);
  work.doNow();
  expect(done).toHaveLength(9);
});

test('who brings more than can be done is asked to wait, and to go on', async () => {
  const told: boolean[] = [];
  const work = new PacedWork((full) => told.push(full));
  for (let piece = 0; piece < 3; piece++) work.add(1024 * 1024, () => {});
  expect(told).toEqual([true]);
  await work.done();
  expect(told).toEqual([true, false]);
});
