import { beforeAll, describe, expect, test } from 'vitest';
import { lines, Place, statuses } from './cli.ts';

const place = new Place();
let lab: Awaited<ReturnType<Place['lab']>>;
beforeAll(async () => {
  lab = await place.lab('plain', { devices: 2 });
});

const ndjson = ['--format', 'ndjson'];

describe.concurrent('rollcall run --exec', () => {
  test.each(['loop', 'threads', 'processes'])('runs each command in a channel of its own (%s)', async (executor) => {
    const { code, stdout } = await place.run([
      ...['run', '--exec', 'show privilege', 'show clock', '-i', lab.file, '--executor', executor, ...ndjson],
    ]);
    const records = lines(stdout);
    expect([code, statuses(records)]).toEqual([0, { R1: 'ok', R2: 'ok' }]);
    for (const { hostname, responses } of records) {
      expect(hostname).toBeNull();
      expect(responses).toMatchObject([
        { command: 'show privilege', prompt: '', ok: true, endedBy: 'exit', exitCode: 0, stderr: '' },
        { command: 'show clock', endedBy: 'exit', output: expect.stringMatching(/\d\d:\d\d:\d\d/) },
      ]);
    }
  });

  test('a command that is refused is that, and --stop-on-error stops behind it', async () => {
    const { code, stdout } = await place.run([
      ...['run', '--exec', 'show nonsense', 'show clock', '-i', lab.file, '--stop-on-error', ...ndjson],
    ]);
    expect(code).toBe(1);
    for (const { status, responses } of lines(stdout)) {
      expect(status).toBe('rejected');
      expect(responses).toMatchObject([{ ok: false, refusal: expect.stringContaining('%') }]);
    }
  });

  test('shows command and answer', async () => {
    const { code, stdout } = await place.run(['run', '--exec', 'show privilege', '-i', lab.file, '--order', 'input']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/show privilege\n+Current privilege level is \d+\n/);
  });

  test('a device that cannot do it is a usage error, before anything is connected', async () => {
    const entry = (name: string, type: string): string =>
      `- { name: ${name}, device_type: ${type}, host: 127.0.0.1, port: 1, username: u, password: p }\n`;
    place.file('mixed.yaml', entry('a', 'cisco_ios') + entry('b', 'cisco_ios_telnet') + entry('c', 'fortinet'));
    const { code, stdout, stderr } = await place.run(['run', '--exec', 'show clock', '-i', 'mixed.yaml']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^rollcall: --exec: b: .*need SSH, and this device is reached by telnet/m);
    expect(stderr).toMatch(/^c: the platform 'fortinet' is not known to run commands in channels/m);
    expect(stderr).not.toMatch(/^a: /m);
  });
});
