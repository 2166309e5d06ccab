import { Secret } from 'rollcall/session';
import { describe, expect, test, vi } from 'vitest';
import { awaitPrompt, logIn } from '#dist/session/login/login.js';
import { relay } from '#dist/session/login/relay.js';
import { resumedTransport } from '#dist/session/login/resumed-transport.js';
import { typeOnward } from '#dist/session/login/terminal-server.js';
import { failure } from './failure.ts';
import { converse, openSession, type Reply, ScriptedDevice, type Split } from './scripted-device.ts';

const COMMAND = 'telnet 10.0.0.1 2005';
const credentials = { username: 'ann', password: new Secret('open sesame') };
const waiting = { phase: 'login', expected: 'the first prompt of the device', idleMs: 2_000 } as const;

/** A terminal server that has been logged in to, and what comes of the command. */
async function onward(replies: readonly Reply[], split: Split = 'whole') {
  const device = new ScriptedDevice('TS1#', replies, split);
  const shell = relay(device);
  const server = converse(shell);
  await awaitPrompt(server, { ...waiting, settles: true });
  const passed = await typeOnward(server, COMMAND, waiting.idleMs);
  const way = passed.said === '' ? shell : resumedTransport(shell, passed.said);
  const behind = converse(way, { password: 'open sesame', isOnTheWay: passed.isPrompt });
  const loggingIn = logIn(behind, credentials, { ...waiting, settles: true, passed });
  return { device, behind, loggingIn };
}

const open = `${COMMAND}\r\nTrying 10.0.0.1, 2005 ... Open\r\n\r\n\r\nUser Access Verification\r\n\r\nUsername: `;
const login: readonly Reply[] = [
  { to: `${COMMAND}\r`, says: open },
  { to: 'ann\r', says: 'ann\r\nPassword: ' },
  { to: 'open sesame\r', says: '\r\nR1#' },
];
const splits: readonly Split[] = [
  'whole',
  'bytes',
  ...Array.from({ length: 30 }, (_, seed) => `random ${seed + 1}` as const),
];

describe.concurrent('a command that leads on from a terminal server', () => {
  test.each(splits)('leads to the login of the device, however its words are cut: %s', async (split) => {
    const { device, behind, loggingIn } = await onward(login, split);
    expect(await loggingIn).toBe(true);
    expect(behind.prompt.host).toBe('R1');
    expect(device.written).toBe(`${COMMAND}\rann\ropen sesame\r`);
  });

  test.each(splits)(
    'that is refused gives the device no credentials to the server, however that is cut: %s',
    async (split) => {
      const says = `${COMMAND}\r\n% Connection refused by remote host\r\n\r\nTS1#`;
      const { device, loggingIn } = await onward([{ to: `${COMMAND}\r`, says }], split);
      const error = await failure(loggingIn);
      expect(error).toMatchObject({ code: 'unexpected_prompt', phase: 'login' });
      expect(error.message).toContain("'TS1#' again, after '% Connection refused by remote host'");
      expect(device.written).toBe(`${COMMAND}\r`);
    },
  );

  test('leads to a device that calls itself like the server: an error, for nobody could tell them apart', async () => {
    const { loggingIn } = await onward([{ to: `${COMMAND}\r`, says: `${COMMAND}\r\nTS1#` }]);
    const error = await failure(loggingIn);
    expect(error.message).toContain('a device of the same name cannot be told from it');
  });

  test('is followed by a device that hangs up after the login: the server is no device', async () => {
    const gone: Reply = {
      to: 'open sesame\r',
      says: '\r\n\r\n[Connection to 10.0.0.1 closed by foreign host]\r\nTS1#',
    };
    const { loggingIn } = await onward([...login.slice(0, 2), gone]);
    const error = await failure(loggingIn);
    expect(error.message).toContain("after '[Connection to 10.0.0.1 closed by foreign host]'");
  });

  test('a command of the device was typed at the terminal server once the device had hung up', async () => {
    const device = new ScriptedDevice('R1#', [{ to: 'show clock\r', says: 'show clock\r\nnoon\r\nR1#' }]);
    const session = await openSession(device, { isOnTheWay: (line) => line === 'TS1#' });
    await session.sendCommand('show clock');
    device.say('\r\n[Connection to 10.0.0.1 closed by foreign host]\r\nTS1#');
    await vi.waitFor(() => expect(device.quiet).toBe(true));
    const error = await failure(session.sendCommand('reload'));
    expect(error).toMatchObject({ name: 'ConnectionClosedError', code: 'closed' });
    expect(error.message).toMatch(/its own prompt 'TS1#' is there; nothing was sent$/);
    await session.close();
    expect(device.written).toBe('show clock\r');
  });
});
