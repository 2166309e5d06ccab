import { EventLoopExecutor, type Executor, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import { describe, expect, test } from 'vitest';
import { type Result, run } from '#dist/runner/index.js';
import { Gate, type TestDevice } from './gate.ts';
import { act as task } from './tasks/tasks.mjs';

type Device = TestDevice;
const KINDS: Record<string, (maxWorkers: number) => Executor> = {
  'the event loop': (maxWorkers) => new EventLoopExecutor({ maxWorkers }),
  threads: (maxWorkers) => new ThreadPoolExecutor({ maxWorkers, onWorkerLost: 'replace' }),
  processes: (maxWorkers) => new ProcessPoolExecutor({ maxWorkers, onWorkerLost: 'replace' }),
};

async function all(devices: Iterable<Device>, executor: Executor) {
  const whole = await run(task, devices, { input: 'given', executor });
  expect(whole.results.map(({ device }) => device)).toEqual([...devices]);
  expect(Object.values(whole.counts).reduce((sum, count) => sum + count)).toBe(whole.results.length);
  return whole;
}

describe.each(Object.keys(KINDS))('in %s', (kind) => {
  const make = (workers = 2): Executor => (KINDS[kind] as (workers: number) => Executor)(workers);

  test('a task gets its device and the input, and its value is the result', async () => {
    await using executor = make();
    const { results, ok, counts, runId } = await all([{ name: 'A' }, { name: 'B' }], executor);
    expect(ok).toBe(true);
    expect(counts.ok).toBe(2);
    expect(runId).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/);
    expect(results.map(({ value }) => value)).toEqual([
      { name: 'A', input: 'given' },
      { name: 'B', input: 'given' },
    ]);
    const [first] = results;
    expect(first).toMatchObject({ index: 0, status: 'ok', error: null, attempts: 1 });
    expect(first?.worker).toMatch(new RegExp(`^${executor.name}_[01]$`));
    expect(first?.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(first?.elapsedMs).toBeGreaterThanOrEqual(0);
    expect(first !== undefined && 'thrown' in first).toBe(false);
  });

  test('whatever a task throws is the outcome of its device alone', async () => {
    await using executor = make();
    const whats = ['undefined', 'zero', 'text', 'null', 'bare', 'own', 'error'];
    const { results, counts, ok } = await all(
      [...whats.map((what) => ({ name: what, does: 'throw', what })), { name: 'good' }],
      executor,
    );
    expect(ok).toBe(false);
    expect(counts).toMatchObject({ ok: 1, failed: whats.length });
    expect(Object.fromEntries(results.map(({ device, error }) => [device.name, error?.message]))).toEqual({
      undefined: 'the task threw undefined',
      zero: 'the task threw 0',
      text: "the task threw 'just a text'",
      null: 'the task threw null',
      bare: expect.stringMatching(/^the task threw (\[Object: null prototype\] )?\{\}$/),
      own: 'OddError: of an own class',
      error: 'TypeError: of a usual class',
      good: undefined,
    });
    for (const { device, status, error, value, attempts } of results.slice(0, -1)) {
      expect({ status, attempts }, device.name).toEqual({ status: 'failed', attempts: 1 });
      expect(error).toMatchObject({ code: 'task_error', phase: 'task' });
      expect(value, 'what it had kept').toBe('so far');
    }
    expect(results.map((result) => 'thrown' in result)).toEqual([...whats.map(() => true), false]);
    expect(results[6]).toHaveProperty('thrown', expect.any(TypeError));
  });

  test('an abort in the middle ends the running devices and marks the rest as cancelled', async () => {
    await using executor = make(2);
    const controller = new AbortController();
    const list: Device[] = [
      { name: 'quick' },
      { name: 'waits', does: 'wait' },
      { name: 'sleeps', does: 'sleep' },
      ...Array.from({ length: 50 }, (_, at) => ({ name: `rest ${at}` })),
    ];
    let started = 0;
    const running = run(task, list, {
      input: '',
      executor,
      signal: controller.signal,
      observers: [
        {
          step: (_device, { type }) => {
            if (type === 'started') started += 1;
            if (started === 3) controller.abort();
          },
        },
      ],
    });
    const whole = await running;
    expect(whole.counts).toMatchObject({ ok: 1, cancelled: list.length - 1 });
    expect(whole.results.map(({ device }) => device.name)).toEqual(list.map(({ name }) => name));
    for (const { error } of whole.results.slice(1)) expect(error).toMatchObject({ code: 'cancelled', phase: 'task' });
    const [, waits, , ...rest] = whole.results;
    expect(waits).toMatchObject({ value: 'so far', attempts: 1, error: { message: 'cancelled' } });
    for (const { error, worker, attempts } of rest) {
      expect({ message: error?.message, worker, attempts }).toEqual({
        message: 'cancelled before its turn came',
        worker: '',
        attempts: 0,
      });
    }
  });

  test('what a task emits for itself is no step, and harms nobody', async () => {
    await using executor = make();
    const steps: string[] = [];
    const { results } = await run(task, [{ name: 'A', does: 'emit' }], {
      input: '',
      executor,
      observers: [{ step: (_device, { type }) => steps.push(type) }],
    });
    expect(results[0]).toMatchObject({ status: 'ok', value: 'emitted' });
    expect(steps).toEqual(['queued', 'started']);
  });

  test('a thousand devices have a thousand results, in order and as they come', async () => {
    await using executor = make();
    const list = Array.from({ length: 1000 }, (_, at) => ({ name: `D${at}` }));
    const running = run(task, list, { input: '', executor });
    const inOrder: number[] = [];
    const asTheyCame: number[] = [];
    const read = async (results: AsyncIterable<Result<Device>>, into: number[]) => {
      for await (const { index } of results) into.push(index);
    };
    await Promise.all([read(running.inOrder(), inOrder), read(running, asTheyCame)]);
    expect(inOrder).toEqual(list.map((_, at) => at));
    expect(asTheyCame.toSorted((a, b) => a - b)).toEqual(inOrder);
  });
});

describe.each([
  ['threads', 'exit', 'exit code 7'],
  ['processes', 'exit', 'exit code 7'],
  ['processes', 'kill', 'the signal SIGKILL'],
])('a worker that is lost (%s, %s)', (kind, does, why) => {
  const list: Device[] = [{ name: 'A' }, { name: 'deadly', does }, { name: 'B' }, { name: 'C' }, { name: 'D' }];

  test('costs only the device that it had', async () => {
    await using executor = (KINDS[kind] as (workers: number) => Executor)(2);
    const { results, counts } = await all(list, executor);
    expect(counts).toMatchObject({ ok: 4, failed: 1 });
    const lost = results[1];
    expect(lost).toMatchObject({ status: 'failed', attempts: 1, error: { code: 'worker_lost', phase: 'task' } });
    expect(lost?.worker).toMatch(new RegExp(`^${executor.name}_\\d$`));
    expect(lost?.error?.message).toContain(why);
    expect(lost?.error?.message).toContain(lost?.worker);
  });

  test('breaks a pool that is not to replace it, and still every device has its result', async () => {
    const options = { maxWorkers: 1 };
    await using executor = kind === 'threads' ? new ThreadPoolExecutor(options) : new ProcessPoolExecutor(options);
    const { results, counts } = await all(list, executor);
    expect(counts).toMatchObject({ ok: 1, failed: 4 });
    for (const { error } of results.slice(1)) expect(error?.code).toBe('worker_lost');
    expect(results.map(({ attempts }) => attempts)).toEqual([1, 1, 0, 0, 0]);
  });
});

describe('threads and processes', () => {
  test.each(['threads', 'processes'])('%s: a value that cannot cross is an error that says where', async (kind) => {
    await using executor = (KINDS[kind] as (workers: number) => Executor)(1);
    const { results } = await all([{ name: 'A', does: 'function' }, { name: 'B' }], executor);
    expect(results[0]).toMatchObject({ status: 'failed', error: { code: 'not_transferable' } });
    expect(results[0]?.error?.message).toMatch(/function '' at .*value\.deep\[0\]/);
    expect(results[1]?.status).toBe('ok');
  });

  test('a device that cannot cross fails alone', async () => {
    await using executor = new ThreadPoolExecutor({ maxWorkers: 1 });
    const odd = { name: 'odd', callback: () => {} };
    const { results } = await all([odd, { name: 'B' }], executor);
    expect(results.map(({ status, error }) => [status, error?.code])).toEqual([
      ['failed', 'not_transferable'],
      ['ok', undefined],
    ]);
  });

  test('a closure cannot go to a thread, and the message says what can', async () => {
    await using executor = new ThreadPoolExecutor({ maxWorkers: 1 });
    const { results } = await run(async function poll() {}, [{ name: 'A' }], { input: '', executor });
    expect(results[0]).toMatchObject({ status: 'failed', error: { code: 'task_error' } });
    expect(results[0]?.error?.message).toMatch(/poll.*task\(import\.meta\.url/s);
  });
});

describe('the event loop', () => {
  test('runs a closure', async () => {
    const seen: string[] = [];
    const { results } = await run(
      async ({ name }: Device, input: number) => {
        seen.push(name);
        return input * 2;
      },
      new Set([{ name: 'A' }, { name: 'B' }]),
      { input: 21 },
    );
    expect(seen).toEqual(['A', 'B']);
    expect(results.map(({ value }) => value)).toEqual([42, 42]);
  });

  test('an input can be made for each device, and one that cannot be made is that device’s failure', async () => {
    const { results } = await run(
      ({ name }: Device, input: string) => `${name}: ${input}`,
      [{ name: 'A' }, { name: 'B' }],
      {
        input: ({ name }) => {
          if (name === 'A') throw new Error('nothing for A');
          return 'show version';
        },
      },
    );
    expect(results[0]).toMatchObject({ status: 'failed', attempts: 0, error: { message: 'Error: nothing for A' } });
    expect(results[1]?.value).toBe('B: show version');
  });

  test('a failed one that nobody awaits says nothing and crashes nothing', async () => {
    const gate = new Gate();
    run(
      () => {
        setImmediate(() => gate.open());
        throw new Error('unheard');
      },
      [{ name: 'A' }],
      { input: '' },
    );
    await gate.opened;
  });

  test.each([
    ['a task that is none', () => run('x' as never, [], { input: '' }), /a task must be a function; got string/],
    ['no devices', () => run(() => {}, undefined as never, { input: '' }), /devices must be .* got undefined/],
    ['a text for devices', () => run(() => {}, 'R1' as never, { input: '' }), /devices must be .* got string/],
    ['a buffersize of 0', () => run(() => {}, [], { input: '', buffersize: 0 }), /buffersize must be .* got 0/],
    ['half a buffersize', () => run(() => {}, [], { input: '', buffersize: 1.5 }), /buffersize must be .* got 1.5/],
    ['no options', () => run(() => {}, [], undefined as never), /run takes an object of options; got undefined/],
  ])('%s is refused at once', (_what, wrong, message) => {
    expect(wrong).toThrow(expect.objectContaining({ code: 'bad_option', message: expect.stringMatching(message) }));
  });

  test('no devices give an empty whole', async () => {
    const whole = await run(() => {}, [], { input: '' });
    expect(whole.results).toEqual([]);
    expect(whole.ok).toBe(true);
    expect(() => whole.throwIfFailed()).not.toThrow();
  });
});
