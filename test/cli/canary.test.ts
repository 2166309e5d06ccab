import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { lines, Place } from './cli.ts';

const place = new Place();
const ndjson = ['--format', 'ndjson'];
/** Many logins on a busy machine. */
const patient = { deadlineMs: 100_000 };
vi.setConfig({ testTimeout: 120_000 });

/** The lab's inventory with another password for some of its devices. */
function withPassword(lab: { readonly file: string }, name: string, isWrong: (at: number) => boolean): string {
  let at = -1;
  const text = readFileSync(lab.file, 'utf8').replaceAll(/password: \S+/g, (right) =>
    isWrong(++at) ? 'password: not-the-right-one' : right,
  );
  return place.file(`${name}.yaml`, text);
}

/** The inventory of the first devices alone. */
function firstOf(text: string, count: number): string {
  const [head = '', ...devices] = text.split(/^(?= *- )/m);
  return [head, ...devices.slice(0, count)].join('');
}

const counts = (records: readonly { status: string }[]): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const { status } of records) all[status] = (all[status] ?? 0) + 1;
  return all;
};

const executors = [
  ['sequential', []],
  ['loop', ['--workers', '100']],
  ['threads', ['--workers', '2', '--per-worker', '50']],
  ['processes', ['--workers', '2', '--per-worker', '50']],
] as const;

describe.each(executors)('a wrong password on 500 devices, whose account locks after 3 (%s)', (executor, flags) => {
  test('costs 2 logins, the others are skipped with the reason, and the right password still gets in', async () => {
    const lab = await place.lab(`wrong-${executor}`, { devices: 500, lockAfter: 3 });
    const file = withPassword(lab, `all-wrong-${executor}`, () => true);
    const wrong = await place.run(
      ['run', 'show clock', '-i', file, '--executor', executor, ...flags, ...ndjson],
      patient,
    );
    expect(wrong.code).toBe(1);
    const records = lines(wrong.stdout);
    expect(counts(records)).toEqual({ authentication: 2, skipped: 498 });
    expect(lab.counters).toMatchObject({ refusedLogins: 2, logins: 0, connections: 2 });
    const skipped = records.find(({ status }) => status === 'skipped');
    expect(skipped).toMatchObject({
      attempts: 0,
      error: { message: expect.stringMatching(/2 logins in a row .*user cisco/) },
    });
    expect(wrong.stdout + wrong.stderr).not.toContain('not-the-right-one');
    expect(wrong.stderr.split('\n').length).toBeLessThan(10);
    expect(wrong.stderr).toMatch(/498 devices were skipped: .*2 logins in a row/);
    expect(lab.locked).toEqual([]);
    const few = place.file(`right-${executor}.yaml`, firstOf(lab.inventory(), 7));
    const right = await place.run(
      ['run', 'show clock', '-i', few, '--executor', executor, ...flags, ...ndjson],
      patient,
    );
    expect([right.code, counts(lines(right.stdout))]).toEqual([0, { ok: 7 }]);
  }, 120_000);
});

test('a wrong password on a few devices among many right ones locks nothing, and only they fail', async () => {
  const lab = await place.lab('few', { devices: 120, lockAfter: 3 });
  const file = withPassword(lab, 'few-wrong', (at) => at % 24 === 20);
  const { stdout } = await place.run(['run', 'show clock', '-i', file, '--workers', '20', ...ndjson], patient);
  const refused = lines(stdout).filter(({ status }) => status !== 'ok');
  // Five share the wrong one: if they went at once, there were five refusals in a row of a user whom all share.
  expect(counts(refused)).toEqual({ authentication: 2, skipped: 3 });
  expect(lab.locked).toEqual([]);
});

test('devices that share a right password and do not take it stop nobody while others do', async () => {
  const names = Array.from({ length: 60 }, (_, at) => (at % 20 === 10 ? { password: 'another' } : {}));
  const lab = await place.lab('odd-ones', { devices: names, lockAfter: 3 });
  const file = place.file(
    'odd.yaml',
    readFileSync(lab.file, 'utf8').replaceAll('password: another', 'password: cisco'),
  );
  const { code, stdout } = await place.run(['run', 'show clock', '-i', file, '--workers', '10', ...ndjson], patient);
  expect(code).toBe(1);
  expect(counts(lines(stdout))).toEqual({ ok: 57, authentication: 3 });
  expect(lab.locked).toEqual([]);
});

test('a wrong enable secret stops the devices that share it', async () => {
  const lab = await place.lab('enable', { devices: 30 });
  const file = place.file(
    'enable-wrong.yaml',
    readFileSync(lab.file, 'utf8').replaceAll(/secret: \S+/g, 'secret: nope'),
  );
  const { stdout } = await place.run(['run', 'show clock', '-i', file, ...ndjson], patient);
  expect(counts(lines(stdout))).toEqual({ authentication: 2, skipped: 28 });
});

test('one login goes first, and the others begin when it is in', async () => {
  const lab = await place.lab('first', { devices: 12, commandMs: 200 });
  const { code, stdout } = await place.run(
    ['run', 'show clock', '-i', lab.file, '--workers', '12', ...ndjson],
    patient,
  );
  expect(code).toBe(0);
  const started = lines(stdout)
    .map(({ startedAt }) => Date.parse(startedAt))
    .sort((a, b) => a - b);
  const ends = lines(stdout)
    .map(({ startedAt, elapsedMs }) => Date.parse(startedAt) + elapsedMs)
    .sort((a, b) => a - b);
  // All others have begun before the first was done with its command.
  expect(started.at(-1)).toBeLessThan(ends[0] ?? 0);
  expect(lab.logins[0]?.device).toBe('R1');
});

test('--no-canary logs in everywhere at once', async () => {
  const lab = await place.lab('off', { devices: 20, lockAfter: 3 });
  const file = withPassword(lab, 'off-wrong', () => true);
  const { stdout } = await place.run(['run', 'show clock', '-i', file, '--no-canary', ...ndjson], patient);
  expect(counts(lines(stdout))).toEqual({ authentication: 20 });
  expect(lab.locked).toEqual(['cisco']);
});

test('devices that do not answer are no verdict, and a silent one holds nobody up for long', async () => {
  const faults = [['refuse'], ['refuse'], ['close_at_once'], []] as const;
  const devices = Array.from({ length: 40 }, (_, at) => ({ faults: faults[at] ?? [] }));
  const lab = await place.lab('gone', { devices });
  const { stdout } = await place.run(['run', 'show clock', '-i', lab.file, ...ndjson], patient);
  expect(counts(lines(stdout))).toEqual({ unreachable: 2, failed: 1, ok: 37 });
});

test('a run that was stopped behind one refusal goes on with one more, not with two, and locks nothing', async () => {
  const lab = await place.lab('goes-on', { devices: 30, lockAfter: 3 });
  const file = withPassword(lab, 'goes-on-wrong', () => true);
  const journal = ['--journal', place.path('goes-on-runs')];
  const first = await place.run(['run', 'show clock', '-i', file, '--batch', '1,100%', ...journal, ...ndjson], patient);
  expect(counts(lines(first.stdout))).toEqual({ authentication: 1, skipped: 29 });
  const again = await place.run([
    'resume',
    'latest',
    '--batch',
    '100%',
    '--max-failures',
    '100%',
    ...journal,
    ...ndjson,
  ]);
  expect(counts(lines(again.stdout))).toEqual({ authentication: 1, skipped: 28 });
  expect(again.stderr).toContain('2 logins in a row (the earlier run counted) were refused');
  expect([lab.counters.refusedLogins, lab.locked]).toEqual([2, []]);
  // Who has corrected the password goes on without a flag.
  place.file('goes-on-wrong.yaml', lab.inventory());
  const right = await place.run(['rerun', 'latest', '--failed', '--batch', '100%', ...journal, ...ndjson], patient);
  expect([right.code, counts(lines(right.stdout))]).toEqual([0, { ok: 30 }]);
});

test('a task that catches the refusal does not hide it: its devices were all ok, and 500 logins refused', async () => {
  const lab = await place.lab('catches', { devices: 50, lockAfter: 3 });
  const file = withPassword(lab, 'catches-wrong', () => true);
  const task = place.file(
    'catches.mjs',
    'export default async (_device, _input, context) => context.connect().then(() => "in", () => "not in");',
  );
  const { stdout } = await place.run(['run', '--task', task, '-i', file, '--workers', '20', ...ndjson], patient);
  expect(counts(lines(stdout))).toEqual({ ok: 2, skipped: 48 });
  expect([lab.counters.refusedLogins, lab.locked]).toEqual([2, []]);
});
