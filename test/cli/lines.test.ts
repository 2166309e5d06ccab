import { describe, expect, test } from 'vitest';
import { consoleOf } from '../session/console-line.ts';
import { reverseTelnet } from '../session/reverse-telnet.ts';
import { lines, Place } from './cli.ts';

const place = new Place();

test('a device behind a terminal server is run by its inventory, and its console is logged out of', async () => {
  const lab = await place.lab('behind', { devices: [{ transport: 'telnet' }] });
  await using line = await consoleOf(lab.devices[0]?.port ?? 0);
  await using server = await reverseTelnet({ username: 'operator', password: 'tower key', line: line.port });
  const inventory = place.file(
    'terminal-server.yaml',
    `# Written by \`rollcall/lab\`
- name: R1
  host: 127.0.0.1
  port: ${server.port}
  device_type: cisco_ios_telnet
  username: cisco
  password: cisco
  secret: cisco
  terminal_server: { username: operator, password: tower key }
`,
  );
  const { code, stdout, stderr } = await place.run(['run', 'show clock', '-i', inventory, '--format', 'ndjson']);
  expect(stderr).toMatch(/^1 device: 1 ok in /);
  expect(code).toBe(0);
  expect(lines(stdout)).toMatchObject([{ device: 'R1', hostname: 'R1', status: 'ok', responses: [{ prompt: 'R1#' }] }]);
  expect(server.typed()).toBe('operator\rtower key\r');
  expect(line.inUse).toBe(false);
});

describe.skipIf(process.platform === 'win32')('a program of this machine', () => {
  test('is a device of the inventory like any other', async () => {
    const inventory = place.file(
      'process.yaml',
      '- { name: here, host: here, platform: linux, transport: process, command: [bash, --norc] }\n',
    );
    const { code, stdout } = await place.run(['run', 'echo $((6 * 7))', '-i', inventory, '--format', 'ndjson']);
    expect(lines(stdout)).toMatchObject([{ device: 'here', status: 'ok', responses: [{ output: '42' }] }]);
    expect(code).toBe(0);
  });
});
