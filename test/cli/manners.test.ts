import type { DeviceSettings, FaultName } from 'rollcall/lab';
import { describe, expect, test } from 'vitest';
import { lines, Place, statuses, until } from './cli.ts';

const place = new Place();
const ndjson = ['--format', 'ndjson'];

/** So many devices, the first of which do something wrong. */
const devices = (count: number, wrong: readonly (readonly FaultName[])[]): DeviceSettings[] =>
  Array.from({ length: count }, (_, at) => ({ faults: wrong[at] ?? [] }));
const EXECUTORS = [
  ['loop', ['--workers', '20']],
  ['threads', ['--workers', '2', '--per-worker', '5']],
  ['processes', ['--workers', '2', '--per-worker', '5']],
] as const;

/** An inventory of the lab's devices, of which those with an even number are in the group core. */
const grouped = (inventory: string, limit: number): string =>
  `groups:\n  core: { max_sessions: ${limit} }\n${inventory.replaceAll(/^( *)- name: (R\d*[02468])$/gm, '$1- name: $2\n$1  groups: [core]')}`;

describe.each(EXECUTORS)('limits (%s)', (executor, flags) => {
  const how = ['--executor', executor, ...flags, '--no-canary', ...ndjson];

  test.each([
    ['the inventory says', [], 2],
    ['the flag says, before the inventory', ['--per-group', 'core=3'], 3],
  ])('no more devices of a group have a session than %s', async (what, given, most) => {
    // They never say a word: whoever has begun stays.
    const lab = await place.lab(`silent-${executor}-${most}`, { devices: 12, faults: ['silent'] });
    const file = place.file(`grouped-${executor}-${most}.yaml`, grouped(lab.inventory(), 2));
    const running = place.start(['run', 'show clock', '-i', file, '--where', 'group=core', ...how, ...given]);
    await until(() => expect(lab.counters.connected, what).toBe(most));
    running.child.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(lab.counters.connections).toBe(most);
    expect(lines(stdout).filter(({ worker }) => worker !== '').length).toBe(most);
    expect(stderr).toContain(`${6 - most} devices were cancelled before their turn came`);
  });

  test('two contexts of one box take turns', async () => {
    const lab = await place.lab(`box-${executor}`, { devices: 1, faults: ['silent'] });
    const [{ host, port } = { host: '', port: 0 }] = lab.devices;
    const device = (name: string): string =>
      `- { name: ${name}, device_type: cisco_ios, host: ${host}, port: ${port}, username: cisco, password: cisco }\n`;
    const file = place.file(`box-${executor}.yaml`, ['fw/a', 'fw/b', 'fw/c'].map(device).join(''));
    const one = place.start(['run', 'show clock', '-i', file, ...how]);
    await until(() => expect(lab.counters.connected).toBe(1));
    one.child.kill('SIGINT');
    const { stdout } = await one.ended;
    const begun = Object.fromEntries(lines(stdout).map(({ device: name, worker }) => [name, worker !== '']));
    expect(begun).toEqual({ 'fw/a': true, 'fw/b': false, 'fw/c': false });
    const all = place.start(['run', 'show clock', '-i', file, ...how, '--per-device', '3']);
    await until(() => expect(lab.counters.connected).toBe(3));
    all.child.kill('SIGINT');
    await all.ended;
  });

  test('what fails on its way is tried again, and what had a command sent is not', async () => {
    const retry = ['--retries', '2', '--retry-backoff', '0.01', '--idle-timeout', '5'];
    const closing = await place.lab(`closing-${executor}`, { devices: 2, faults: ['close_at_once'] });
    const on = await place.run(['run', 'show clock', '-i', closing.file, ...how, ...retry]);
    expect(lines(on.stdout).map(({ attempts }) => attempts)).toEqual([3, 3]);
    expect(closing.counters.connections).toBe(6);
    const cut = await place.lab(`cut-${executor}`, { devices: 2, faults: ['close_mid_answer'], faultAt: 3 });
    const off = await place.run(['run', 'show clock', 'show version', 'show clock', '-i', cut.file, ...how, ...retry]);
    expect(lines(off.stdout).map(({ attempts, error }) => [attempts, error?.phase])).toEqual([
      [1, 'command'],
      [1, 'command'],
    ]);
    expect(cut.counters.connections).toBe(2);
    const only = ['--read-only', '--where', 'R1'];
    const again = await place.run([
      'run',
      'show version',
      'show version',
      'show version',
      '-i',
      cut.file,
      ...how,
      ...retry,
      ...only,
    ]);
    expect(lines(again.stdout).map(({ attempts }) => attempts)).toEqual([3]);
  });
});

test('a refused password is never tried again', async () => {
  const lab = await place.lab('refusing', { devices: 2 });
  const file = place.file('wrong.yaml', lab.inventory().replaceAll(/password: \S+/g, 'password: wrong'));
  const { stdout } = await place.run(['run', 'show clock', '-i', file, '--retries', '5', '--no-canary', ...ndjson]);
  expect(lines(stdout).map(({ attempts, status }) => [attempts, status])).toEqual([
    [1, 'authentication'],
    [1, 'authentication'],
  ]);
  expect(lab.counters.refusedLogins).toBe(2);
});

test('logins begin at the rate that was given, retries included', async () => {
  const lab = await place.lab('rate', { devices: devices(14, [['close_at_once']]) });
  const { stdout } = await place.run([
    ...['run', 'show clock', '-i', lab.file, ...ndjson, '--no-canary'],
    ...['--connect-rate', '10', '--retries', '3', '--retry-backoff', '0.01'],
  ]);
  const records = lines(stdout);
  expect(records.map(({ attempts }) => attempts).reduce((sum, one) => sum + one)).toBe(17);
  const began = records.map(({ startedAt }) => Date.parse(startedAt)).sort((a, b) => a - b);
  for (const [at, from] of began.entries()) {
    const inOneSecond = began.slice(at).filter((time) => time < from + 1000).length;
    expect(inOneSecond).toBeLessThanOrEqual(12);
  }
  const [first = 0] = began;
  // Seventeen begin in sixteen tenths of a second, less what one timer may be early.
  expect((began.at(-1) ?? 0) - first).toBeGreaterThan(1000);
});

describe('batches', () => {
  test('a canary that fails stops the run before anybody else is called; resume does what is left', async () => {
    const lab = await place.lab('canary', { devices: devices(10, [['refuse']]) });
    const args = ['run', 'show clock', '-i', lab.file, '--batch', '1,20%,100%', ...ndjson];
    const { code, stdout, stderr } = await place.run(args);
    expect(code).toBe(1);
    expect(lab.counters.connections).toBe(0);
    const records = lines(stdout);
    expect(records.length).toBe(10);
    expect(statuses(records)).toMatchObject({ R1: 'unreachable connect_refused', R2: 'skipped not_started' });
    const why = 'the run was stopped: 1 device was not ok in batch 1 (R1: unreachable), and none may be';
    expect(records[9]).toMatchObject({ attempts: 0, worker: '', error: { phase: 'task', message: why } });
    expect(stderr).toContain(`9 devices were skipped: ${why}\n10 devices: 1 unreachable, 9 skipped in `);
    const resumed = await place.run(['resume', 'latest', ...ndjson]);
    expect(resumed.code).toBe(0);
    expect(
      lines(resumed.stdout)
        .map(({ device, status }) => `${device} ${status}`)
        .toSorted(),
    ).toEqual([10, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => `R${at} ok`).toSorted());
  });

  test('failures are counted, and more than may be stop the run', async () => {
    const lab = await place.lab('failures', { devices: devices(8, [['refuse'], ['refuse'], ['refuse']]) });
    const args = ['run', 'show clock', '-i', lab.file, '--workers', '1', ...ndjson];
    const may = await place.run([...args, '--max-failures', '3']);
    expect(lines(may.stdout).filter(({ status }) => status === 'ok').length).toBe(5);
    const mayNot = await place.run([...args, '--max-failures', '25%']);
    expect(Object.values(statuses(lines(mayNot.stdout))).filter((status) => status.startsWith('skipped')).length).toBe(
      5,
    );
    expect(mayNot.stderr).toContain('3 devices were not ok (R3: unreachable), and at most 2 may be');
  });

  test('a file goes to the canary first', async () => {
    const lab = await place.lab('put', { devices: devices(3, [['refuse']]) });
    const file = place.file('banner.txt', 'hello\n');
    const { code, stdout } = await place.run(['put', file, '-i', lab.file, '--batch', '1,100%', ...ndjson]);
    expect(code).toBe(1);
    expect(lab.counters.connections).toBe(0);
    expect(statuses(lines(stdout))).toMatchObject({ R2: 'skipped not_started', R3: 'skipped not_started' });
  });
});

test.each([
  [['--per-group', 'core'], /Expected the name of a group and a number from 1 on, such as core=5/],
  [['--per-group', 'core=0'], /Expected the name of a group/],
  [['--per-group', 'cor=1'], /--per-group cor=1: the inventory has no group of that name; did you mean 'core'\?/],
  [['--batch', '1,,2'], /Expected sizes with commas between them, such as 1,10%,100%/],
  [['--batch', '0'], /Expected sizes/],
  [['--max-failures', '101%'], /Expected a number of devices or a percentage/],
  [['--connect-rate', '0'], /Expected how many in a second/],
  [['--retries', '-1'], /Expected a whole number from 0 to 100/],
  [['--retry-backoff', '1'], /--retries allows none/],
  [['--per-device', '0'], /Expected a whole number from 1/],
])('%j ends with 2 before anything is connected', async (flags, message) => {
  const file = place.file(
    'two.yaml',
    'groups: { core: {} }\ndevices:\n- { name: R1, device_type: cisco_ios, host: 192.0.2.1, groups: [core] }\n',
  );
  const { code, stdout, stderr } = await place.run(['run', 'show clock', '-i', file, ...flags]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});
