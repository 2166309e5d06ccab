import { expect, test } from 'vitest';
import { type RunDevice, run } from '#dist/runner/index.js';

const COUNT = 5000;
const devices = Array.from({ length: COUNT }, (_, index): RunDevice => ({ name: `R${index}` }));

test('results that are not kept are read once each, by however many readers, at whatever pace', async () => {
  const running = run(() => 'done', devices, { input: '', keepResults: false });
  const seen: number[] = [];
  const read = async (pause: number): Promise<void> => {
    for await (const { index } of running) {
      seen.push(index);
      if (index % pause === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all([read(3), read(7), read(1000)]);
  expect(seen.toSorted((a, b) => a - b)).toEqual(devices.map((_, index) => index));
  const late: number[] = [];
  for await (const { index } of running) late.push(index);
  expect(late).toEqual([]);
  expect(await running).toMatchObject({ results: [], counts: { ok: COUNT } });
});

test('results that are kept are read by each reader from the first one on', async () => {
  const running = run(() => 'done', devices, { input: '' });
  const read = async (): Promise<number> => {
    let count = 0;
    for await (const result of running.inOrder()) expect(result.index).toBe(count++);
    return count;
  };
  expect(await Promise.all([read(), read()])).toEqual([COUNT, COUNT]);
  expect((await running).results).toHaveLength(COUNT);
});

test('an input without an end is run with results that leave nothing behind', async () => {
  async function* endless(): AsyncGenerator<RunDevice> {
    for (let index = 0; ; index++) yield { name: `R${index}` };
  }
  const running = run(() => 'done', endless(), { input: '', keepResults: false, buffersize: 50 });
  let next = 0;
  for await (const { index } of running) {
    expect(index).toBe(next++);
    if (next === 20_000) break;
  }
  expect(next).toBe(20_000);
});
