import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { EventLoopExecutor } from 'rollcall/futures';
import { expect, test } from 'vitest';
import { UnreachableError } from '#dist/base/index.js';
import { type Gate, type Manners, run } from '#dist/runner/index.js';
import { devices, Gate as Opening, type TestDevice } from '../gate.ts';

interface Outcome {
  /** The devices of each batch that had their turn, in input order. */
  readonly batches: readonly (readonly string[])[];
  readonly statuses: readonly string[];
  readonly reasons: readonly string[];
}

/** Runs the devices, of which some fail, one worker at a time, and says who had a turn before whom. */
async function inBatches(
  count: number,
  manners: Manners<TestDevice, unknown>,
  bad: readonly number[] = [],
): Promise<Outcome> {
  await using executor = new EventLoopExecutor({ maxWorkers: 4 });
  const batches: string[][] = [];
  let running = 0;
  const task = async ({ name }: TestDevice) => {
    if (running === 0) batches.push([]);
    running += 1;
    batches.at(-1)?.push(name);
    for (let ticks = 3; ticks > 0; ticks--) await turn();
    running -= 1;
    if (bad.includes(Number(name.slice(1)))) throw new Error('bad');
  };
  const { results } = await run(task, devices(count), { input: '', executor, ...manners });
  const reasons = results.filter(({ status }) => status === 'skipped').map(({ error }) => error?.message ?? '');
  return { batches, statuses: results.map(({ status }) => status), reasons: [...new Set(reasons)] };
}

test.each<[number, readonly (string | number)[], number[]]>([
  [20, ['1', '10%', '100%'], [1, 2, 17]],
  [5, [2], [2, 2, 1]],
  [6, [1, 2], [1, 2, 2, 1]],
  [4, ['1%'], [1, 1, 1, 1]],
  [7, ['50%'], [3, 3, 1]],
  [3, [10], [3]],
])('%i devices in batches of %j', async (count, batches, sizes) => {
  const { batches: seen, statuses } = await inBatches(count, { batches });
  expect(statuses.every((status) => status === 'ok')).toBe(true);
  expect(seen.flat().length).toBe(count);
  expect(seen.map(({ length }) => length)).toEqual(sizes);
});

test('a batch begins when all of the one before has ended, also those that a limit held back', async () => {
  const order: string[] = [];
  const list = devices(6).map((device, at) => ({ ...device, groups: at < 3 ? ['core'] : [] }));
  const task = async ({ name }: TestDevice) => {
    order.push(`begin ${name}`);
    await turn();
    order.push(`end ${name}`);
  };
  await run(task, list, { input: '', batches: [3], limits: { perGroup: { core: 1 } } });
  expect(order.slice(0, 6)).toEqual(['begin D0', 'end D0', 'begin D1', 'end D1', 'begin D2', 'end D2']);
});

test('a canary that fails stops the run, and the others say why', async () => {
  const { batches, statuses, reasons } = await inBatches(10, { batches: [1, '100%'] }, [0]);
  expect(batches).toEqual([['D0']]);
  expect(statuses).toEqual(['failed', ...Array.from({ length: 9 }, () => 'skipped')]);
  expect(reasons).toEqual(['the run was stopped: 1 device was not ok in batch 1 (D0: failed), and none may be']);
});

test('a canary that fails stops the run also where some may fail', async () => {
  for (const maxFailures of [3, '50%']) {
    const { batches, statuses, reasons } = await inBatches(10, { batches: [1, '100%'], maxFailures }, [0]);
    expect(batches).toEqual([['D0']]);
    expect(statuses.filter((status) => status === 'skipped').length).toBe(9);
    const many = 'the run was stopped: 1 device was not ok in batch 1 (D0: failed), and none may be';
    expect(reasons).toEqual([
      maxFailures === 3 ? 'the run was stopped: no device in batch 1 was ok (D0: failed)' : many,
    ]);
  }
});

test('as many as may fail do not stop it, and one more does', async () => {
  const bad = [1, 2, 3];
  const may = await inBatches(20, { maxFailures: 3 }, bad);
  expect(may.statuses.filter((status) => status === 'ok').length).toBe(17);
  const mayNot = await inBatches(20, { maxFailures: 2 }, bad);
  expect(mayNot.reasons).toEqual(['the run was stopped: 3 devices were not ok (D3: failed), and at most 2 may be']);
  // What had begun was finished.
  expect(mayNot.statuses.slice(0, 4)).toEqual(['ok', 'failed', 'failed', 'failed']);
  expect(mayNot.statuses.at(-1)).toBe('skipped');
});

test('a number is counted over the run, a percentage over each batch', async () => {
  const bad = [0, 5, 10, 15];
  const batches = [5];
  expect((await inBatches(20, { batches, maxFailures: '20%' }, bad)).reasons).toEqual([]);
  expect((await inBatches(20, { batches, maxFailures: '19%' }, bad)).reasons).toEqual([
    'the run was stopped: 1 device was not ok in batch 1 (D0: failed), and none may be',
  ]);
  const counted = await inBatches(20, { batches, maxFailures: 2 }, bad);
  expect(counted.statuses.slice(15)).toEqual(Array.from({ length: 5 }, () => 'skipped'));
  expect(counted.reasons).toEqual([
    'the run was stopped: 3 devices were not ok in batch 3 (D10: failed), and at most 2 may be',
  ]);
});

test('a percentage without batches is one of all devices', async () => {
  const bad = [0, 1, 2, 3];
  expect((await inBatches(20, { maxFailures: '20%' }, bad)).reasons).toEqual([]);
  expect((await inBatches(20, { maxFailures: '15%' }, bad)).reasons).toEqual([
    'the run was stopped: 4 devices were not ok (D3: failed), and at most 3 may be',
  ]);
});

test('what another gate skips counts as not ok, and its batch ends', async () => {
  const gate: Gate<TestDevice> = {
    admit: ({ name }) => (name === 'D1' ? { skip: 'its credential is on hold' } : { go: true }),
    start: () => {},
    end: () => {},
    attach: () => {},
  };
  const options = { input: '', gates: [gate], batches: [2] } as const;
  const stopped = await run(() => 'done', devices(6), options);
  expect(stopped.counts).toMatchObject({ ok: 1, skipped: 5 });
  const goesOn = await run(() => 'done', devices(6), { ...options, maxFailures: 1 });
  expect(goesOn.counts).toMatchObject({ ok: 5, skipped: 1 });
});

test('a device counts when it has had its last turn', async () => {
  const tried: string[] = [];
  const { counts } = await run(
    ({ name }, _input, { tell }) => {
      tried.push(name);
      tell({ type: 'phase', phase: 'connect' });
      if (tried.filter((other) => other === name).length < 2)
        throw new UnreachableError('unreachable', 'no route', { phase: 'connect' });
    },
    devices(3),
    { input: '', batches: [1], retries: { limit: 1, backoffMs: 0 } },
  );
  expect(counts.ok).toBe(3);
  expect(tried).toEqual(['D0', 'D0', 'D1', 'D1', 'D2', 'D2']);
});

test('an abort ends what waits for its batch', async () => {
  const controller = new AbortController();
  const opening = new Opening();
  const running = run(() => opening.opened, devices(100), { input: '', batches: [3], signal: controller.signal });
  await expect.poll(() => running.waiting(), { timeout: 10_000 }).toEqual([{ line: 'the next batch', devices: 97 }]);
  controller.abort();
  opening.open();
  const { counts } = await running;
  expect(counts.cancelled).toBeGreaterThanOrEqual(97);
  expect(counts.skipped).toBe(0);
});

test('whatever the sizes and whoever fails, each device has one result and no batch overtakes another (random)', async () => {
  const share = fc.oneof(
    fc.integer({ min: 1, max: 7 }),
    fc.integer({ min: 1, max: 100 }).map((part) => `${part}%`),
  );
  const setting = fc.record({
    count: fc.integer({ min: 0, max: 40 }),
    batches: fc.array(share, { minLength: 1, maxLength: 4 }),
    maxFailures: fc.option(
      fc.oneof(
        fc.nat(5),
        fc.nat(100).map((part) => `${part}%`),
      ),
      { nil: undefined },
    ),
    bad: fc.array(fc.nat(39), { maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(setting, async ({ count, batches, maxFailures, bad }) => {
      const { batches: waves, statuses } = await inBatches(count, { batches, maxFailures }, bad);
      expect(statuses.length).toBe(count);
      const begun = waves.flat();
      expect(begun).toEqual(devices(begun.length).map(({ name }) => name));
      for (const [at, status] of statuses.entries()) {
        expect(status).toBe(at >= begun.length ? 'skipped' : bad.includes(at) ? 'failed' : 'ok');
      }
      if (!bad.some((at) => at < count)) expect(begun.length).toBe(count);
    }),
    { numRuns: 100 },
  );
}, 60_000);

test.each<[string, Manners<TestDevice, unknown>, RegExp]>([
  ['no batches at all', { batches: [] }, /batches must be a list of sizes/],
  ['a batch of none', { batches: [0] }, /a size of batches must be a whole number from 1 on or a percentage .* got 0/],
  ['half a device', { batches: ['1.5'] }, /got the text "1\.5"/],
  ['more than all', { batches: ['101%'] }, /got the text "101%"/],
  ['a part of nothing', { batches: ['0%'] }, /got the text "0%"/],
  ['fewer failures than none', { maxFailures: -1 }, /maxFailures must be a whole number from 0 on .* got -1/],
  ['failures in words', { maxFailures: 'few' }, /got the text "few"/],
])('%s is refused at once', (_what, manners, message) => {
  const wrong = () => run(() => {}, devices(3), { input: '', ...manners });
  expect(wrong).toThrow(expect.objectContaining({ code: 'bad_option', message: expect.stringMatching(message) }));
});

test('of an input of unknown length nobody can take a percentage, but numbers', async () => {
  for (const manners of [{ batches: ['10%'] }, { maxFailures: '10%' }]) {
    const wrong = () => run(() => {}, devices(3).values(), { input: '', ...manners });
    expect(wrong).toThrow('a percentage of devices needs a list of them');
  }
  const { counts } = await run(() => 'done', devices(30).values(), { input: '', batches: [1, 4], maxFailures: '20%' });
  expect(counts.ok).toBe(30);
});
