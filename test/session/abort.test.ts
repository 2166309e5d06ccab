import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'rollcall';
import { EventLoopExecutor, type Executor, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import { startLab } from 'rollcall/lab';
import { Secret } from 'rollcall/session';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { loadPlatform, type Platform } from '#dist/platforms/index.js';
import { failure } from './failure.ts';
import { openSession, type Reply, ScriptedDevice } from './scripted-device.ts';
import { configure } from './tasks/configure.mjs';

const enter: Reply = { to: 'configure terminal\r', says: 'configure terminal\r\nR1(config)#' };
const leave: Reply = { to: 'end\r', says: 'end\r\nR1#' };
const takes = (line: string): Reply => ({ to: `${line}\r`, says: `${line}\r\nR1(config)#` });
const ios = loadPlatform('cisco_ios');

/** Calls off when that line is typed, before the device answers it. */
function callingOff(device: ScriptedDevice, line: string): AbortController {
  const calledOff = new AbortController();
  const write = device.write.bind(device);
  device.write = (bytes) => {
    write(bytes);
    if (Buffer.from(bytes).toString() === `${line}\r`) calledOff.abort();
  };
  return calledOff;
}

describe.concurrent('a configuration that is called off', () => {
  test('comes to the end of the line under way, leaves its mode, and says what was accepted last', async () => {
    const device = new ScriptedDevice('R1#', [enter, takes('line one'), takes('line two'), leave]);
    const { signal } = callingOff(device, 'line two');
    const session = await openSession(device, { platform: ios, signal });
    const error = await failure(session.sendConfig('line one\n! a comment\nline two\nline three\n'));
    expect(error).toMatchObject({
      name: 'AbortedError',
      code: 'cancelled',
      phase: 'configure',
      details: { lastAcceptedLine: 3, lastAccepted: 'line two' },
    });
    expect(error.message).toContain(
      "cancelled after line 3 ('line two'), the last that the device accepted; the mode of configuration was left in order",
    );
    expect(device.written).toBe('configure terminal\rline one\rline two\rend\r');
    expect(await failure(session.sendCommand('x'))).toMatchObject({ code: 'session_closed' });
  });

  test('before a line was accepted says so', async () => {
    const device = new ScriptedDevice('R1#', [enter, leave]);
    const { signal } = callingOff(device, 'configure terminal');
    const error = await failure((await openSession(device, { platform: ios, signal })).sendConfig(['line one']));
    expect(error.message).toContain('cancelled before any line was accepted');
    expect(device.written).toBe('configure terminal\rend\r');
  });

  test('sends nothing at all when it was called off before', async () => {
    const calledOff = new AbortController();
    const device = new ScriptedDevice('R1#');
    const session = await openSession(device, { platform: ios, signal: calledOff.signal });
    calledOff.abort();
    expect(await failure(session.sendConfig(['line one']))).toMatchObject({ code: 'cancelled' });
    expect(device.written).toBe('');
  });

  test('in the middle of a window takes in what is under way', async () => {
    const platform: Platform = { ...ios, ahead: ['^route '] };
    const both = 'route 1\rroute 2\r';
    const device = new ScriptedDevice('R1#', [
      enter,
      { to: both, says: 'route 1\r\nR1(config)#route 2\r\nR1(config)#' },
      leave,
    ]);
    const { signal } = callingOff(device, both.slice(0, -1));
    const session = await openSession(device, { platform, signal });
    const error = await failure(session.sendConfig(['route 1', 'route 2', 'route 3', 'route 4'], { window: 2 }));
    expect(error).toMatchObject({ code: 'cancelled', details: { lastAcceptedLine: 2 } });
  });

  test('drops a candidate that was not committed', async () => {
    const { save: _, ...rest } = ios;
    const platform: Platform = { ...rest, commit: { send: 'commit', discard: { send: 'rollback' } } };
    const device = new ScriptedDevice('R1#', [enter, takes('line one'), takes('rollback'), leave]);
    const { signal } = callingOff(device, 'line one');
    const session = await openSession(device, { platform, signal });
    const error = await failure(session.sendConfig(['line one', 'line two'], { commit: true }));
    expect(error.message).toContain('the candidate configuration was dropped');
    expect(device.written).toBe('configure terminal\rline one\rrollback\rend\r');
  });

  test('on a device that says nothing more ends when its time is over', async () => {
    const device = new ScriptedDevice('R1#', [enter]);
    const { signal } = callingOff(device, 'line one');
    const session = await openSession(device, { platform: ios, signal, idleMs: 300 });
    const error = await failure(session.sendConfig(['line one']));
    expect(error).toMatchObject({ code: 'idle_timeout', phase: 'configure' });
    expect(device.written).toBe('configure terminal\rline one\r');
  });
});

describe.concurrent('what was answered was lost', () => {
  const closes = (line: string): Reply => ({ to: `${line}\r`, says: `${line}\r\n`, closes: true });

  test('when a device closed in the middle of a configuration', async () => {
    const device = new ScriptedDevice('R1#', [enter, takes('line one'), takes('line two'), closes('line three')]);
    const session = await openSession(device, { platform: ios });
    const error = await failure(session.sendConfig('line one\n!\nline two\nline three\nline four'));
    expect(error).toMatchObject({
      code: 'closed',
      phase: 'configure',
      details: {
        answered: ['R1(config)#line one', 'R1(config)#line two'],
        lastAcceptedLine: 3,
        lastAccepted: 'line two',
        lineUnderWay: 4,
        lastLineSent: 4,
      },
    });
    expect(error.message).toContain("line 4 was sent and not answered, and line 3 ('line two') is the last");
  });

  test('when a device closed in the middle of a window', async () => {
    const platform: Platform = { ...ios, ahead: ['^route '] };
    const all = 'route 1\rroute 2\rroute 3\r';
    const says = 'route 1\r\n% Invalid next hop\r\nR1(config)#route 2\r\n';
    const device = new ScriptedDevice('R1#', [enter, { to: all, says, closes: true }]);
    const session = await openSession(device, { platform });
    const error = await failure(session.sendConfig(['route 1', 'route 2', 'route 3'], { window: 3 }));
    expect(error).toMatchObject({
      code: 'closed',
      details: { answered: ['R1(config)#route 1\n% Invalid next hop'], lineUnderWay: 2, lastLineSent: 3 },
    });
  });

  test('when a silent device was called off, and the message said only that', async () => {
    const device = new ScriptedDevice('R1#', [enter, takes('hostname R1')]);
    const { signal } = callingOff(device, 'ip routing');
    const session = await openSession(device, { platform: ios, signal, idleMs: 60_000 });
    const error = await failure(session.sendConfig(['hostname R1', 'ip routing', 'x']));
    expect(error).toMatchObject({
      code: 'cancelled',
      phase: 'configure',
      details: { lastAcceptedLine: 1, lastAccepted: 'hostname R1', lineUnderWay: 2 },
    });
    expect(error.message).toContain("cancelled before the prompt after 'ip routing' came; line 2 was sent");
  }, 20_000);

  test('when a command was called off, and nothing said which', async () => {
    const device = new ScriptedDevice('R1#', [{ to: 'show tech\r', says: 'show tech\r\nhalf' }]);
    const { signal } = callingOff(device, 'show tech');
    const error = await failure((await openSession(device, { signal })).sendCommand('show tech'));
    expect(error.message).toContain("cancelled before the prompt after 'show tech' came");
    expect(error.details).toMatchObject({ lastReceived: expect.any(String) });
  });
});

describe.concurrent('a command that is typed in a configuration', () => {
  test('and called off comes to its end, and the configuration is left in order', async () => {
    const device = new ScriptedDevice('R1#', [enter, takes('line one'), leave]);
    const { signal } = callingOff(device, 'line one');
    const session = await openSession(device, { platform: ios, signal });
    await session.sendCommand('configure terminal');
    const error = await failure(session.sendCommand('line one'));
    expect(error).toMatchObject({ code: 'cancelled', phase: 'configure', details: { lastAccepted: 'line one' } });
    expect(error.message).toContain("cancelled after 'line one', the last that the device accepted");
    expect(device.written).toBe('configure terminal\rline one\rend\r');
  });
});

describe('a run that is called off (lab)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-abort-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const kinds: Record<string, () => Executor> = {
    'the event loop': () => new EventLoopExecutor({ maxWorkers: 2 }),
    threads: () => new ThreadPoolExecutor({ maxWorkers: 2 }),
    processes: () => new ProcessPoolExecutor({ maxWorkers: 2 }),
  };

  test.each(Object.keys(kinds))('leaves every configuration in order (%s)', async (kind) => {
    await using lab = await startLab({ devices: 2, commandMs: 60, stateDirectory: join(folder, 'lab') });
    const devices = lab.devices.map(({ name, host, port, username, password, secret }) => ({
      ...{ name, host, port, username, platform: 'cisco_ios', transport: 'ssh' as const },
      ...{ password: new Secret(password), secret: new Secret(secret) },
    }));
    const calledOff = new AbortController();
    await using executor = (kinds[kind] as () => Executor)();
    const lines = Array.from({ length: 500 }, (_, at) => `logging host 192.0.2.${at % 250}`);
    const under = run(configure, devices, { input: { lines }, executor, signal: calledOff.signal });
    const whole = Promise.resolve(under);
    await vi.waitFor(
      () => {
        for (const { name } of devices) expect(lab.commandsOf(name).length).toBeGreaterThan(6);
      },
      { timeout: 20_000, interval: 5 },
    );
    calledOff.abort();
    const { results } = await whole;
    for (const { device, status, error } of results) {
      const sent = lab.commandsOf(device.name);
      const last = sent.indexOf('end') - sent.indexOf('configure terminal') - 1;
      // The outcome is told, and a part of the change is in: that is for somebody to look at.
      expect([status, error?.code, error?.phase]).toEqual(['unknown', 'cancelled', 'configure']);
      expect(error?.message).toContain(`cancelled after line ${last} ('logging host 192.0.2.${last - 1}')`);
      expect(sent.at(-1)).toBe('end');
    }
    await vi.waitFor(() => expect(lab.counters.connected).toBe(0), { timeout: 5_000, interval: 5 });
  });
});
