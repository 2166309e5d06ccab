import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openSession, ScriptedDevice } from './scripted-device.ts';

const MIB = 1024 * 1024;
const LINES_OF_A_PIECE = 500;

function piece(number: number): string {
  const line = (n: number): string =>
    `${String(n).padStart(9)} interface counters of a device that has very many of them\n`;
  return Array.from({ length: LINES_OF_A_PIECE }, (_, n) => line(number * LINES_OF_A_PIECE + n)).join('');
}

test('a show tech of 200 MB is whole, in a small part of that memory', { timeout: 120_000 }, async () => {
  const device = new ScriptedDevice('R1#', []);
  const expected = createHash('sha256');
  let sent = 0;
  device.write = () => {
    device.say('show tech\r\n');
    let number = 0;
    const more = (): void => {
      const text = piece(number++);
      expected.update(text);
      sent += text.length;
      device.say(text.replaceAll('\n', '\r\n'));
      // Each piece is made when the one before has been read.
      if (sent < 200 * MIB) setImmediate(more);
      else device.say('R1#');
    };
    more();
  };
  const session = await openSession(device, { maxOutputBytes: 512 * MIB });
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = 0;
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss - before);
  }, 20);
  const response = await session.sendCommand('show tech');
  const got = createHash('sha256');
  let length = 0;
  for (const line of response.lines()) {
    got.update(`${line}\n`);
    length += line.length + 1;
  }
  clearInterval(watching);
  process.stdout.write(`200 MB: ${(peak / MIB).toFixed(0)} MiB of memory above the rest of the process\n`);
  expect(length).toBe(sent);
  expect(got.digest('hex')).toBe(expected.digest('hex'));
  expect(peak).toBeLessThan(300 * MIB);
  expect(response.output.length).toBe(sent - 1);
  expect(response.raw.length).toBeGreaterThan(sent);
});
