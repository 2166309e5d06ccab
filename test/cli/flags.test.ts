import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { lines, Place, statuses, until } from './cli.ts';

const place = new Place();
type CliLab = Awaited<ReturnType<Place['lab']>>;
let lab: CliLab;
beforeAll(async () => {
  lab = await place.lab('plain', { devices: 2 });
});

const ndjson = ['--format', 'ndjson'];
/** An inventory of the lab's devices without user names, passwords and secrets. */
const bare = ({ devices }: CliLab): string =>
  devices
    .map(
      ({ name, host, port, platform }) =>
        `- { name: ${name}, device_type: ${platform}, host: ${host}, port: ${port} }\n`,
    )
    .join('');

describe.concurrent('what is run, and on what', () => {
  test('-i - reads the inventory from standard input', async () => {
    const { code, stdout } = await place.run(['run', 'sh clock', '-i', '-', ...ndjson], { stdin: lab.inventory() });
    expect([code, statuses(lines(stdout))]).toEqual([0, { R1: 'ok', R2: 'ok' }]);
  });

  test('without -i it is ./devices.yaml', async () => {
    writeFileSync(place.path('devices.yaml'), lab.inventory());
    const { code, stdout } = await place.run(['run', 'sh clock', ...ndjson]);
    expect([code, statuses(lines(stdout))]).toEqual([0, { R1: 'ok', R2: 'ok' }]);
  });

  test('commands come from arguments and from a file, in this order', async () => {
    place.file('audit.txt', '\ufeff# the audit\r\nsh privilege\r\n\r\n! more\r\n  sh version  \r\n');
    const { code, stdout } = await place.run([
      ...['run', 'sh clock', '--commands-from', 'audit.txt', '-i', lab.file, ...ndjson],
    ]);
    expect(code).toBe(0);
    for (const { responses } of lines(stdout)) {
      expect(responses.map(({ command }) => command)).toEqual(['sh clock', 'sh privilege', '  sh version']);
    }
  });

  test('commands come from standard input', async () => {
    const { code, stdout } = await place.run(['run', '--commands-from', '-', '-i', lab.file, ...ndjson], {
      stdin: 'sh privilege\n',
    });
    expect(code).toBe(0);
    expect(lines(stdout)[0]?.responses.map(({ output }) => output)).toEqual(['Current privilege level is 15']);
  });

  test('a refused command is reported and the next one is sent', async () => {
    const { code, stdout, stderr } = await place.run([
      ...['run', 'sh nonsense', 'sh privilege', 'sh rubbish', '-i', lab.file, ...ndjson],
    ]);
    expect(code).toBe(1);
    for (const record of lines(stdout)) {
      expect(record).toMatchObject({
        status: 'rejected',
        error: { code: 'command_refused', phase: 'command' },
        responses: [
          { command: 'sh nonsense', ok: false, refusal: expect.stringMatching(/Invalid input/) },
          { command: 'sh privilege', ok: true },
          { command: 'sh rubbish', ok: false },
        ],
      });
      expect(record.error?.message).toMatch(/^the device refused 'sh nonsense': .*Invalid input.* \(and 1 more\)$/);
    }
    expect(stderr).toMatch(/^R\d: rejected: the device refused 'sh nonsense'/);
  });

  test('--stop-on-error sends nothing behind it', async () => {
    const { code, stdout } = await place.run([
      ...['run', 'sh privilege', 'sh nonsense', 'sh users', '-i', lab.file, '--stop-on-error', ...ndjson],
    ]);
    expect(code).toBe(1);
    for (const { status, responses } of lines(stdout)) {
      expect([status, responses.map(({ command }) => command)]).toEqual(['rejected', ['sh privilege', 'sh nonsense']]);
    }
    expect(lab.devices.flatMap(({ name }) => lab.commandsOf(name))).not.toContain('sh users');
  });

  test('--no-enable stays in the mode of the login', async () => {
    const [without, withIt] = await Promise.all([
      place.run(['run', 'sh privilege', '-i', lab.file, '--no-enable', '-q']),
      place.run(['run', 'sh privilege', '-i', lab.file, '-q']),
    ]);
    expect(without.stdout).toMatch(/^R1>sh privilege\nCurrent privilege level is 1\nR2>/);
    expect(withIt.stdout).toMatch(/^R1#sh privilege\nCurrent privilege level is 15\nR2#/);
  });
});

describe.concurrent('executors', () => {
  test.each([
    [['--executor', 'sequential'], /^EventLoopExecutor-0_0$/],
    [['--executor', 'loop', '--workers', '2'], /^EventLoopExecutor-0_[01]$/],
    [['--executor', 'threads', '--workers', '2'], /^ThreadPoolExecutor-0_[01]$/],
    [['--executor', 'threads', '--workers', '1', '--per-worker', '3'], /^ThreadPoolExecutor-0_0$/],
    [['--executor', 'processes', '--workers', '2'], /^ProcessPoolExecutor-0_[01]$/],
    [['--executor', 'processes', '--workers', '1', '--per-worker', '3'], /^ProcessPoolExecutor-0_0$/],
  ])('%j: as many sessions at once as asked for, and no more', async (flags, worker) => {
    const own = await place.lab(`own-${flags.join('')}`, { devices: 6, commandMs: 30 });
    const { code, stdout, stderr } = await place.run(['run', 'sh clock', '-i', own.file, '--log', ...flags, ...ndjson]);
    const records = lines(stdout);
    expect([code, records.length]).toEqual([0, 6]);
    for (const record of records) expect(record.worker).toMatch(worker);
    const workers = Number(flags[flags.indexOf('--workers') + 1]) || 1;
    const perWorker = flags.includes('--per-worker') ? 3 : 1;
    // The course's log lines, in the course's form.
    const logged = stderr.split('\n').slice(0, -2);
    const form =
      /^(\S+) root INFO: (?:===> \d\d:\d\d:\d\d\.\d{6} Connection|<=== \d\d:\d\d:\d\d\.\d{6} Received): (\S+)$/;
    for (const line of logged) expect(line).toMatch(form);
    const said = (text: string): (string | undefined)[] =>
      logged.filter((line) => line.includes(text)).map((line) => form.exec(line)?.[2]);
    const addresses = own.devices.map(({ host, port }) => `${host}:${port}`).toSorted();
    expect(said('===>').toSorted()).toEqual(addresses);
    expect(said('<===').toSorted()).toEqual(addresses);
    let atOnce = 0;
    let most = 0;
    for (const line of logged) {
      expect(form.exec(line)?.[1]).toMatch(worker);
      atOnce += line.includes('===>') ? 1 : -1;
      most = Math.max(most, atOnce);
    }
    expect(most).toBe(workers * perWorker);
  });
});

describe.concurrent('credentials', () => {
  test('of the environment are for devices whose inventory has none', async () => {
    const env = { ROLLCALL_USERNAME: 'cisco', ROLLCALL_PASSWORD: 'cisco', ROLLCALL_SECRET: 'cisco' };
    const file = place.file('bare.yaml', bare(lab));
    const { code, stdout } = await place.run(['run', 'sh privilege', '-i', file, ...ndjson], { env });
    expect([code, statuses(lines(stdout))]).toEqual([0, { R1: 'ok', R2: 'ok' }]);
    expect(lines(stdout)[0]?.responses[0]?.prompt).toMatch(/#$/);
    const wrong = { ROLLCALL_USERNAME: 'x', ROLLCALL_PASSWORD: 'x', ROLLCALL_SECRET: 'x' };
    const own = await place.run(['run', 'sh privilege', '-i', lab.file, ...ndjson], { env: wrong });
    expect([own.code, statuses(lines(own.stdout))]).toEqual([0, { R1: 'ok', R2: 'ok' }]);
  });

  test('-u goes before the environment, and an empty variable is none', async () => {
    const file = place.file('bare2.yaml', bare(lab));
    const env = { ROLLCALL_USERNAME: 'nobody', ROLLCALL_PASSWORD: 'cisco', ROLLCALL_SECRET: '' };
    const { code, stdout } = await place.run(['run', 'sh privilege', '-i', file, '-u', 'cisco', ...ndjson], { env });
    expect([code, statuses(lines(stdout))]).toEqual([0, { R1: 'ok', R2: 'ok' }]);
    expect(lines(stdout)[0]?.responses[0]?.prompt).toMatch(/>$/);
  });

  test.skipIf(process.platform !== 'linux')(
    'reach neither the environment nor the command line of workers',
    async () => {
      const slow = await place.lab('slow', { devices: 2, commandMs: 300 });
      const running = place.start(
        ['run', 'sh clock', '-i', place.file('bare3.yaml', bare(slow)), '--executor', 'processes', '--workers', '2'],
        {
          env: { ROLLCALL_USERNAME: 'cisco', ROLLCALL_PASSWORD: 'cisco', ROLLCALL_SECRET: 'cisco', MARK: 'mark-of-it' },
        },
      );
      const { pid } = running.child;
      const children = (): string[] =>
        readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
          .split(' ')
          .filter((child) => child !== '');
      await until(() => expect(slow.counters.logins).toBe(2));
      expect(children()).toHaveLength(2);
      for (const child of children()) {
        const environment = readFileSync(`/proc/${child}/environ`, 'utf8');
        expect(environment).toContain('MARK=mark-of-it');
        expect(environment).not.toMatch(/ROLLCALL_(?:PASSWORD|SECRET)/);
        expect(readFileSync(`/proc/${child}/cmdline`, 'utf8')).not.toContain('cisco');
      }
      expect((await running.ended).code).toBe(0);
    },
  );

  test('never show, whatever goes wrong', async () => {
    const secret = 'Tr0ub4dor-and-3';
    const file = place.file('wrong.yaml', bare(lab));
    const env = { ROLLCALL_USERNAME: 'cisco', ROLLCALL_PASSWORD: secret, ROLLCALL_SECRET: secret };
    const { code, stdout, stderr } = await place.run(['run', 'sh clock', '-i', file, '--log', ...ndjson], { env });
    expect([code, statuses(lines(stdout))]).toEqual([
      1,
      { R1: 'authentication authentication', R2: 'authentication authentication' },
    ]);
    expect(stdout + stderr).not.toContain(secret);
  });
});

describe('host keys', () => {
  const knownHosts = join('state', 'rollcall', 'known_hosts');

  test('are learned at first sight into a file of our own, and a changed one is a hard stop', async () => {
    const keys = (name: string) => ({ hostKey: 'own', stateDirectory: place.path(name) }) as const;
    const before = await place.lab('before', { devices: 2, ...keys('keys-before') });
    const [first, second] = before.devices;
    const run = () => place.run(['run', 'sh clock', '-i', before.file, ...ndjson]);
    expect((await run()).code).toBe(0);
    const learned = readFileSync(place.path(knownHosts), 'utf8');
    expect(learned).toContain(`[127.0.0.1]:${first?.port} ssh-ed25519 `);
    expect(existsSync(place.path('home', '.ssh'))).toBe(false);
    await before.close();
    await place.lab('changed', { devices: [{ name: 'R1', port: first?.port }], ...keys('keys-after') });
    await place.lab('same', { devices: [{ name: 'R2', port: second?.port }], ...keys('keys-before') });
    const { code, stdout, stderr } = await run();
    expect(code).toBe(1);
    expect(statuses(lines(stdout))).toEqual({ R1: 'host_key host_key_changed', R2: 'ok' });
    expect(stderr).toMatch(/R1: host_key: .*THE HOST KEY HAS CHANGED.*known_hosts, line \d+.*ssh-keygen -R/);
    expect(readFileSync(place.path(knownHosts), 'utf8')).toBe(learned);
    const off = await place.run(['run', 'sh clock', '-i', before.file, '--host-keys', 'off', ...ndjson]);
    expect(off.code).toBe(0);
    expect(readFileSync(place.path(knownHosts), 'utf8')).toBe(learned);
  });

  test('strict refuses unknown ones, --known-hosts names the file, and the user’s own is read', async () => {
    const own = await place.lab('strict', { devices: 1 });
    const run = (...flags: string[]) => place.run(['run', 'sh clock', '-i', own.file, ...flags, ...ndjson]);
    const refused = await run('--host-keys', 'strict', '--known-hosts', 'mine');
    expect([refused.code, statuses(lines(refused.stdout))]).toEqual([1, { R1: 'host_key host_key_unknown' }]);
    expect(existsSync(place.path('mine'))).toBe(false);
    expect((await run('--known-hosts', 'mine')).code).toBe(0);
    expect(readdirSync(place.folder)).toContain('mine');
    expect((await run('--host-keys', 'strict', '--known-hosts', 'mine')).code).toBe(0);
    place.file('empty', '');
    const elsewhere = await run('--host-keys', 'strict', '--known-hosts', 'empty');
    expect(statuses(lines(elsewhere.stdout))).toEqual({ R1: 'host_key host_key_unknown' });
    mkdirSync(place.path('home', '.ssh'));
    const users = place.file('home/.ssh/known_hosts', readFileSync(place.path('mine'), 'utf8'));
    const before = readFileSync(users, 'utf8');
    expect((await run('--host-keys', 'strict', '--known-hosts', 'empty')).code).toBe(0);
    expect(readFileSync(users, 'utf8')).toBe(before);
    expect(readFileSync(place.path('empty'), 'utf8')).toBe('');
  });
});

test.skipIf(process.platform !== 'linux')('a full disk behind standard output is told, and no success', async () => {
  const lab = await place.lab('full', { devices: 1 });
  const { code, stderr } = await place.run(['run', 'show clock', '-i', lab.file], {
    under: ['bash', '-c', 'exec "$@" > /dev/full', 'bash'],
  });
  expect(code).toBe(3);
  expect(stderr).toMatch(/^rollcall: cannot write to standard output: no space is left there/m);
});

test('a reader that goes away (head -1) ends the run quietly and at once', async () => {
  const slow = await place.lab('pipe', {
    devices: [{}, { commandMs: 200 }, ...Array.from({ length: 5 }, () => ({ commandMs: 30_000 }))],
  });
  const running = place.start([
    'run',
    'sh clock',
    '-i',
    slow.file,
    '--format',
    'ndjson',
    '--workers',
    '1',
    '--timeout',
    '20',
  ]);
  running.child.stdout?.once('data', () => running.child.stdout?.destroy());
  const start = performance.now();
  const { code, stderr } = await running.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(performance.now() - start).toBeLessThan(10_000);
  await until(() => expect(slow.counters.connected).toBe(0));
});
