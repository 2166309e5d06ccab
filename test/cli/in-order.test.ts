import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { inInputOrder } from '#dist/cli/output/in-order.js';

interface Done {
  readonly index: number;
  readonly text: string;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-in-order-'));
});
beforeEach(() => {
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, join(folder, 'tmp'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function* asTheyCome(all: readonly Done[]): AsyncGenerator<Done> {
  yield* all;
}

const record = ({ index, text }: Done) => ({ index, text });

async function collected(all: readonly Done[], mostHeld?: number): Promise<Done[]> {
  const found: Done[] = [];
  const how = mostHeld === undefined ? {} : { mostHeld };
  for await (const one of inInputOrder(asTheyCome(all), record, how)) found.push(one);
  return found;
}

test('for any order of arrival and any room the records come whole, in the order of the input', async () => {
  const order = fc.integer({ min: 1, max: 30 }).chain((count) =>
    fc.record({
      places: fc.shuffledSubarray(
        Array.from({ length: count }, (_, index) => index),
        { minLength: count, maxLength: count },
      ),
      texts: fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: count, maxLength: count }),
      mostHeld: fc.constantFrom(0, 60, 1_000_000),
    }),
  );
  await fc.assert(
    fc.asyncProperty(order, async ({ places, texts, mostHeld }) => {
      const all = places.map((index) => ({ index, text: texts[index] ?? '' }));
      expect(await collected(all, mostHeld)).toEqual(all.toSorted((a, b) => a.index - b.index));
    }),
    { numRuns: 300 },
  );
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
});

test('behind a slow device a fleet waits on the disk and not in memory', async () => {
  const count = 2000;
  const text = 'x'.repeat(100_000);
  let peak = 0;
  async function* slowFirst(): AsyncGenerator<Done> {
    for (let index = 1; index < count; index++) {
      yield { index, text: `${index}${text}` };
      if (index % 100 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }
    yield { index: 0, text: `0${text}` };
  }
  const before = process.memoryUsage().rss;
  let next = 0;
  for await (const one of inInputOrder(slowFirst(), record, { mostHeld: 1_000_000 })) {
    expect(one.index).toBe(next);
    expect(one.text.length).toBe(text.length + String(next).length);
    next += 1;
  }
  expect(next).toBe(count);
  // The texts are 200 MB.
  expect(peak - before).toBeLessThan(120_000_000);
});

test('where no file can be made memory has to do', async () => {
  rmSync(join(folder, 'tmp'), { recursive: true });
  const all = [3, 2, 1, 0].map((index) => ({ index, text: 'answer' }));
  expect(await collected(all, 0)).toEqual(all.toReversed());
});

test('a reader that leaves early leaves no file behind', async () => {
  const all = [1, 2, 0, 3].map((index) => ({ index, text: 'answer' }));
  for await (const one of inInputOrder(asTheyCome(all), record, { mostHeld: 0 })) if (one.index === 1) break;
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
});
