import { startLab } from 'rollcall/lab';
import { connect, Secret, type SessionTarget } from 'rollcall/session';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Logger, setLogger, silentLogger } from '#dist/base/index.js';
import { listen, ownSurroundings } from '../transport/surroundings.ts';
import { consoleOf } from './console-line.ts';
import { failure } from './failure.ts';
import { reverseTelnet, type TerminalServerSettings } from './reverse-telnet.ts';

ownSurroundings();

/** Of all tests: each has a device with a name of its own. */
const warnings: string[] = [];
const warningsOf = (name: string): string[] => warnings.filter((message) => message.includes(` ${name} `));
let before: Logger;
beforeAll(() => {
  before = setLogger({ ...silentLogger, warn: (message) => warnings.push(message) });
});
afterAll(() => {
  setLogger(before);
});
let routers = 0;

const OPERATOR = { username: 'operator', password: 'tower key' } as const;
const DEVICE = { username: 'ann', password: 'open sesame', secret: 'deep secret' } as const;

/** A simulated device, its console, and a port of a terminal server in front of it. */
async function lab(settings: Partial<TerminalServerSettings> = {}) {
  const name = `R${++routers}`;
  const devices = await startLab({ devices: [{ name }], transport: 'telnet', platform: 'cisco_ios', ...DEVICE });
  const line = await consoleOf(devices.devices[0]?.port ?? 0);
  const server = await reverseTelnet({ ...OPERATOR, line: line.port, ...settings });
  const target: SessionTarget = {
    host: '127.0.0.1',
    port: server.port,
    transport: 'telnet',
    platform: 'cisco_ios',
    username: DEVICE.username,
    password: new Secret(DEVICE.password),
    secret: new Secret(DEVICE.secret),
    terminalServer: { username: OPERATOR.username, password: new Secret(OPERATOR.password) },
  };
  return {
    name,
    line,
    server,
    target,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await line[Symbol.asyncDispose]();
      await devices[Symbol.asyncDispose]();
    },
  };
}

describe.concurrent('a port of a terminal server that has a login of its own', () => {
  test('leads to the console behind it: two logins, each with its own name and password', async () => {
    await using one = await lab({ greeting: 'Password OK\r\n' });
    const session = await connect(one.target);
    expect(session.hostname).toBe(one.name);
    expect((await session.sendCommand('show version')).output).toContain('Cisco IOS');
    await session.close();
    expect(one.server.typed()).toBe('operator\rtower key\r');
    expect(one.line.typed()).toMatch(/^\rann\ropen sesame\r/);
    expect(one.line.typed()).not.toContain('tower');
    expect(one.line.inUse).toBe(false);
    expect(warningsOf(one.name)).toEqual([]);
  });

  test('that refuses its own login gets nothing of the device, and is named', async () => {
    await using one = await lab();
    const terminalServer = { username: 'operator', password: new Secret('wrong one') };
    const error = await failure(connect({ ...one.target, terminalServer }));
    expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication', phase: 'login' });
    expect(error.message).toMatch(
      /the terminal server refused user 'operator'; nothing was sent to the device behind it$/,
    );
    expect(one.server.typed()).toBe('operator\rwrong one\r');
    expect(one.line.typed()).toBe('');
  });

  test('that refuses its own login is not tried again with another login of the device: that would not help', async () => {
    await using one = await lab();
    const terminalServer = { username: 'operator', password: new Secret('wrong one') };
    const credentials = [{ username: 'bob', password: new Secret('other') }];
    const error = await failure(connect({ ...one.target, credentials, terminalServer }));
    expect(error.message).toContain("the terminal server refused user 'operator'");
    expect(one.server.typed()).toBe('operator\rwrong one\r');
  });

  test('that refuses it without a word, but for its question again, is understood as well', async () => {
    await using one = await lab({ refusal: '\r\n' });
    const terminalServer = { username: 'operator', password: new Secret('wrong one') };
    const error = await failure(connect({ ...one.target, terminalServer }));
    expect(error.message).toContain("the terminal server refused user 'operator'");
    expect(one.server.typed()).toBe('operator\rwrong one\r');
  });

  test('that takes its time to refuse it, longer than a console is waited for, is not mistaken for the device', async () => {
    await using one = await lab({ refuseAfterMs: 2_500 });
    const terminalServer = { username: 'operator', password: new Secret('wrong one') };
    const error = await failure(connect({ ...one.target, terminalServer }));
    expect(error.message).toContain("the terminal server refused user 'operator'");
    expect(one.server.typed()).toBe('operator\rwrong one\r\r');
  });

  test('leads to a console whose user mode needs no login, or was left: nobody can tell, and the warning says so', async () => {
    await using one = await lab();
    const { secret: _, ...target } = one.target;
    const first = await connect(target);
    for (const socket of one.server.sockets) socket.destroy();
    await failure(first.sendCommand('show clock'));
    await using session = await connect(target);
    expect(session.mode).toBe('exec');
    const says = `the console of ${one.name} was left logged in in exec mode, or it asks for no login`;
    expect(warningsOf(one.name)).toEqual([says]);
  });

  test('is not blamed for a device that refuses its own', async () => {
    await using one = await lab();
    const error = await failure(connect({ ...one.target, password: new Secret('wrong two') }));
    expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication' });
    expect(error.message).toContain("the device refused user 'ann'");
    expect(error.message).not.toContain('terminal server');
  });

  test('that asks for a name, where none is given, gets none of the device', async () => {
    await using one = await lab();
    const error = await failure(connect({ ...one.target, terminalServer: {} }));
    expect(error.message).toContain('the terminal server asks for a username, and none is given');
    expect(one.server.typed()).toBe('');
  });

  test('leads to a console that somebody has left logged in, which is warned about', async () => {
    await using one = await lab();
    const first = await connect(one.target);
    for (const socket of one.server.sockets) socket.destroy();
    await failure(first.sendCommand('show clock'));
    expect(one.line.inUse).toBe(true);
    await using session = await connect(one.target);
    expect(session.mode).toBe('privileged');
    expect(warningsOf(one.name)).toEqual([`the console of ${one.name} was left logged in in privileged mode`]);
  });

  test('hides a platform that is to be detected no more than telnet does', async () => {
    await using one = await lab();
    await using session = await connect({ ...one.target, platform: 'autodetect' });
    expect(session.platform).toBe('cisco_ios');
    expect((await session.sendCommand('show clock')).ok).toBe(true);
  });
});

describe('the login at a terminal server', () => {
  test('shows no secret of either side in an error', async () => {
    await using server = await listen((socket) => {
      socket.write('Username: ');
      socket.once('data', () => socket.write('\r\nPassword: '));
      socket.on('data', (bytes) => {
        if (bytes.includes('tower')) socket.end('\r\ntower key open sesame deep secret\r\n');
      });
    });
    const error = await failure(
      connect({
        ...{ host: '127.0.0.1', port: server.port, transport: 'telnet', platform: 'cisco_ios', username: 'ann' },
        ...{ password: new Secret('open sesame'), secret: new Secret('deep secret') },
        terminalServer: { username: 'operator', password: new Secret('tower key') },
      }),
    );
    expect(error.code).toBe('closed');
    const all = `${error.message} ${JSON.stringify(error.details)} ${error.stack}`;
    expect(all).toContain('lastReceived');
    expect(all).not.toMatch(/tower key|open sesame|deep secret/);
  });

  test.each([
    [{ comand: 'telnet x' }, "terminalServer has no option 'comand'; did you mean 'command'?"],
    [{ command: 'telnet x\rreload' }, 'terminalServer.command must be one line'],
    [{ command: ' ' }, 'terminalServer.command must be one line'],
    [{ password: 'plain' }, 'terminalServer.password must be a Secret (new Secret(text)), or a reference'],
    [{ secret: new Secret('x') }, 'terminalServer.secret is for one that a command is typed at'],
    [{ secret: new Secret('x'), command: 'telnet r1' }, "terminalServer.secret has no use: its platform 'generic'"],
    [{ username: 7 }, 'terminalServer.username must be a text; got 7'],
    [{ platform: 'cisco_ois', command: 'x' }, 'cisco_ois'],
  ])('is checked before anything is reached: %j', async (terminalServer, says) => {
    const error = await failure(
      connect({ host: 'nowhere.invalid', platform: 'cisco_ios', terminalServer } as SessionTarget),
    );
    expect(error.message).toContain(says);
    expect(['bad_option', 'unknown_platform']).toContain(error.code);
    expect(error.message).not.toContain('plain');
  });
});
