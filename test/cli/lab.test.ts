import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseInventory } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';
import { lines, Place, type Running, statuses, until } from './cli.ts';

const place = new Place();
const posix = process.platform !== 'win32';

async function started(...args: string[]): Promise<Running> {
  const lab = place.start(['lab', '--port', '0', ...args], { deadlineMs: 30_000 });
  await until(() => expect(lab.stdout() + lab.stderr()).toMatch(/Ctrl-C stops\.\n|rollcall: /));
  return lab;
}

describe.skipIf(!posix).concurrent('rollcall lab', () => {
  test('serves devices, writes their inventory, and stops with 0', async () => {
    const lab = await started('--devices', '3', '--command-ms', '20', '--inventory-out', 'three.yaml');
    expect(lab.stdout()).toBe(
      '3 simulated cisco_ios devices on free ports of 127.0.0.1; inventory: three.yaml\n' +
        'Try in another terminal: rollcall run "show clock" -i three.yaml\nCtrl-C stops.\n',
    );
    const text = readFileSync(place.path('three.yaml'), 'utf8');
    expect(text).toMatch(/^# Written by `rollcall lab`/);
    expect(statSync(place.path('three.yaml')).mode & 0o777).toBe(0o600);
    const { devices, warnings } = parseInventory(text);
    expect(warnings).toEqual([]);
    expect(devices.map(({ name, host, platform }) => [name, host, platform])).toEqual(
      ['R1', 'R2', 'R3'].map((name) => [name, '127.0.0.1', 'cisco_ios']),
    );
    const { code, stdout } = await place.run([
      'run',
      'sh clock',
      'sh ip int br',
      '-i',
      'three.yaml',
      '--format',
      'ndjson',
    ]);
    expect([code, statuses(lines(stdout))]).toEqual([0, { R1: 'ok', R2: 'ok', R3: 'ok' }]);
    lab.child.kill('SIGINT');
    const ended = await lab.ended;
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout).toMatch(/stopped after 3 connections and \d+ commands\n$/);
  });

  test('a second start has the same host keys and writes its own file anew', async () => {
    const folder = place.path('state', 'rollcall', 'lab');
    const keys = (): string[] =>
      readdirSync(folder)
        .filter((name) => name.endsWith('_key'))
        .map((name) => readFileSync(join(folder, name), 'utf8'));
    const stop = async (lab: Running): Promise<number | null> => {
      lab.child.kill('SIGTERM');
      return (await lab.ended).code;
    };
    expect(await stop(await started('--inventory-out', 'again.yaml'))).toBe(0);
    const before = keys();
    expect(before.length).toBeGreaterThan(0);
    expect(await stop(await started('--devices', '1', '--inventory-out', 'again.yaml'))).toBe(0);
    expect(keys()).toEqual(before);
    expect(parseInventory(readFileSync(place.path('again.yaml'), 'utf8')).devices).toHaveLength(1);
  });

  test('--platform cisco_ios_telnet serves telnet', async () => {
    const lab = await started('--devices', '1', '--platform', 'cisco_ios_telnet', '--inventory-out', 'telnet.yaml');
    expect(lab.stdout()).toMatch(/^1 simulated cisco_ios_telnet device on 127\.0\.0\.1 port \d+; /);
    const { code, stdout } = await place.run(['run', 'sh clock', '-i', 'telnet.yaml', '-q']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^R1#sh clock\n\*/)]);
    lab.child.kill('SIGINT');
    await lab.ended;
  });

  test('an inventory that is somebody’s is not overwritten, and nothing is served', async () => {
    place.file('mine.yaml', 'routers: []\n');
    const { ended } = await started('--inventory-out', 'mine.yaml');
    expect(await ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'rollcall: mine.yaml is not from a lab and is not overwritten; name another file with --inventory-out FILE\n',
    });
    expect(readFileSync(place.path('mine.yaml'), 'utf8')).toBe('routers: []\n');
  });

  test('an inventory that cannot be written is wrong usage, without a stack', async () => {
    const [nowhere, folder] = await Promise.all([
      started('--inventory-out', 'nowhere/lab.yaml'),
      started('--inventory-out', 'home'),
    ]);
    for (const { ended } of [nowhere, folder]) {
      const { code, stderr } = await ended;
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^rollcall: cannot write the inventory to .*\n$/)]);
    }
  });

  test('a port that is in use is said to be', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    try {
      const { code, stderr } = await place.run(['lab', '--devices', '1', '--port', String(port)]);
      expect([code, stderr]).toEqual([2, expect.stringMatching(new RegExp(`^rollcall: .*${port}.* in use`))]);
    } finally {
      taken.close();
    }
  });

  test.each([
    [['--platform', 'cisco_oss'], /platform must be one .* did you mean .*'cisco_ios'/],
    [['--devices', '0'], /Expected a whole number from 1/],
    [['--latency-ms', 'fast'], /Expected a number of milliseconds/],
    [['--port', '65000', '--devices', '1000'], /no room for 1000 devices/],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stderr } = await place.run(['lab', '--inventory-out', 'wrong.yaml', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(readdirSync(place.folder)).not.toContain('wrong.yaml');
  });
});
