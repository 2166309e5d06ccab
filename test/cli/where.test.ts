import { beforeAll, expect, test } from 'vitest';
import { lines, Place, statuses } from './cli.ts';

const place = new Place();
let file = '';

beforeAll(async () => {
  ({ file } = await place.lab('lab', { devices: 4, transport: 'telnet' }));
});

const ok = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'ok']));

test('run works on the devices that fit, and nothing but them is told', async () => {
  const args = ['run', 'show clock', '-i', file, '--format', 'ndjson', '--where'];
  const { code, stdout, stderr } = await place.run([...args, 'name=r[1-3] & !R2', '--where', 'transport=telnet']);
  expect({ code, statuses: statuses(lines(stdout)) }).toEqual({ code: 0, statuses: ok('R1', 'R3') });
  expect(stderr).toMatch(/2 devices/);
});

test('ping takes it as well, and put and get name their devices by it', async () => {
  const { code, stdout } = await place.run(['ping', '-i', file, '--tcp', '1', '--where', 'R4', '--format', 'ndjson']);
  expect({ code, names: lines(stdout).map(({ device }) => device) }).toEqual({ code: 1, names: ['R4'] });
  const none = await Promise.all([
    place.run(['put', file, '-i', file, '--where', 'R5']),
    place.run(['get', 'flash:x', '-i', file, '--where', 'R5']),
  ]);
  for (const { code: ended, stderr } of none) {
    expect({ ended, stderr }).toEqual({ ended: 2, stderr: expect.stringContaining('none of the 4 devices fits "R5"') });
  }
});

test('nothing fits: exit 2, what there is, and nothing was connected', async () => {
  const { code, stdout, stderr } = await place.run(['run', 'show clock', '-i', file, '--where', 'platform=cisco_io']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    'rollcall: where: none of the 4 devices fits "platform=cisco_io"\n' +
      "  none fits platform=cisco_io; did you mean 'cisco_ios'?; values of platform: cisco_ios (4)\n",
  );
});

test('an expression that does not parse: exit 2, with the place', async () => {
  const { code, stderr } = await place.run(['run', 'show clock', '-i', file, '--where', 'site=']);
  expect({ code, stderr: stderr.split('\n').slice(1) }).toEqual({ code: 2, stderr: ['  site=', '       ^', ''] });
});

test('a mistyped key in a negation is a warning, since it chooses every device', async () => {
  const { code, stderr } = await place.run(['run', 'show clock', '-i', file, '--where', '!plattform=cisco_ios']);
  expect(code).toBe(0);
  expect(stderr).toContain(
    'rollcall: warning: where: no device fits plattform=cisco_ios: no device has the key "plattform"',
  );
});

test('addresses are no inventory', async () => {
  const { code, stderr } = await place.run(['ping', '127.0.0.1', '--where', 'R1']);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'rollcall: --where chooses devices of an inventory: give it, or addresses\n',
  });
});
