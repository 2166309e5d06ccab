import { describe, expect, test } from 'vitest';
import { failure } from './failure.ts';
import { openSession, type Reply, ScriptedDevice } from './scripted-device.ts';

const clock: Reply = { to: 'show clock\r', says: 'show clock\r\nnoon\r\nR1#' };
const enter: Reply = { to: 'configure terminal\r', says: 'configure terminal\r\nR1(config)#' };
const leave: Reply = { to: 'end\r', says: 'end\r\nR1#' };

/** Resolves when that was typed, before the device answers it. */
function typed(device: ScriptedDevice, keys: string): Promise<void> {
  const write = device.write.bind(device);
  return new Promise((resolve) => {
    device.write = (bytes) => {
      write(bytes);
      if (Buffer.from(bytes).toString() === keys) resolve();
    };
  });
}

describe.concurrent('close in the middle of something', () => {
  test('typed exit behind a command, where it answered a question', async () => {
    const device = new ScriptedDevice('R1#', [
      clock,
      { to: 'reload\r', says: 'reload\r\nProceed with reload? [confirm]' },
    ]);
    const session = await openSession(device);
    await session.sendCommand('show clock');
    const reload = typed(device, 'reload\r');
    const under = failure(session.sendCommand('reload'));
    await reload;
    await session.close();
    expect(await under).toMatchObject({ code: 'session_closed' });
    expect(device.written).toBe('show clock\rreload\r');
  });

  test('does not begin what waits for its turn', async () => {
    const device = new ScriptedDevice('R1#', [clock]);
    const session = await openSession(device);
    await session.sendCommand('show clock');
    const waiting = failure(session.sendCommand('reload'));
    await session.close();
    expect(await waiting).toMatchObject({ code: 'session_closed', message: 'the session is closed' });
    expect(device.written).toBe('show clock\rexit\r');
  });

  test('typed exit into a configuration; it comes to the end of the line, and leaves the mode', async () => {
    const line = { to: 'line one\r', says: 'line one\r\nR1(config)#' };
    const device = new ScriptedDevice('R1#', [enter, line, leave]);
    const session = await openSession(device);
    const under = typed(device, 'line one\r');
    const configured = failure(session.sendConfig(['line one', 'line two']));
    await under;
    await session.close();
    const error = await configured;
    expect(error).toMatchObject({ code: 'session_closed', phase: 'configure', details: { lastAcceptedLine: 1 } });
    expect(error.message).toContain("cancelled after line 1 ('line one')");
    expect(device.written).toBe('configure terminal\rline one\rend\r');
  });

  test('types nothing behind raw input whose end nobody knows', async () => {
    const device = new ScriptedDevice('R1#', [clock]);
    const session = await openSession(device);
    await session.write('reload\r');
    await session.close();
    expect(device.written).toBe('reload\r');
  });
});

test('close on a device that says nothing more ends within its bound', async () => {
  const device = new ScriptedDevice('R1#', [enter]);
  const session = await openSession(device, { idleMs: 60_000 });
  const under = typed(device, 'line one\r');
  const configured = failure(session.sendConfig(['line one']));
  await under;
  const began = performance.now();
  await session.close();
  expect(performance.now() - began).toBeLessThan(12_000);
  expect(await configured).toMatchObject({ code: 'session_closed' });
  expect(device.written).toBe('configure terminal\rline one\r');
}, 20_000);
