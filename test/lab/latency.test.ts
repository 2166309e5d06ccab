import { expect, test } from 'vitest';
import { command, loggedIn, telnetTalk, temporaryLab } from './clients.js';

const transports = ['ssh', 'telnet'] as const;
const latencyMs = 60;

test.each(transports)(
  'over %s everything takes the round trip of the line, the connect included',
  async (transport) => {
    await using stage = await temporaryLab({ devices: 1, latencyMs, commandMs: 30, transport });
    const before = performance.now();
    const talk = await loggedIn(stage.first);
    // A telnet login is: connect, banner, name and its echo, password. SSH needs more.
    expect(performance.now() - before).toBeGreaterThanOrEqual(3 * latencyMs);
    for (let round = 0; round < 3; round++) {
      const sent = performance.now();
      expect(await command(talk, 'show privilege')).toBe('Current privilege level is 1\r\n');
      const took = performance.now() - sent;
      expect(took).toBeGreaterThanOrEqual(latencyMs + 30 - 1);
      expect(took).toBeLessThan(5 * latencyMs);
    }
  },
);

test('lines sent at once cost one round trip together', async () => {
  await using stage = await temporaryLab({ devices: 1, latencyMs: 200, transport: 'telnet' });
  const talk = await loggedIn(stage.first);
  const sent = performance.now();
  talk.send('show privilege\r'.repeat(5));
  for (let line = 0; line < 5; line++) await talk.until('level is 1\r\nR1>');
  const took = performance.now() - sent;
  expect(took).toBeGreaterThanOrEqual(199);
  expect(took).toBeLessThan(2 * 200);
});

test('the first byte comes two round trips after the call, as after a TCP handshake', async () => {
  await using stage = await temporaryLab({ devices: 1, latencyMs: 100, transport: 'telnet' });
  const called = performance.now();
  const talk = await telnetTalk(stage.first);
  await talk.until('Username: ');
  expect(performance.now() - called).toBeGreaterThanOrEqual(2 * 100 - 2);
});

test.each(transports)('over %s the last words before the end arrive', async (transport) => {
  await using stage = await temporaryLab({ devices: 1, latencyMs, transport, faults: ['close_mid_answer'] });
  const talk = await loggedIn(stage.first);
  talk.send('show privilege\r');
  expect(await talk.end()).toBe('show privilege\r\nCurrent privil');
  expect(stage.lab.counters.connections).toBe(1);
});
