import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { EventLoopExecutor, type Executor, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode, PHASES, type Phase, RollcallError } from '#dist/base/index.js';
import { type RetryOptions, run } from '#dist/runner/index.js';
import { backoffOf } from '#dist/runner/turns/retries.js';
import { flaky } from '../tasks/flaky.mjs';

type StepLike =
  | { readonly type: 'phase'; readonly phase: string }
  | { readonly type: 'logged_in' }
  | { readonly type: 'sent'; readonly command: string };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-retries-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const phase = (name: string): StepLike => ({ type: 'phase', phase: name });
const SSH = ['resolve', 'connect', 'negotiate', 'host_key', 'authenticate', 'open', 'login', 'prepare'];

/** How many turns a device has whose task tells these steps and throws this. */
async function turnsOf(
  steps: readonly StepLike[],
  { code, phase: where }: { readonly code: ErrorCode; readonly phase: Phase },
  retries: RetryOptions = {},
): Promise<number> {
  let turns = 0;
  const task = (_device: unknown, _input: unknown, { tell }: { tell(step: StepLike): void }) => {
    turns += 1;
    for (const step of steps) tell(step);
    throw new RollcallError(code, 'as it was asked to', { phase: where });
  };
  const { results } = await run(task, [{ name: 'A' }], {
    input: '',
    retries: { limit: 2, backoffMs: 0, ...retries },
  });
  expect(results[0]?.attempts).toBe(turns);
  expect(results[0]?.error?.code).toBe(code);
  return turns;
}

test('a failure on the way to the session is tried again', async () => {
  const passing: [ErrorCode, Phase, number][] = [
    ['dns', 'resolve', 1],
    ['connect_refused', 'connect', 2],
    ['connect_timeout', 'connect', 2],
    ['unreachable', 'connect', 2],
    ['closed', 'negotiate', 3],
    ['closed', 'open', 6],
    ['idle_timeout', 'login', 7],
    ['closed', 'prepare', 8],
  ];
  for (const [code, where, told] of passing) {
    expect([code, await turnsOf(SSH.slice(0, told).map(phase), { code, phase: where })]).toEqual([code, 3]);
  }
});

test('a refusal is never tried again, whatever is called repeatable', async () => {
  const refusals: ErrorCode[] = ['authentication', 'host_key_changed', 'host_key_unknown', 'enable_secret'];
  const others: ErrorCode[] = ['command_refused', 'cancelled', 'bad_command', 'task_error', 'not_transferable'];
  for (const code of [...refusals, ...others]) {
    const turns = await turnsOf([phase('connect')], { code, phase: 'connect' }, { repeatable: () => true });
    expect([code, turns]).toEqual([code, 1]);
  }
});

test('a connection that breaks while a password is on its way may be a refusal', async () => {
  const told = SSH.slice(0, 5).map(phase);
  expect(await turnsOf(told, { code: 'closed', phase: 'authenticate' }, { repeatable: () => true })).toBe(1);
});

test('what was sent is not sent again, unless it is said to be harmless', async () => {
  const sent: StepLike[] = [...SSH.map(phase), { type: 'logged_in' }, { type: 'sent', command: 'show clock' }];
  const lost = { code: 'closed', phase: 'command' } as const;
  expect(await turnsOf(sent, lost)).toBe(1);
  expect(await turnsOf(sent, lost, { repeatable: () => true })).toBe(3);
  expect(await turnsOf(sent, lost, { repeatable: ({ error }) => error.code !== 'closed' })).toBe(1);
});

test('a configuration is not sent again, whatever is called repeatable', async () => {
  const repeatable = () => true;
  const sent: StepLike[] = [...SSH.map(phase), { type: 'logged_in' }];
  for (const where of ['configure', 'transfer'] as const) {
    expect(await turnsOf(sent, { code: 'closed', phase: where }, { repeatable })).toBe(1);
    // Also where the task has gone on to something else since.
    expect(await turnsOf([...sent, phase(where)], { code: 'closed', phase: 'command' }, { repeatable })).toBe(1);
  }
});

test('a second session is not the way to the first: who knows what was done there', async () => {
  const twice = [...SSH.map(phase), phase('connect')];
  expect(await turnsOf(twice, { code: 'unreachable', phase: 'connect' })).toBe(1);
  // Credentials that are tried one after the other are connections one after the other.
  const next = [...SSH.slice(0, 5).map(phase), phase('connect')];
  expect(await turnsOf(next, { code: 'unreachable', phase: 'connect' })).toBe(3);
});

test('a task that tells nothing of itself may have done anything', async () => {
  const failure = { code: 'unreachable', phase: 'connect' } as const;
  expect(await turnsOf([], failure)).toBe(1);
  expect(await turnsOf([], failure, { repeatable: () => true })).toBe(3);
});

test('whatever is told and thrown, nothing that was sent is sent again (random)', async () => {
  const step = fc.oneof(
    fc.constantFrom(...PHASES).map(phase),
    fc.constant({ type: 'logged_in' } as const),
    fc.constant({ type: 'sent', command: 'reload' } as const),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.oneof(
        fc.constantFrom(...ERROR_CODES),
        fc.constantFrom<ErrorCode>('unreachable', 'closed', 'worker_lost', 'agent_lost'),
      ),
      fc.constantFrom(...PHASES),
      async (steps, code, where) => {
        const turns = await turnsOf(steps, { code, phase: where });
        const harmless = steps.every(
          (one) => one.type === 'phase' && PHASES.indexOf(one.phase as Phase) <= PHASES.indexOf('prepare'),
        );
        if (turns > 1)
          expect({ harmless, where }).toEqual({
            harmless: true,
            where: expect.stringMatching(/^(resolve|connect|negotiate|open|login|prepare|task)$/),
          });
      },
    ),
    { numRuns: 500 },
  );
});

const KINDS: Record<string, () => Executor> = {
  'the event loop': () => new EventLoopExecutor({ maxWorkers: 2 }),
  threads: () => new ThreadPoolExecutor({ maxWorkers: 2, onWorkerLost: 'replace' }),
  processes: () => new ProcessPoolExecutor({ maxWorkers: 2, onWorkerLost: 'replace' }),
};

describe.each(Object.keys(KINDS))('in %s', (kind) => {
  const make = (): Executor => (KINDS[kind] as () => Executor)();

  test('the last turn is the result, and the number of turns is told', async () => {
    await using executor = make();
    const list = [0, 1, 2, 3, 4].map((fails) => ({ name: `D${fails}`, fails }));
    const { results } = await run(flaky, list, {
      input: { folder, how: 'unreachable' },
      executor,
      retries: { limit: 3, backoffMs: 1 },
    });
    expect(results.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['ok', 1],
      ['ok', 2],
      ['ok', 3],
      ['ok', 4],
      ['unreachable', 4],
    ]);
    expect(results[4]?.worker).not.toBe('');
  });

  test('who waits for another try holds no worker, and none that others want', async () => {
    await using executor = make();
    const controller = new AbortController();
    const list = [...Array.from({ length: 4 }, (_, at) => ({ name: `F${at}`, fails: 9 })), { name: 'good', fails: 0 }];
    const running = run(flaky, list, {
      ...{ input: { folder, how: 'unreachable' }, executor, signal: controller.signal },
      retries: { limit: 1, backoffMs: 3_600_000, maxBackoffMs: 3_600_000, jitter: false },
    });
    const seen: string[] = [];
    for await (const { device, status, attempts } of running) {
      seen.push(`${device.name} ${status} ${attempts}`);
      if (seen.length > 1) continue;
      const waiting = () => running.waiting();
      await expect.poll(waiting, { timeout: 20_000 }).toEqual([{ line: 'another try', devices: 4 }]);
      controller.abort();
    }
    // What came of the turn that they had is not forgotten.
    expect(seen[0]).toBe('good ok 1');
    expect(seen.slice(1).toSorted()).toEqual([0, 1, 2, 3].map((at) => `F${at} unreachable 1`));
  });

  test.skipIf(kind === 'the event loop')('a worker that dies before anything was sent costs a turn', async () => {
    await using executor = make();
    const list = [
      { name: 'early', fails: 1 },
      { name: 'good', fails: 0 },
    ];
    const early = await run(flaky, list, {
      input: { folder, how: 'exit' },
      executor,
      retries: { limit: 2, backoffMs: 1 },
    });
    expect(early.results.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['ok', 2],
      ['ok', 1],
    ]);
    const late = await run(flaky, [{ name: 'late', fails: 1 }], {
      ...{ input: { folder, how: 'exit later' }, executor, retries: { limit: 2, backoffMs: 1 } },
    });
    expect(late.results[0]).toMatchObject({ status: 'failed', attempts: 1, error: { code: 'worker_lost' } });
  });
});

test('each try takes its place in the limits and in time', async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 10 });
  const list = Array.from({ length: 6 }, (_, at) => ({ name: `L${at}`, fails: 2, groups: ['core'] }));
  let now = 0;
  let most = 0;
  const observers = [
    {
      step: (_device: unknown, { type }: { readonly type: string }) => {
        if (type === 'started') most = Math.max(most, ++now);
        // The task's last step: it ends in the same moment.
        if (type === 'phase') now -= 1;
      },
    },
  ];
  const { counts } = await run(flaky, list, {
    ...{ input: { folder, how: 'unreachable' }, executor, observers },
    ...{ limits: { perGroup: { core: 2 } }, retries: { limit: 2, backoffMs: 0 } },
  });
  expect(counts.ok).toBe(6);
  expect(most).toBeLessThanOrEqual(2);
});

test('the waits double up to a limit, and a random part of each is waited', () => {
  const exact = { backoffMs: 100, maxBackoffMs: 500, jitter: false };
  expect([1, 2, 3, 4, 50, 2000].map((turn) => backoffOf(turn, exact))).toEqual([100, 200, 400, 500, 500, 500]);
  const jitter = { backoffMs: 100, maxBackoffMs: 500 };
  expect([0, 0.5, 0.999].map((random) => backoffOf(2, jitter, () => random))).toEqual([0, 100, 199.8]);
  expect(backoffOf(3, {}, () => 0.5)).toBe(2000);
});

test.each<[string, unknown, RegExp]>([
  ['half a try', { limit: 0.5 }, /retries\.limit must be a whole number from 0 on; got 0\.5/],
  ['a wait in words', { backoffMs: 'long' }, /retries\.backoffMs must be a number of milliseconds/],
  ['a wait of years', { maxBackoffMs: 1e12 }, /retries\.maxBackoffMs is at most a day/],
  ['a jitter of 3', { jitter: 3 }, /retries\.jitter must be true or false; got 3/],
  ['a number of tries', { attempts: 3 }, /attempts/],
])('%s is refused at once', (_what, retries, message) => {
  const wrong = () => run(() => {}, [], { input: '', retries: retries as RetryOptions });
  expect(wrong).toThrow(expect.objectContaining({ code: 'bad_option', message: expect.stringMatching(message) }));
});
