import { createHash } from 'node:crypto';
import { fstatSync, readdirSync, readlinkSync } from 'node:fs';
import { platform as system } from 'node:os';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { memoryBudget, setMemoryLimit } from '#dist/session/line/memory.js';
import { SpoolFile } from '#dist/session/line/spool-file.js';
import { openSession, ScriptedDevice } from './scripted-device.ts';

const LIMIT = memoryBudget().limitBytes;

afterEach(() => setMemoryLimit(LIMIT));

/** Lines of which no two are alike, with characters of one to four bytes, and more than one that looks like a refusal. */
function manyLines(count: number): string[] {
  return Array.from({ length: count }, (_, n) =>
    n % 1000 === 7 ? '' : `${n} é € \u{1f600} % Invalid ${'x'.repeat(n % 90)}`,
  );
}

const LINES = manyLines(40_000);
const SAYS = `show tech\r\n${LINES.join('\r\n')}\r\nR1#`;
const CHUNK = 30_001;

/** Answers in pieces that fall into the middle of characters. */
function talkative(says = SAYS): ScriptedDevice {
  const device = new ScriptedDevice('R1#', []);
  const write = device.write.bind(device);
  device.write = (bytes) => {
    write(bytes);
    const all = Buffer.from(says);
    for (let at = 0; at < all.length; at += CHUNK) device.say(all.subarray(at, at + CHUNK));
  };
  return device;
}

/** The open spool files: what each is, and its descriptor. The collector closes old ones when it likes, and a number comes again. */
function spoolFiles(): Map<string, number> {
  const files = new Map<string, number>();
  for (const descriptor of readdirSync('/proc/self/fd').map(Number)) {
    try {
      const file = readlinkSync(`/proc/self/fd/${descriptor}`);
      if (file.includes('.spool')) files.set(file, descriptor);
    } catch {
      // Closed since it was listed.
    }
  }
  return files;
}

describe('an answer that is too large for memory', () => {
  test('is whole: as a text, line by line, and in the bytes that came', async () => {
    setMemoryLimit(1_000_000);
    const session = await openSession(talkative(), { maxOutputBytes: 1e9, platform: 'cisco_ios' });
    const response = await session.sendCommand('show tech');
    expect(response.ok).toBe(true);
    expect(response.output === LINES.join('\n')).toBe(true);
    const lines = createHash('sha256');
    let count = 0;
    for (const line of response.lines()) lines.update(`${count++ === 0 ? '' : '\n'}${line}`);
    expect([count, lines.digest('hex')]).toEqual([
      LINES.length,
      createHash('sha256').update(LINES.join('\n')).digest('hex'),
    ]);
    expect(Buffer.from(response.raw).equals(Buffer.from(SAYS))).toBe(true);
  });

  test('is plain data with its output in it where it is copied', async () => {
    setMemoryLimit(1_000_000);
    const session = await openSession(talkative(), { maxOutputBytes: 1e9 });
    const response = await session.sendCommand('show tech');
    const copy = structuredClone({ ...response });
    expect(copy.output.length).toBe(LINES.join('\n').length);
    expect(JSON.parse(JSON.stringify(response)).output === response.output).toBe(true);
    expect(Object.keys(copy)).not.toContain('raw');
  });

  test('goes by the budget of all sessions together, and gives back what it held', async () => {
    setMemoryLimit(6_000_000);
    const sessions = await Promise.all(
      Array.from({ length: 8 }, () => openSession(talkative(), { maxOutputBytes: 1e9 })),
    );
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, memoryBudget().usedBytes);
    }, 1);
    const responses = await Promise.all(sessions.map((session) => session.sendCommand('show tech')));
    clearInterval(watching);
    for (const { output } of responses) expect(output.length).toBe(LINES.join('\n').length);
    // Each may hold a little before it gives way.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(6_000_000 + 8 * 600_000);
    expect(memoryBudget().usedBytes).toBe(0);
  });

  test.runIf(system() === 'linux')('lies in a file that has no name, and that nobody else may read', async () => {
    setMemoryLimit(1_000_000);
    const before = spoolFiles();
    const session = await openSession(talkative(), { maxOutputBytes: 1e9 });
    const response = await session.sendCommand('show tech');
    const [[file, descriptor] = ['', -1], ...more] = [...spoolFiles()].filter(([one]) => !before.has(one));
    expect(more).toEqual([]);
    expect(file).toMatch(/rollcall-[\da-f-]{36}\.spool \(deleted\)$/);
    expect(fstatSync(descriptor).mode & 0o777).toBe(0o600);
    expect(response.output.length).toBeGreaterThan(1_000_000);
  });

  test('that is refused has its refusal found, and its prompt is still alone at the end', async () => {
    setMemoryLimit(1_000_000);
    const says = `show tech\r\n% Invalid input detected\r\n${LINES.join('\r\n')}\r\nR1#`;
    const session = await openSession(talkative(says), { maxOutputBytes: 1e9 });
    expect(await session.sendCommand('show tech')).toMatchObject({ ok: false, refusal: '% Invalid input detected' });
  });

  test('that holds a bare copy of the prompt is an error, also when that copy is on disk', async () => {
    setMemoryLimit(1_000_000);
    const says = `show tech\r\none\r\nR1#\r\n${LINES.join('\r\n')}\r\nR1#`;
    const session = await openSession(talkative(says), { maxOutputBytes: 1e9 });
    await expect(session.sendCommand('show tech')).rejects.toMatchObject({ code: 'unexpected_prompt' });
  });

  test('and larger than its own limit is given up', async () => {
    setMemoryLimit(1_000_000);
    const session = await openSession(talkative(), { maxOutputBytes: 2_000_000 });
    await expect(session.sendCommand('show tech')).rejects.toMatchObject({ code: 'output_too_large' });
    expect(memoryBudget().usedBytes).toBe(0);
  });
});

describe('a small answer', () => {
  test('stays in memory, with the bytes that it came in', async () => {
    const says = 'show x\r\n\u001b[1mbold\u001b[0m\r\nR1#';
    const session = await openSession(new ScriptedDevice('R1#', [{ to: 'show x\r', says }]));
    const response = await session.sendCommand('show x');
    expect([response.output, [...response.lines()], Buffer.from(response.raw).toString()]).toEqual([
      'bold',
      ['bold'],
      says,
    ]);
  });
});

test('a budget that is none is refused', () => {
  expect(() => setMemoryLimit(0)).toThrow('limits.memoryBytes must be a whole number of bytes above 0; got 0');
  expect(() => setMemoryLimit(1.5)).toThrow('got 1.5');
});

test('a file on disk gives back the pieces that were put into it', () => {
  const file = new SpoolFile();
  const [one, two] = [Buffer.from('one'), Buffer.alloc(3_000_000, 'two')].map((bytes) => file.append(bytes));
  expect(one !== undefined && file.read(one).toString()).toBe('one');
  expect(two !== undefined && file.read(two).equals(Buffer.alloc(3_000_000, 'two'))).toBe(true);
  file.close();
});

describe('what is in no answer yet counts as well', () => {
  test('a line that never ends is given up when it is more than memory has room for', async () => {
    setMemoryLimit(1_000_000);
    const session = await openSession(talkative(`show tech\r\n${'x'.repeat(4_000_000)}`), { maxOutputBytes: 1e9 });
    await expect(session.sendCommand('show tech')).rejects.toMatchObject({
      code: 'output_too_large',
      message: expect.stringContaining('limits.memoryBytes'),
    });
    expect(memoryBudget().usedBytes).toBe(0);
  });

  test('what a device says while nobody has asked goes to disk', async () => {
    setMemoryLimit(1_000_000);
    const device = new ScriptedDevice('R1#', [{ to: 'show clock\r', says: 'show clock\r\nnoon\r\nR1#' }]);
    const session = await openSession(device, { maxOutputBytes: 1e9 });
    await session.sendCommand('show clock');
    for (let count = 0; count < 100; count++) device.say(`${'x'.repeat(78)}\r\n`.repeat(500));
    await vi.waitUntil(() => device.quiet, { timeout: 10_000 });
    expect(memoryBudget().usedBytes).toBeLessThan(1_000_000);
    expect(memoryBudget().usedBytes).toBeGreaterThan(0);
    await expect(session.sendCommand('show users')).rejects.toMatchObject({ phase: 'command' });
    expect(memoryBudget().usedBytes).toBe(0);
  });
});
