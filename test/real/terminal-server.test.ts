import { connect, Secret, type SessionTarget } from 'rollcall/session';
import { beforeEach, describe, expect, test } from 'vitest';
import { setLogger, silentLogger } from '#dist/base/index.js';
import { failure } from '../session/failure.ts';
import { ownSurroundings } from '../transport/surroundings.ts';
import type { RealDevice } from './devices.mjs';
import { needOrSkip } from './needs.ts';
import { realDevicesOrSkip } from './use.ts';

ownSurroundings();
const real = realDevicesOrSkip();

const sshTo = ({ port, username }: RealDevice): string =>
  `ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -p ${port} ${username}@127.0.0.1`;

/** The device behind bash on a real sshd: the command leads to it, with the device's own credentials. */
function behindShell(device: RealDevice, command: string, password = device.password): SessionTarget {
  const shell = real().device('shell');
  const { username = '', secret } = device;
  return {
    host: shell.host,
    port: shell.port,
    platform: 'frr',
    ...(device.username === undefined ? {} : { username }),
    password: new Secret(password),
    ...(secret === undefined ? {} : { secret: new Secret(secret) }),
    terminalServer: { platform: 'linux', username: shell.username, password: new Secret(shell.password), command },
  };
}

describe('a device behind a host that ssh is typed at', () => {
  test('is logged in to by its own password, and its prompt is learned anew', async () => {
    const device = real().device('vtysh');
    await using session = await connect(behindShell(device, sshTo(device)));
    expect(session.platform).toBe('frr');
    expect((await session.sendCommand('show version')).output).toContain('FRRouting');
    const shown = await session.sendCommand('show interface brief');
    expect(shown).toMatchObject({ ok: true, prompt: session.findPrompt() });
  });

  test('works the same by the generic rules, which need no platform of the host', async () => {
    const device = real().device('vtysh');
    const { terminalServer, ...target } = behindShell(device, sshTo(device));
    const { platform: _, ...generic } = terminalServer ?? {};
    await using session = await connect({ ...target, terminalServer: generic });
    expect((await session.sendCommand('show version')).output).toContain('FRRouting');
  });

  test('tells its platform by itself', async () => {
    const device = real().device('vtysh');
    await using session = await connect({ ...behindShell(device, sshTo(device)), platform: 'autodetect' });
    expect(session.platform).toBe('frr');
  });

  test('that refuses its password is named, and so is the host that refuses its own', async () => {
    const device = real().device('vtysh');
    const refused = await failure(connect(behindShell(device, sshTo(device), 'wrong one')));
    expect(refused).toMatchObject({ name: 'AuthenticationError', code: 'authentication' });
    expect(refused.message).toContain('the device refused the password');
    const target = behindShell(device, sshTo(device));
    const terminalServer = { ...target.terminalServer, password: new Secret('wrong one') };
    const other = await failure(connect({ ...target, terminalServer }));
    expect(other).toMatchObject({ name: 'AuthenticationError', code: 'authentication', phase: 'authenticate' });
    expect(other.message).toContain('the terminal server refused');
  });

  test('that cannot be reached from there is an error with the words of the command', async () => {
    const device = real().device('vtysh');
    const error = await failure(connect(behindShell(device, sshTo({ ...device, port: 1 }))));
    expect(error).toMatchObject({ code: 'unexpected_prompt', phase: 'login' });
    expect(error.message).toMatch(/did not lead to the device: .* shows its own prompt .* after '.*Connection refused/);
  });
});

describe('a port of a terminal server that SSH logs in to', () => {
  test('is the line of the device: what is asked there is the device’s, and its console was left logged in', async () => {
    const { host, port, username, password, platform } = real().device('vtysh');
    const said: string[] = [];
    const before = setLogger({ ...silentLogger, warn: (message) => said.push(message) });
    try {
      const terminalServer = { username, password: new Secret(password) };
      await using session = await connect({ host, port, platform, terminalServer });
      expect((await session.sendCommand('show version')).output).toContain('FRRouting');
      expect(said).toEqual([`the console of ${session.hostname} was left logged in in privileged mode`]);
    } finally {
      setLogger(before);
    }
  });

  test('that refuses the login is the one that is named', async () => {
    const { host, port, username, platform } = real().device('vtysh');
    const terminalServer = { username, password: new Secret('wrong one') };
    const error = await failure(connect({ host, port, platform, username: 'ann', terminalServer }));
    expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication', phase: 'authenticate' });
    expect(error.message).toContain(`the terminal server refused user '${username}'`);
  });
});

describe('a device behind a host that telnet is typed at', () => {
  const possible = needOrSkip('telnet');
  beforeEach((context) => {
    if (!possible) context.skip();
  });

  test('is logged in to, enabled and configured as over telnet itself', async () => {
    const zebra = real().device('zebra');
    await using session = await connect(behindShell(zebra, `telnet ${zebra.host} ${zebra.port}`));
    expect(session.mode).toBe('privileged');
    expect((await session.sendCommand('show version')).output).toContain('FRRouting');
    expect(await session.sendConfig(['interface lo', 'description far away'])).toMatchObject({ ok: true });
    expect((await session.sendCommand('show running-config')).output).toContain(' description far away');
    expect(await session.sendConfig(['interface lo', 'no description'])).toMatchObject({ ok: true });
  });

  test('is not mistaken for the host where the port is closed', async () => {
    const zebra = real().device('zebra');
    const error = await failure(connect(behindShell(zebra, 'telnet 127.0.0.1 1')));
    expect(error.code).toBe('unexpected_prompt');
    expect(error.message).toContain('Connection refused');
  });
});
