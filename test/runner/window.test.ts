import { setImmediate as turn } from 'node:timers/promises';
import { EventLoopExecutor } from 'rollcall/futures';
import { expect, test } from 'vitest';
import { type Result, run } from '#dist/runner/index.js';
import { devices, Gate, type TestDevice } from './gate.ts';

/** Lets everything happen that can happen without time passing. */
const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 20; turns++) await turn();
};

/** An endless input that counts what is taken of it. */
function endless() {
  const input = {
    taken: 0,
    closed: false,
    *[Symbol.iterator](): Generator<TestDevice> {
      try {
        for (;;) yield { name: `D${input.taken++}` };
      } finally {
        input.closed = true;
      }
    },
  };
  return input;
}

test('no more devices are taken from the input than fit the window', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 2 });
  const controller = new AbortController();
  const input = endless();
  const gate = new Gate();
  const running = run(() => gate.opened, input, { input: '', executor, buffersize: 5, signal: controller.signal });
  await settle();
  expect(input.taken).toBe(5);
  controller.abort();
  gate.open();
  const { results } = await running;
  expect(results.length).toBe(5);
  expect(input.closed).toBe(true);
});

test('without a buffersize the window is four devices for each worker', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 3 });
  const controller = new AbortController();
  const input = endless();
  const running = run(
    (_device, _input, { signal }) => new Promise((_, no) => signal?.addEventListener('abort', no)),
    input,
    {
      input: '',
      executor,
      signal: controller.signal,
    },
  );
  await settle();
  expect(input.taken).toBe(12);
  controller.abort();
  expect((await running).results.length).toBe(12);
});

test('results that a reader has not taken yet count as well', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 5 });
  const input = endless();
  const running = run(() => 'done', input, { input: '', executor, buffersize: 5, keepResults: false });
  const results = running[Symbol.asyncIterator]();
  for (let read = 1; read <= 20; read++) {
    await results.next();
    await settle();
    expect(input.taken).toBe(read + 5);
  }
});

test('a hundred thousand devices never are more than the window', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 10 });
  const most = 100_000;
  let taken = 0;
  let read = 0;
  let furthest = 0;
  function* input() {
    while (taken < most) {
      taken += 1;
      furthest = Math.max(furthest, taken - read);
      yield { name: `D${taken}` };
    }
  }
  for await (const { status } of run(() => 'done', input(), {
    input: '',
    executor,
    buffersize: 40,
    keepResults: false,
  })) {
    if (status === 'ok') read += 1;
  }
  expect(read).toBe(most);
  expect(furthest).toBeLessThanOrEqual(41);
});

test('a slow device at the front holds up the ordered results, but not the work', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 2 });
  const gate = new Gate();
  let finished = 0;
  const running = run(({ name }) => (name === 'D0' ? gate.opened : undefined), devices(100), {
    input: '',
    executor,
    buffersize: 4,
    observers: [{ result: () => finished++ }],
  });
  const order: number[] = [];
  const reading = (async () => {
    for await (const { index } of running.inOrder()) order.push(index);
  })();
  await settle();
  await expect.poll(() => finished).toBe(99);
  expect(order).toEqual([]);
  gate.open();
  await reading;
  expect(order).toEqual(devices(100).map((_, at) => at));
});

test('leaving the iteration of an endless input takes no more devices, and reading on goes on', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 2 });
  const controller = new AbortController();
  const input = endless();
  const running = run(() => 'done', input, {
    input: '',
    executor,
    buffersize: 4,
    signal: controller.signal,
    keepResults: false,
  });
  const seen: string[] = [];
  for await (const { device } of running) {
    seen.push(device.name);
    if (seen.length === 3) break;
  }
  await settle();
  const { taken } = input;
  expect(taken).toBeLessThanOrEqual(3 + 4);
  await settle();
  expect(input.taken).toBe(taken);
  for await (const { device } of running) {
    seen.push(device.name);
    if (seen.length === 50) break;
  }
  expect(seen).toEqual(devices(50).map(({ name }) => name));
  controller.abort();
  const { counts } = await running;
  expect(counts.ok + counts.cancelled).toBe(input.taken);
  expect(input.closed).toBe(true);
});

test('a run that was left early can still be awaited, and does all of its devices', async () => {
  const running = run(() => 'done', devices(100), { input: '', buffersize: 2 });
  for await (const _ of running) break;
  const { results, ok } = await running;
  expect(results.length).toBe(100);
  expect(ok).toBe(true);
});

test('an input that never gives its next device does not hold up an abort', async () => {
  const controller = new AbortController();
  async function* input() {
    yield { name: 'A' };
    await new Promise(() => {});
  }
  const running = run(() => 'done', input(), { input: '', signal: controller.signal });
  const seen: Result<TestDevice>[] = [];
  for await (const result of running) {
    seen.push(result);
    controller.abort();
  }
  expect(seen.map(({ device, status }) => [device.name, status])).toEqual([['A', 'ok']]);
});

test('a device that the input gave while the run was called off has its result', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 1 });
  const controller = new AbortController();
  function* input() {
    yield { name: 'A' };
    controller.abort();
    yield { name: 'B' };
    yield { name: 'C' };
  }
  const { results } = await run(() => 'done', input(), { input: '', executor, signal: controller.signal });
  expect(results.map(({ device, status }) => [device.name, status])).toEqual([
    ['A', expect.stringMatching(/^(?:ok|cancelled)$/)],
    ['B', 'cancelled'],
  ]);
});

test('a signal that has aborted before starts nothing and accounts for every device of a list', async () => {
  const tried: string[] = [];
  const { counts, results } = await run(({ name }) => tried.push(name), devices(10), {
    input: '',
    signal: AbortSignal.abort(),
  });
  expect(tried).toEqual([]);
  expect(counts.cancelled).toBe(10);
  expect(results.map(({ attempts }) => attempts)).toEqual(devices(10).map(() => 0));
});

test('an asynchronous input is taken as it comes', async () => {
  async function* input() {
    for (const device of devices(30)) {
      await turn();
      yield device;
    }
  }
  const names: string[] = [];
  for await (const { device } of run(() => 'done', input(), { input: '' }).inOrder()) names.push(device.name);
  expect(names).toEqual(devices(30).map(({ name }) => name));
});

test('an input that throws ends the run with its error, after the results of what it gave', async () => {
  function* input() {
    yield* devices(3);
    throw new RangeError('the input is broken');
  }
  const running = run(() => 'done', input(), { input: '' });
  const names: string[] = [];
  const reading = (async () => {
    for await (const { device } of running) names.push(device.name);
  })();
  await expect(reading).rejects.toThrow(new RangeError('the input is broken'));
  expect(names).toEqual(['D0', 'D1', 'D2']);
  await expect(running).rejects.toThrow(new RangeError('the input is broken'));
});

test('an observer that throws ends the run: the running devices are finished, no others start', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 2 });
  const tried: string[] = [];
  const heard: string[] = [];
  const input = endless();
  const running = run(({ name }) => tried.push(name), input, {
    input: '',
    executor,
    observers: [
      {
        result({ device }) {
          if (device.name === 'D1') throw new Error('the journal is full');
        },
      },
      { result: ({ device, status }) => heard.push(`${device.name} ${status}`) },
    ],
  });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const { device } of running) seen.push(device.name);
  })();
  await expect(reading).rejects.toThrow('the journal is full');
  expect(input.closed).toBe(true);
  expect(seen.length).toBe(input.taken);
  expect(heard.length).toBe(input.taken);
  expect(tried.length).toBeLessThan(8);
});

test('a run that keeps no results still knows whether all was ok', async () => {
  const running = run(
    ({ name }) => {
      if (name === 'D3') throw new Error('bad');
    },
    devices(5),
    { input: '', keepResults: false },
  );
  const seen: string[] = [];
  for await (const { device, status } of running) seen.push(`${device.name} ${status}`);
  expect(seen.toSorted()).toEqual(['D0 ok', 'D1 ok', 'D2 ok', 'D3 failed', 'D4 ok']);
  const whole = await running;
  expect(whole.results).toEqual([]);
  expect(whole.counts).toMatchObject({ ok: 4, failed: 1 });
  expect(whole.ok).toBe(false);
  expect(() => whole.throwIfFailed()).toThrow(/not kept/);
});

test('throwIfFailed throws what the first failed device threw', async () => {
  const thrown = new RangeError('odd');
  const whole = await run(
    ({ name }) => {
      if (name === 'D1') throw thrown;
      if (name === 'D2') throw undefined;
    },
    devices(3),
    { input: '' },
  );
  expect(whole.failed.map(({ device }) => device.name)).toEqual(['D1', 'D2']);
  expect(() => whole.throwIfFailed()).toThrow(thrown);
  const nothing = await run(
    () => {
      throw undefined;
    },
    devices(1),
    { input: '' },
  );
  expect(() => nothing.throwIfFailed()).toThrow('D0: the task threw undefined');
});
