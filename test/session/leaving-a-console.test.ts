import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Logger, setLogger, silentLogger } from '#dist/base/index.js';
import { failure } from './failure.ts';
import { openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

let warnings: string[] = [];
let before: Logger;
beforeEach(() => {
  warnings = [];
  before = setLogger({ ...silentLogger, warn: (message) => warnings.push(message) });
});
afterEach(() => {
  setLogger(before);
});

const clock: Reply = { to: 'show clock\r', says: 'show clock\r\nnoon\r\nR1#' };
const gone = '\r\n\r\nR1 con0 is now available\r\n\r\n\r\nPress RETURN to get started.\r\n\r\n';

/** Opens a session on a console, and closes it; returns what was typed, and how long that took. */
async function leave(prompt: string, replies: readonly Reply[], platform = 'cisco_ios') {
  const device = new ScriptedDevice(prompt, replies);
  const session = await openSession(device, { console: true, platform });
  const started = performance.now();
  await session.close();
  return { typed: device.written, ms: performance.now() - started };
}

describe('a console', () => {
  // The best of three: a busy machine is slower than we are, never quicker.
  test('is left at once when the device says that it has logged us out', { retry: 2 }, async () => {
    const { typed, ms } = await leave('R1#', [{ to: 'exit\r', says: `exit${gone}` }]);
    expect(typed).toBe('exit\r');
    expect(ms).toBeLessThan(1_500);
    expect(warnings).toEqual([]);
  });

  test('is left when its login is back, or when it says nothing more', async () => {
    expect(await leave('R1#', [{ to: 'exit\r', says: 'exit\r\n\r\nUsername: ' }])).toMatchObject({ typed: 'exit\r' });
    expect(await leave('R1#', [{ to: 'exit\r', says: 'exit\r\n' }])).toMatchObject({ typed: 'exit\r' });
    expect(warnings).toEqual([]);
  });

  test('that goes down one mode at a time is left mode by mode', async () => {
    const { typed } = await leave('R1#', [
      { to: 'exit\r', says: 'exit\r\nR1>' },
      { to: 'exit\r', says: `exit${gone}` },
    ]);
    expect(typed).toBe('exit\rexit\r');
    expect(warnings).toEqual([]);
  });

  test('that stays logged in is warned about', async () => {
    const stays: Reply = { to: 'exit\r', says: 'exit\r\nR1#' };
    expect((await leave('R1#', [stays, stays, stays])).typed).toBe('exit\r'.repeat(3));
    expect(warnings).toEqual(["the console of R1 is left logged in: it stays in privileged mode after 'exit'"]);
  });

  test('that asks something at the end is answered nothing, and warned about', async () => {
    const asks = 'exit\r\nDo you want to save the configuration? (y/n) ';
    expect((await leave('R1#', [{ to: 'exit\r', says: asks }])).typed).toBe('exit\r');
    expect(warnings).toEqual([
      "the console of R1 may be left logged in: it asks 'Do you want to save the configuration? (y/n)' after 'exit'",
    ]);
  });

  test('is logged out of as well when the work is called off at its prompt', async () => {
    const device = new ScriptedDevice('R1#', [clock]);
    const stop = new AbortController();
    const session = await openSession(device, { console: true, signal: stop.signal });
    await session.sendCommand('show clock');
    stop.abort();
    expect(await failure(session.sendCommand('show clock'))).toMatchObject({ code: 'cancelled' });
    await session.close();
    expect(device.written).toBe('show clock\rexit\r');
  });

  test('is typed nothing at when the work is called off while a command is on its way, which may ask something', async () => {
    const device = new ScriptedDevice('R1#', [clock]);
    const stop = new AbortController();
    const session = await openSession(device, { console: true, signal: stop.signal });
    await session.sendCommand('show clock');
    const reload = failure(session.sendCommand('reload'));
    await vi.waitFor(() => expect(device.written).toMatch(/reload\r$/));
    stop.abort();
    expect(await reload).toMatchObject({ code: 'cancelled' });
    await session.close();
    expect(device.written).toBe('show clock\rreload\r');
  });

  test('is typed nothing at in the middle of an answer', async () => {
    const device = new ScriptedDevice('R1#', [{ to: 'show clock\r', says: 'show clock\r\nhalf an ans' }]);
    const session = await openSession(device, { console: true, idleMs: 200 });
    expect(await failure(session.sendCommand('show clock'))).toMatchObject({ code: 'idle_timeout' });
    await session.close();
    expect(device.written).toBe('show clock\r');
  });
});

test('a line that is none is closed right behind exit: the close tells the rest', async () => {
  const device = new ScriptedDevice('R1#', [{ to: 'exit\r', says: 'exit\r\nDo you want to save? (y/n) ' }]);
  const session = await openSession(device);
  await session.close();
  expect(device.written).toBe('exit\r');
  expect(warnings).toEqual([]);
});
