import { setImmediate as turn } from 'node:timers/promises';
import { EventLoopExecutor, type Executor, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import { describe, expect, test } from 'vitest';
import { type Admission, type Gate, run } from '#dist/runner/index.js';
import { devices, Gate as Opening, type TestDevice } from '../gate.ts';
import { act } from '../tasks/tasks.mjs';

/** Lets everything happen that can happen without time passing. */
const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 20; turns++) await turn();
};

const GO: Admission = { go: true };

/** A gate that says what it is told to, and writes down what it hears. */
function scripted(say: (device: TestDevice) => Admission = () => GO) {
  const gate = {
    heard: [] as string[],
    say,
    wake: (_key: string): void => {},
    over: undefined as AbortSignal | undefined,
    admit: (device: TestDevice): Admission => gate.say(device),
    start: ({ name }: TestDevice) => void gate.heard.push(`start ${name}`),
    step: ({ name }: TestDevice, { type }: { readonly type: string }) => void gate.heard.push(`${type} ${name}`),
    end: ({ device, status }: { readonly device: TestDevice; readonly status: string }, again: boolean) =>
      void gate.heard.push(`end ${device.name} ${status} ${again}`),
    passOver: ({ device, status }: { readonly device: TestDevice; readonly status: string }) =>
      void gate.heard.push(`passed over ${device.name} ${status}`),
    attach: (wake: (key: string) => void, over: AbortSignal) => {
      gate.wake = wake;
      gate.over = over;
    },
  };
  return gate;
}

const KINDS: Record<string, () => Executor> = {
  'the event loop': () => new EventLoopExecutor({ maxWorkers: 2 }),
  threads: () => new ThreadPoolExecutor({ maxWorkers: 2 }),
  processes: () => new ProcessPoolExecutor({ maxWorkers: 2 }),
};

describe.each(Object.keys(KINDS))('in %s', (kind) => {
  const make = (): Executor => (KINDS[kind] as () => Executor)();

  test('a gate hears of each turn in order, and of its end', async () => {
    await using executor = make();
    const gate = scripted();
    const { counts } = await run(act, [{ name: 'A' }], { input: '', executor, gates: [gate] });
    expect(counts.ok).toBe(1);
    expect(gate.heard).toEqual(['start A', 'started A', 'end A ok false']);
    expect(gate.over?.aborted).toBe(true);
  });

  test('a device that waits does not hold up those behind it, and goes when its line is woken', async () => {
    await using executor = make();
    const gate = scripted(({ name }) => (name === 'D0' || name === 'D2' ? { waitFor: 'the word' } : GO));
    const running = run(act, devices(5), { input: '', executor, gates: [gate] });
    const seen: string[] = [];
    for await (const { device, status } of running) {
      seen.push(`${device.name} ${status}`);
      if (seen.length === 3) {
        expect(running.waiting()).toEqual([{ line: 'the word', devices: 2 }]);
        gate.say = () => GO;
        gate.wake('the word');
      }
    }
    expect(seen.slice(0, 3).toSorted()).toEqual(['D1 ok', 'D3 ok', 'D4 ok']);
    expect(seen.slice(3).toSorted()).toEqual(['D0 ok', 'D2 ok']);
    expect(running.waiting()).toEqual([]);
  });

  test('a device that is skipped has a result with the reason, and was never begun', async () => {
    await using executor = make();
    const gate = scripted(({ name }) => (name === 'D1' ? { skip: 'not today' } : GO));
    const other = scripted();
    const { results, counts } = await run(act, devices(3), { input: '', executor, gates: [other, gate] });
    expect(counts).toMatchObject({ ok: 2, skipped: 1 });
    expect(results[1]).toMatchObject({
      ...{ status: 'skipped', worker: '', attempts: 0, elapsedMs: 0 },
      error: { code: 'not_started', phase: 'task', message: 'not today' },
    });
    expect(other.heard.filter((line) => line.endsWith('D1 skipped'))).toEqual(['passed over D1 skipped']);
    expect(other.heard).not.toContain('start D1');
  });

  test('an abort ends what waits at a gate, and the gates hear of it', async () => {
    await using executor = make();
    const gate = scripted(({ name }) => (name === 'D0' ? GO : { waitFor: 'never' }));
    const controller = new AbortController();
    const running = run(act, devices(4), { input: '', executor, gates: [gate], signal: controller.signal });
    const seen: string[] = [];
    for await (const { device, status } of running) {
      seen.push(`${device.name} ${status}`);
      if (seen.length === 1) controller.abort();
    }
    expect(seen).toEqual(['D0 ok', 'D1 cancelled', 'D2 cancelled', 'D3 cancelled']);
    expect(gate.heard.filter((line) => line.startsWith('passed'))).toEqual([
      'passed over D1 cancelled',
      'passed over D2 cancelled',
      'passed over D3 cancelled',
    ]);
    expect(gate.over?.aborted).toBe(true);
  });
});

test.each(['admit', 'start', 'step', 'end', 'passOver'] as const)(
  'a gate whose %s throws ends the run',
  async (what) => {
    const bad = () => {
      throw new Error(`bad ${what}`);
    };
    const gate = { ...scripted(({ name }) => (name === 'D3' ? { skip: 'no' } : GO)), [what]: bad };
    const running = run(({ name }, _input, { tell }) => tell({ type: 'phase', phase: name }), devices(10), {
      input: '',
      gates: [gate as Gate<TestDevice>],
    });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { device } of running) seen.push(device.name);
    })();
    await expect(reading).rejects.toThrow(`bad ${what}`);
    expect(new Set(seen).size).toBe(seen.length);
  },
);

test('with gates a device is given to the executor when a worker is free, and not before', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 2 });
  const opening = new Opening();
  const gate = scripted();
  const running = run(() => opening.opened, devices(10), { input: '', executor, gates: [gate] });
  await settle();
  expect(gate.heard.filter((line) => line.startsWith('start '))).toEqual(['start D0', 'start D1']);
  opening.open();
  expect((await running).counts.ok).toBe(10);
});

test('threads with several tasks each are all filled', async () => {
  await using executor = new ThreadPoolExecutor({ maxWorkers: 2, tasksPerWorker: 3 });
  const controller = new AbortController();
  const gate = scripted();
  const list = devices(20).map((device) => ({ ...device, does: 'wait' }));
  const running = run(act, list, { input: '', executor, gates: [gate], signal: controller.signal });
  try {
    const told = () => gate.heard.filter((line) => line.startsWith('answered ')).length;
    await expect.poll(told, { timeout: 20_000 }).toBe(6);
    expect(gate.heard.filter((line) => line.startsWith('start ')).length).toBe(6);
  } finally {
    controller.abort();
  }
  expect((await running).counts.cancelled).toBe(20);
});

test('gates that need not know when a worker is free leave the read-ahead as it is', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 2 });
  const opening = new Opening();
  const gate = { ...scripted(), ahead: true };
  const running = run(() => opening.opened, devices(10), { input: '', executor, gates: [gate] });
  await settle();
  expect(gate.heard.filter((line) => line.startsWith('start ')).length).toBe(8);
  opening.open();
  expect((await running).counts.ok).toBe(10);
});

test('of an input without end no more than a thousand devices wait at a gate', async () => {
  let taken = 0;
  function* input() {
    for (;;) yield { name: `D${taken++}` };
  }
  const controller = new AbortController();
  const gate = scripted(() => ({ waitFor: 'never' }));
  const running = run(() => 'done', input(), { input: '', gates: [gate], signal: controller.signal });
  await expect.poll(() => running.waiting(), { timeout: 20_000 }).toEqual([{ line: 'never', devices: 1000 }]);
  await settle();
  expect(taken).toBe(1000);
  controller.abort();
  expect((await running).counts.cancelled).toBe(1000);
});

test('an input that throws ends the run after those that wait have had their turn', async () => {
  const gate = scripted(({ name }) => (name === 'D1' ? { waitFor: 'the word' } : GO));
  function* input() {
    yield* devices(3);
    throw new RangeError('the input is broken');
  }
  const running = run(() => 'done', input(), { input: '', gates: [gate] });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const { device } of running) {
      seen.push(device.name);
      gate.say = () => GO;
      if (seen.length === 2) gate.wake('the word');
    }
  })();
  await expect(reading).rejects.toThrow('the input is broken');
  expect(seen).toEqual(['D0', 'D2', 'D1']);
});

test('results come in input order also where a gate turns the order round', async () => {
  const gate = scripted(({ name }) => (name === 'D0' ? { waitFor: 'the others' } : GO));
  let ended = 0;
  const observers = [
    {
      result: () => {
        ended += 1;
        if (ended < 9) return;
        gate.say = () => GO;
        gate.wake('the others');
      },
    },
  ];
  const order: number[] = [];
  const running = run(() => 'done', devices(10), { input: '', gates: [gate], observers });
  for await (const { index } of running.inOrder()) order.push(index);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
