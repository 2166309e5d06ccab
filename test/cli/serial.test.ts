import { expect, test } from 'vitest';
import { needOrSkip } from '../real/needs.ts';
import { consoleOf } from '../session/console-line.ts';
import { ptyLine } from '../transport/pty.ts';
import { lines, Place } from './cli.ts';

needOrSkip('socat');
const place = new Place();

const device = (path: string, more = '') => `- name: R1
  device_type: cisco_ios_serial
  serial_settings: { port: ${path}, baudrate: 9600, bytesize: 8, parity: N, stopbits: 1 }
  username: cisco
  password: cisco
  secret: cisco
${more}`;

test('netmiko’s cisco_ios_serial with its serial_settings is run like any other device', async () => {
  const lab = await place.lab('console', { devices: [{ transport: 'telnet' }] });
  await using line = await consoleOf(lab.devices[0]?.port ?? 0);
  const path = place.path('ttyS7');
  await using _cable = await ptyLine(path, `TCP:127.0.0.1:${line.port}`);
  const inventory = place.file('serial.yaml', device(path));
  const { code, stdout, stderr } = await place.run(['run', 'show clock', '-i', inventory, '--format', 'ndjson']);
  expect(stderr).toMatch(/^1 device: 1 ok in /m);
  expect(code).toBe(0);
  expect(lines(stdout)).toMatchObject([
    {
      device: 'R1',
      host: path,
      port: null,
      hostname: 'R1',
      status: 'ok',
      responses: [{ command: 'show clock', prompt: 'R1#' }],
    },
  ]);
  expect(line.inUse).toBe(false);
});

test('a line that is not there is an unreachable device, with a reason that helps', async () => {
  const inventory = place.file('none.yaml', device(place.path('ttyNone')));
  const { code, stdout } = await place.run(['run', 'show clock', '-i', inventory, '--format', 'ndjson']);
  expect(code).toBe(1);
  const [record] = lines(stdout);
  expect(record).toMatchObject({ status: 'unreachable', error: { code: 'unreachable', phase: 'connect' } });
  expect(record?.error?.message).toContain(`there is no line ${place.path('ttyNone')} on this machine`);
});
