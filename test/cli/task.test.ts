import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskRecord } from 'rollcall';
import { beforeAll, describe, expect, test } from 'vitest';
import { Place, until } from './cli.ts';

const place = new Place();
const examples = join(import.meta.dirname, '..', '..', 'examples', 'tasks');
const tasks = join(import.meta.dirname, 'tasks');
const EXECUTORS = ['loop', 'threads', 'processes'] as const;
const several = ['--workers', '2'];

let file: string;
beforeAll(async () => {
  ({ file } = await place.lab('devices', { devices: 2 }));
});

const run = (task: string, ...args: string[]) => place.run(['run', '--task', task, '-i', file, ...args]);
const records = (text: string): TaskRecord[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as TaskRecord);

describe.concurrent('a task', () => {
  test.each(EXECUTORS)('runs on every device: %s', async (executor) => {
    const audit = join(examples, 'audit.mjs');
    const input = ['--input', '{"want":"15.4(2)T4"}'];
    const { code, stdout } = await run(audit, ...input, '--format', 'ndjson', '--executor', executor, ...several);
    expect(code).toBe(0);
    const [first, second] = records(stdout).toSorted((a, b) => a.device.localeCompare(b.device));
    expect(first).toEqual({
      schema: 1,
      runId: expect.stringMatching(/^\d{8}T\d{6}Z-/),
      device: 'R1',
      host: '127.0.0.1',
      port: expect.any(Number),
      platform: 'cisco_ios',
      hostname: 'R1',
      status: 'ok',
      attempts: 1,
      value: { version: '15.4(2)T4', ok: true },
      subtasks: [],
      error: null,
      worker: expect.stringMatching(/_[01]$/),
      startedAt: expect.any(String),
      elapsedMs: expect.any(Number),
    });
    expect(second).toMatchObject({ device: 'R2', value: { ok: true } });
  });

  test.each(EXECUTORS)('in TypeScript, with parts of which one fails: %s', async (executor) => {
    const { code, stdout, stderr } = await run(
      join(examples, 'checks.ts'),
      '--format',
      'ndjson',
      '--executor',
      executor,
    );
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^2 devices: 2 ok/)]);
    for (const { value, subtasks } of records(stdout)) {
      expect(value).toEqual({ up: expect.any(Number), routes: expect.any(Number) });
      expect(subtasks).toEqual([
        { name: 'interfaces', status: 'ok', elapsedMs: expect.any(Number), error: null },
        { name: 'routes', status: 'ok', elapsedMs: expect.any(Number), error: null },
        {
          name: 'bgp',
          status: 'failed',
          elapsedMs: expect.any(Number),
          error: { code: 'task_error', phase: 'task', message: 'Error: no BGP here' },
        },
      ]);
    }
  });

  test('is printed as YAML under its device, and without escapes', async () => {
    const audit = await run(join(examples, 'audit.mjs'), '--input', `@${place.file('want.json', '{ "want": "16" }')}`);
    expect(audit.stdout).toBe('R1:\n  version: 15.4(2)T4\n  ok: false\nR2:\n  version: 15.4(2)T4\n  ok: false\n');
    const nothing = place.file('nothing.mjs', 'export const nothing = () => {};');
    expect((await run(nothing)).stdout).toBe('R1: done\nR2: done\n');
    const red = place.file('red.mjs', "export const red = () => 'a \\u001b[31mred\\u001b[0m \\u202etext';");
    const { stdout } = await run(red);
    expect(stdout).toMatch(/^R1: .*red/);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });

  test.each(EXECUTORS)(
    'that forgets a promise which fails costs nobody anything but a warning: %s',
    async (executor) => {
      const text = "void Promise.reject(new Error('forgotten')); await new Promise((done) => setTimeout(done, 50));";
      const stray = place.file(`stray-${executor}.mjs`, `export const stray = async () => { ${text} };`);
      const { code, stdout, stderr } = await run(stray, '--executor', executor, ...several, '--order', 'input');
      expect([code, stdout]).toEqual([0, 'R1: done\nR2: done\n']);
      expect(stderr).toContain(
        'rollcall: warning: the task did not wait for something that has failed: Error: forgotten',
      );
    },
  );

  test.each(EXECUTORS)('that prints with console.log leaves standard output to the results: %s', async (executor) => {
    const says = place.file(`says-${executor}.mjs`, "export const says = ({ name }) => console.log('at', name);");
    const { code, stdout, stderr } = await run(says, '--format', 'ndjson', '--executor', executor, ...several);
    expect([code, records(stdout).map(({ status }) => status)]).toEqual([0, ['ok', 'ok']]);
    expect(stderr).toMatch(/^at R1$/m);
    expect(stderr).toMatch(/^at R2$/m);
  });

  test('that calls process.exit(0) on the event loop does not end the run with 0 and without a word', async () => {
    const leaves = place.file('leaves.mjs', 'export const leaves = () => process.exit(0);');
    const { code, stderr } = await run(leaves);
    expect([code, stderr]).toEqual([3, expect.stringContaining('the task has ended the program (process.exit)')]);
    const inProcesses = await run(leaves, '--executor', 'processes', '--format', 'ndjson', ...several);
    expect([inProcesses.code, records(inProcesses.stdout).map(({ error }) => error?.code)]).toEqual([
      1,
      ['worker_lost', 'worker_lost'],
    ]);
  });

  test('that throws where nobody can catch it is told with its place, in a thread too', async () => {
    const text = "setTimeout(() => { throw new Error('late'); }, 1); return new Promise(() => {});";
    const late = place.file('late.mjs', `export const late = () => { ${text} };`);
    const { code, stderr } = await run(late, '--executor', 'threads', ...several);
    expect([code, stderr]).toEqual([1, expect.stringContaining('with exit code 1, Error: late (late.mjs:1); run it')]);
  });

  test('records each of its sessions', async () => {
    const twice = place.file(
      'twice.mjs',
      'export const twice = async (d, i, c) => { await c.connect(); await c.connect(); };',
    );
    const { code } = await run(twice, '--record', place.path('recordings'));
    expect(code).toBe(0);
    for (const name of ['R1.rec', 'R1-2.rec', 'R2-2.rec'])
      expect(existsSync(place.path('recordings', name))).toBe(true);
  });
});

test('the page has the example as it is', () => {
  const page = readFileSync(join(examples, '..', '..', 'docs', 'tasks.md'), 'utf8');
  expect(page).toContain(readFileSync(join(examples, 'audit.mjs'), 'utf8').replace(/^\/\/.*\n/, ''));
});

describe.concurrent('wrong usage ends with 2, before anything was connected:', () => {
  test('a module that is wrong, with the file and the line', async () => {
    const path = place.file('bad.ts', 'const a: number = 1;\nexport default () => {\n  return {{ no;\n};\n');
    const { code, stdout, stderr } = await run(path);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/^rollcall: .*bad\.ts:3: SyntaxError: /)]);
  });

  test.each([
    [['show clock'], 'commands on the command line'],
    [['--stop-on-error'], '--stop-on-error'],
    [['--output-dir', 'x'], '--output-dir'],
    [['--input', '{"password": hunter2}'], '--input: this is not valid JSON'],
    [['--input', '@nothing.json'], '--input: cannot read nothing.json'],
  ])('%j', async (flags, message) => {
    const { code, stderr } = await run(join(examples, 'audit.mjs'), ...flags);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).not.toContain('hunter2');
  });

  test('--input without a task', async () => {
    expect(await place.run(['run', 'show clock', '--input', '1', '-i', file])).toMatchObject({ code: 2 });
  });
});

describe.skipIf(process.platform === 'win32')('Ctrl-C with tasks that do not end', () => {
  test.each([...EXECUTORS.map((executor) => [executor, 'hangs'] as const), ['threads', 'heeds'] as const])(
    '%s, %s: no socket is left, every device is accounted for, and the program ends',
    async (executor, how) => {
      const lab = await place.lab(`hang-${executor}-${how}`, { devices: 6 });
      const flags = ['--executor', executor, '--workers', '3', ...(executor === 'loop' ? [] : ['--per-worker', '2'])];
      const hang = ['--task', join(tasks, 'hang.mjs'), '--input', `"${how}"`];
      const running = place.start(['run', ...hang, '-i', lab.file, '--format', 'ndjson', ...flags]);
      const atOnce = executor === 'loop' ? 3 : 6;
      await until(() => expect(lab.counters.commands).toBe(atOnce * COMMANDS_EACH));
      expect(lab.counters.connected).toBe(atOnce);
      running.child.kill('SIGINT');
      const { code, stdout } = await running.ended;
      expect(code).toBe(130);
      await until(() => expect(lab.counters.connected).toBe(0));
      expect(
        records(stdout)
          .map(({ device, status }) => `${device} ${status}`)
          .toSorted(),
      ).toEqual(Array.from({ length: 6 }, (_, at) => `R${at + 1} cancelled`));
    },
    30_000,
  );
});

/** `terminal length 0`, what else prepares a session, and the task's own. */
const COMMANDS_EACH = 4;

test('the time of a device is over, and its task hangs: it is told, and its session closed', async () => {
  const lab = await place.lab('late', { devices: 2 });
  const hang = join(tasks, 'hang.mjs');
  const { code, stdout } = await place.run(
    ['run', '--task', hang, '--input', '"hangs"', '-i', lab.file, '--timeout', '2', '--format', 'ndjson'],
    { deadlineMs: 15_000 },
  );
  expect(code).toBe(1);
  for (const record of records(stdout)) {
    expect(record).toMatchObject({
      status: 'timeout',
      error: { code: 'device_timeout', phase: 'task', message: 'not done in 2 s' },
    });
  }
  expect(lab.counters.connected).toBe(0);
});
