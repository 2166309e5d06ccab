import { expect, test } from 'vitest';
import { command, enabled, loggedIn, sshShell, temporaryLab } from './clients.js';

/** Prints a marker under a column of `R1#` and what was typed. */
const marker = (column: number): string => `${' '.repeat(column)}^\r\n% Invalid input detected at '^' marker.\r\n\r\n`;

test('commands are shortened and refused as IOS does it', async () => {
  await using stage = await temporaryLab({ devices: 1, privilege: 15 });
  const talk = await loggedIn(stage.first);
  expect(await command(talk, 'sh ip int br')).toMatch(/^Interface +IP-Address +OK\? Method Status +Protocol\r\n/);
  expect(await command(talk, 'SHOW Clock')).toMatch(/^\*\d/);
  expect(await command(talk, 'sh i')).toBe('% Ambiguous command:  "sh i"\r\n');
  expect(await command(talk, 'show ip')).toBe('% Incomplete command.\r\n\r\n');
  expect(await command(talk, 'show')).toBe('% Incomplete command.\r\n\r\n');
  expect(await command(talk, 'sh clck')).toBe(marker(8));
  expect(await command(talk, 'show ip interface brief foo')).toBe(marker(27));
  expect(await command(talk, 'terminal length 513')).toBe(marker(19));
  expect(await command(talk, 'foo bar')).toBe(marker(3));
  expect(await command(talk, 'show clock | grep UTC')).toBe(marker(16));
  expect(await command(talk, 'foo')).toBe(
    'Translating "foo"\r\n% Unknown command or computer name, or unable to find computer address\r\n\r\n',
  );
  expect(await command(talk, 'conf t')).toMatch(/^Enter configuration commands/);
  expect(await command(talk, 'logging 0255.255.1')).toBe(marker(19));
  expect(await command(talk, 'logging')).toBe('% Incomplete command.\r\n\r\n');
  expect(await command(talk, 'i')).toBe('% Ambiguous command:  "i"\r\n');
  expect(await command(talk, 'interface Ethernet0/2')).toBe('');
  expect(await command(talk, 'ip address 10.0.0.1 255.0.255.0')).toBe('Bad mask 0xFF00FF00 for address 10.0.0.1\r\n');
  expect(await command(talk, 'interface Ethernet7/7')).toContain('% Invalid interface');
  expect(await command(talk, 'ip domain lookup')).toBe('');
  talk.send('end\r');
  await talk.until('R1#');
  expect(await command(talk, 'foo')).toMatch(/^Translating "foo"\.\.\.domain server \(255\.255\.255\.255\)\r\n/);
});

test('what only the privileged may is unknown to others', async () => {
  await using stage = await temporaryLab({ devices: 1 });
  const talk = await loggedIn(stage.first);
  expect(await command(talk, 'show running-config')).toBe(marker(8));
  expect(await command(talk, 'configure terminal')).toBe(marker(6));
});

test('long answers come in pages until paging is off', async () => {
  await using stage = await temporaryLab({ devices: 1 });
  const talk = await enabled(stage.first);
  const erased = `${'\b'.repeat(9)}${' '.repeat(8)}${'\b'.repeat(9)}`;
  talk.send('show running-config\r');
  const first = await talk.until(' --More-- ');
  expect(first.split('\r\n')).toHaveLength(1 + 23 + 1);
  talk.send('\r');
  const line = await talk.until(' --More-- ');
  expect(line.startsWith(erased)).toBe(true);
  expect(line.split('\r\n')).toHaveLength(2);
  talk.send(' ');
  expect((await talk.until(' --More-- ')).split('\r\n')).toHaveLength(23 + 1);
  talk.send('q');
  expect(await talk.until('R1#')).toBe(`${erased}R1#`);
  await command(talk, 'terminal length 10');
  talk.send('show running-config\r');
  expect((await talk.until(' --More-- ')).split('\r\n')).toHaveLength(1 + 9 + 1);
  talk.send('q');
  await talk.until('R1#');
  await command(talk, 'terminal length 0');
  expect(await command(talk, 'show running-config')).toMatch(/line vty 0 4\r\n[\s\S]*\r\nend\r\n$/);
});

test('the page is as long as the terminal that the client says it has', async () => {
  await using stage = await temporaryLab({ devices: 1, privilege: 15 });
  const talk = await sshShell(stage.first, { window: { rows: 12, cols: 100 } });
  await talk.until('R1#');
  talk.send('show running-config\r');
  expect((await talk.until(' --More-- ')).split('\r\n')).toHaveLength(1 + 11 + 1);
  talk.send('q');
  await talk.until('R1#');
  talk.channel.setWindow(40, 132, 0, 0);
  expect(await command(talk, 'show terminal')).toContain('Length: 40 lines, Width: 132 columns');
});

test('help and completion leave the line as it was', async () => {
  await using stage = await temporaryLab({ devices: 1, privilege: 15 });
  const talk = await loggedIn(stage.first);
  talk.send('show ip ?');
  expect(await talk.until(/R1#show ip $/)).toBe('show ip ?\r\n  arp\r\n  interface\r\n  route\r\n\r\nR1#show ip ');
  talk.send('in\t');
  expect(await talk.until(/R1#show ip interface $/)).toBe('in\r\nR1#show ip interface ');
  talk.send('br\r');
  expect(await talk.until('R1#')).toMatch(/^br\r\nInterface /);
});

test('what is typed ahead waits for the device', async () => {
  await using stage = await temporaryLab({ devices: 1, privilege: 15, commandMs: 50 });
  const talk = await loggedIn(stage.first);
  const before = performance.now();
  talk.send('show privilege\rshow clock\r');
  await talk.until(/show privilege\r\nCurrent privilege level is 15\r\nR1#show clock\r\n\*.*\r\nR1#$/);
  expect(performance.now() - before).toBeGreaterThanOrEqual(99);
});

test('what a command has set follows the window no more', async () => {
  await using stage = await temporaryLab({ devices: 1, privilege: 15 });
  const talk = await sshShell(stage.first);
  await talk.until('R1#');
  await command(talk, 'terminal length 0');
  talk.channel.setWindow(40, 132, 0, 0);
  expect(await command(talk, 'show terminal')).toContain('Length: 0 lines, Width: 132 columns');
});
