import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { FAULTS } from 'rollcall/lab';
import { expect, test, vi } from 'vitest';
import { command, loggedIn, sshConnect, telnetTalk, temporaryLab } from './clients.js';

const transports = ['ssh', 'telnet'] as const;

test('refuse: nothing listens', async () => {
  await using stage = await temporaryLab({ devices: [{ faults: ['refuse'] }, {}] });
  await expect(sshConnect(stage.first)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(stage.lab.devices[1]).toBeDefined();
});

test.each(transports)('silent over %s: not a byte, and the connection stays', async (transport) => {
  await using stage = await temporaryLab({ devices: [{ faults: ['silent'], transport }] });
  const socket = connect(stage.first.port, stage.first.host);
  let received = 0;
  socket.on('data', (bytes) => {
    received += bytes.length;
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write('SSH-2.0-test\r\n');
  await vi.waitFor(() => expect(stage.lab.counters.connected).toBe(1));
  // Half closed by us; a device that serves would have spoken long before it closes too.
  socket.end();
  await new Promise((resolve) => socket.once('close', resolve));
  expect(received).toBe(0);
});

test.each(transports)('close_at_once over %s', async (transport) => {
  await using stage = await temporaryLab({ devices: [{ faults: ['close_at_once'], transport }] });
  const talk = await telnetTalk(stage.first);
  await talk.end();
  expect(talk.all).toBe('');
});

test.each(transports)(
  'close_mid_answer over %s: half of the answer that was counted, then the end',
  async (transport) => {
    await using stage = await temporaryLab({ devices: [{ faults: ['close_mid_answer'], faultAt: 2, transport }] });
    const talk = await loggedIn(stage.first);
    await command(talk, 'terminal length 0');
    expect(await command(talk, 'show privilege')).toBe('Current privilege level is 1\r\n');
    talk.send('show ip interface brief\r');
    const rest = await talk.end();
    expect(rest).toMatch(/^show ip interface brief\r\nInterface .*\r\nEthernet0\/0 /);
    expect(rest).not.toContain('Loopback0');
  },
);

test('hang_mid_answer: half of an answer, and no reaction to anything after it', async () => {
  await using stage = await temporaryLab({ devices: [{ faults: ['hang_mid_answer'] }] });
  const talk = await loggedIn(stage.first);
  talk.send('show version\r');
  await talk.until('Technical Support');
  await talk.until('R1');
  const { length } = talk.all;
  talk.send('show privilege\r\x03\x03');
  // Another conversation with the same device, begun after that, is served from its login to its first answer.
  const other = await loggedIn(stage.first);
  other.send('show clock\r');
  await other.until('show clock\r\n*');
  expect(talk.all.length).toBe(length);
  expect(talk.ended).toBe(false);
  expect(stage.lab.commandsOf('R1')).toEqual(['show version', 'show clock']);
});

test('banner_100k comes before the first prompt', async () => {
  await using stage = await temporaryLab({ devices: [{ faults: ['banner_100k'] }] });
  const talk = await loggedIn(stage.first);
  expect(talk.all.length).toBeGreaterThanOrEqual(100_000);
  expect(await command(talk, 'show privilege')).toBe('Current privilege level is 1\r\n');
});

test('ask_confirm asks where nobody expects it', async () => {
  await using stage = await temporaryLab({ devices: [{ faults: ['ask_confirm'] }] });
  const talk = await loggedIn(stage.first);
  talk.send('show privilege\r');
  expect(await talk.until('[confirm]')).toBe('show privilege\r\nThis may take a while. Continue? [confirm]');
  talk.send('y');
  expect(await talk.until('R1>')).toBe('y\r\nCurrent privilege level is 1\r\nR1>');
});

test('no_echo, duplicate_prompt and dribble change the form and not the answer', async () => {
  await using stage = await temporaryLab({
    devices: [{ faults: ['no_echo'] }, { faults: ['duplicate_prompt'] }, { faults: ['dribble'] }],
  });
  const [quiet, twice, dribbling] = await Promise.all(stage.lab.devices.map((device) => loggedIn(device)));
  if (quiet === undefined || twice === undefined || dribbling === undefined) throw new Error('three devices');
  quiet.send('show privilege\r');
  expect(await quiet.until('R1>')).toBe('\r\nCurrent privilege level is 1\r\nR1>');
  expect(twice.all.endsWith('\r\nR2>\r\nR2>')).toBe(true);
  expect(await command(dribbling, 'show privilege')).toBe('Current privilege level is 1\r\n');
});

test('noise breaks in around answers, and after every third prompt', async () => {
  await using stage = await temporaryLab({ devices: [{ faults: ['noise'] }] });
  const talk = await loggedIn(stage.first);
  const answer = await command(talk, 'show privilege');
  expect(answer).toMatch(
    /^\*\w{3} [ \d]\d \d\d:\d\d:\d\d\.\d{3}: %SYS-5-CONFIG_I: .*\r\nCurrent privilege level is 1\r\n\*.*%LINK-3-UPDOWN: .*\r\n$/,
  );
  talk.send('\r');
  await talk.until(/R1>\r\n\*.*%LINEPROTO-5-UPDOWN: .*\r\nR1>$/);
});

test('slow takes its time for every command', async () => {
  await using stage = await temporaryLab({ devices: [{ faults: ['slow'], slowMs: 120 }] });
  const talk = await loggedIn(stage.first);
  const before = performance.now();
  await command(talk, 'show privilege');
  expect(performance.now() - before).toBeGreaterThanOrEqual(119);
});

test('the documentation has every fault, in the same words', () => {
  const page = readFileSync(new URL('../../docs/lab.md', import.meta.url), 'utf8');
  const rows = [...(page.split('## Faults')[1]?.matchAll(/^\| `(\w+)` \| (.*) \|$/gm) ?? [])];
  const plain = (text: string) => text.replaceAll('`', '').replace(/ \(.*\)| (?=, whatever)/, '');
  expect(rows.map(([, name, text = '']) => [name, plain(text)])).toEqual(
    Object.entries(FAULTS).map(([name, text]) => [name, plain(text)]),
  );
});
