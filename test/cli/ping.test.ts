import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { needOrSkip } from '../real/needs.ts';
import { Place } from './cli.ts';

const place = new Place();
let lab: Awaited<ReturnType<Place['lab']>>;
beforeAll(async () => {
  lab = await place.lab('ping', { devices: [{}, { faults: ['refuse'] }] });
});

/** The port of the device that answers. */
const open = (): string => String(lab.devices[0]?.port);
const closed = (): string => String(lab.devices[1]?.port);

describe.concurrent('rollcall ping --tcp', () => {
  test('prints two lists, and the exit code tells whether all are reachable', async () => {
    const [good, bad] = await Promise.all([
      place.run(['ping', '127.0.0.1', 'localhost', '--tcp', open()]),
      place.run(['ping', '127.0.0.1', '--tcp', closed()]),
    ]);
    expect(good).toMatchObject({
      code: 0,
      stdout: 'reachable (2):\n  127.0.0.1\n  localhost\nunreachable (0):\n',
      stderr: expect.stringMatching(/^2 addresses: 2 ok in \d+\.\d s\n$/),
    });
    expect(bad).toMatchObject({
      code: 1,
      stdout: 'reachable (0):\nunreachable (1):\n  127.0.0.1\n',
      stderr: expect.stringMatching(/^127\.0\.0\.1: unreachable: connection refused\n1 address: 1 unreachable in/),
    });
  });

  test('json and ndjson have a record for each address', async () => {
    const record = (status: string) => [
      ['schema', 1],
      ['runId', expect.any(String)],
      ['device', '127.0.0.1'],
      ['host', '127.0.0.1'],
      ['port', expect.any(Number)],
      ['status', status],
      ['method', 'tcp'],
      ['rttMs', status === 'ok' ? expect.any(Number) : null],
      ['error', status === 'ok' ? null : { code: 'unreachable', phase: 'connect', message: 'connection refused' }],
      ['worker', expect.stringMatching(/^EventLoopExecutor-\d+_\d+$/)],
      ['startedAt', expect.any(String)],
      ['elapsedMs', expect.any(Number)],
    ];
    const [ndjson, json] = await Promise.all([
      place.run(['ping', '127.0.0.1', '--tcp', open(), '--format', 'ndjson']),
      place.run(['ping', '127.0.0.1', '--tcp', closed(), '--format', 'json', '-o', 'ping.json']),
    ]);
    expect(Object.entries(JSON.parse(ndjson.stdout) as object)).toEqual(record('ok'));
    expect([json.code, json.stdout]).toEqual([1, '']);
    const [first] = JSON.parse(readFileSync(place.path('ping.json'), 'utf8')) as [object];
    expect(Object.entries(first)).toEqual(record('unreachable'));
  });

  test('-i pings the devices of an inventory by their names', async () => {
    const { code, stdout } = await place.run(['ping', '-i', lab.file, '--tcp', open()]);
    expect([code, stdout]).toEqual([0, 'reachable (2):\n  R1\n  R2\nunreachable (0):\n']);
  });
});

describe.concurrent('addresses that are none', () => {
  test.each([
    ['-c 1; reboot', /begins with a dash|unknown option/],
    ['127.0.0.1; touch hacked', /cannot ping "127\.0\.0\.1; touch hacked": the address holds a space/],
    ['$(touch hacked)', /holds a space/],
    ['`touch`', /holds a character that no host name has/],
    ['user@host', /holds a user name/],
    ['1.2.3', /is not an IPv4 address/],
    ['', /is empty/],
    ['a\u001b[31mb', /holds a space or a control character/],
  ])('%j: exit code 2, and nothing is run', async (address, message) => {
    const { code, stdout, stderr } = await place.run(['ping', '127.0.0.1', address, '--tcp', open()]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
    expect(stderr).not.toMatch(/\u001b/);
    expect(existsSync(place.path('hacked'))).toBe(false);
  });

  test('behind -- a dash is an address, and refused as one', async () => {
    const { code, stderr } = await place.run(['ping', '--', '-c 1; reboot']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^rollcall: cannot ping "-c 1; reboot": the address/)]);
  });

  test('addresses and an inventory at once are too much', async () => {
    const { code, stderr } = await place.run(['ping', '127.0.0.1', '-i', lab.file]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/give addresses or -i FILE, not both/)]);
  });
});

describe('rollcall ping by ICMP', () => {
  needOrSkip('ping');

  test('tells reachable from unreachable, with few open files too', async () => {
    const { code, stdout, stderr } = await place.run(
      ['ping', '127.0.0.1', 'no-such-name.invalid', '127.0.0.2', '--workers', '30', '--format', 'json'],
      process.platform === 'linux' ? { under: ['bash', '-c', 'ulimit -n 50; exec "$@"', 'bash'] } : {},
    );
    expect(code).toBe(1);
    const records = JSON.parse(stdout) as { device: string; status: string; method: string }[];
    expect(records.map(({ device, status, method }) => [device, status, method])).toEqual([
      ['127.0.0.1', 'ok', 'icmp'],
      ['no-such-name.invalid', 'unreachable', 'icmp'],
      ['127.0.0.2', 'ok', 'icmp'],
    ]);
    if (process.platform === 'linux') expect(stderr).toMatch(/^rollcall: warning: .* going on with 2 at once/);
  });
});
