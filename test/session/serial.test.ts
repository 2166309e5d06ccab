import { join } from 'node:path';
import { startLab } from 'rollcall/lab';
import { connect, Secret, type SessionTarget } from 'rollcall/session';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Logger, setLogger, silentLogger } from '#dist/base/index.js';
import { needOrSkip } from '../real/needs.ts';
import { realDevicesOrSkip } from '../real/use.ts';
import { ptyLine } from '../transport/pty.ts';
import { listen, ownSurroundings } from '../transport/surroundings.ts';
import { consoleOf } from './console-line.ts';
import { failure } from './failure.ts';

const { folder } = ownSurroundings();
needOrSkip('socat');

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

const credentials = { username: 'ann', password: new Secret('open sesame'), secret: new Secret('deep secret') };
let lines = 0;

/** A simulated IOS whose console hangs on a serial line. */
async function consoleLab() {
  const name = `R${++lines}`;
  const lab = await startLab({
    devices: [{ name }],
    transport: 'telnet',
    platform: 'cisco_ios',
    username: 'ann',
    password: 'open sesame',
    secret: 'deep secret',
  });
  const port = lab.devices[0]?.port ?? 0;
  const line = await consoleOf(port);
  const path = join(folder, `line-of-${name}`);
  const target: SessionTarget = { host: path, transport: 'serial', platform: 'cisco_ios', ...credentials };
  return {
    name,
    line,
    target,
    /** Plugs the cable in. */
    plug: () => ptyLine(path, `TCP:127.0.0.1:${line.port}`),
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await lab[Symbol.asyncDispose]();
    },
  };
}

describe.concurrent('the console of a device on a serial line', () => {
  test('is woken, logged in to like any other, and logged out at the end', async () => {
    await using lab = await consoleLab();
    await using _cable = await lab.plug();
    const session = await connect(lab.target);
    expect(session.mode).toBe('privileged');
    expect((await session.sendCommand('show version')).output).toContain('Cisco IOS');
    await session.sendConfig(['interface Loopback7', 'description by console']);
    await session.close();
    expect(lab.line.inUse).toBe(false);
    expect(warningsOf(lab.name)).toEqual([]);
  });

  test('is left from the middle of a configuration as well', async () => {
    await using lab = await consoleLab();
    await using _cable = await lab.plug();
    const session = await connect(lab.target);
    await session.enterMode('config');
    await session.close();
    expect(lab.line.inUse).toBe(false);
  });

  test('that was left logged in in privileged mode works, is warned about once, and is logged out then', async () => {
    await using lab = await consoleLab();
    {
      await using _cable = await lab.plug();
      const session = await connect(lab.target);
      // The cable is pulled in the middle: nobody can log out.
      await _cable.unplug();
      expect(await failure(session.sendCommand('show clock'))).toMatchObject({ code: 'closed' });
      await session.close();
    }
    expect(lab.line.inUse).toBe(true);
    await using _cable = await lab.plug();
    const session = await connect(lab.target);
    expect(session.hostname).toBe(lab.name);
    await session.sendCommand('show clock');
    await session.close();
    expect(warningsOf(lab.name)).toEqual([`the console of ${lab.name} was left logged in in privileged mode`]);
    expect(lab.line.inUse).toBe(false);
  });

  test('at the wrong speed is told from one that is silent', async () => {
    const noise = Buffer.from(
      Array.from({ length: 60 }, (_, index) => [0xfe, 0x80, 0xf8, 0x1c, 0xe0, 0x8e][index % 6] ?? 0),
    );
    await using server = await listen((socket) => socket.on('data', () => socket.write(noise)));
    const path = join(folder, `line-${++lines}`);
    await using _cable = await ptyLine(path, `TCP:127.0.0.1:${server.port}`);
    const target = { host: path, transport: 'serial', platform: 'cisco_ios', serial: { baudRate: 115_200 } } as const;
    const error = await failure(connect({ ...target, ...credentials, timeouts: { connectMs: 3_500 } }));
    expect(error.code).toBe('connect_timeout');
    expect(error.message).toMatch(
      /what came is no text: is the speed of the line right \(serial.baudRate, now 115200\)\?$/,
    );
  });
});

describe('a real login on a serial line', () => {
  const real = realDevicesOrSkip();

  test('is a session as over SSH, and over when its user is logged out', async () => {
    const { username = '', password } = real().device('shell');
    const path = join(folder, `line-${++lines}`);
    await using _cable = await ptyLine(path, 'EXEC:/bin/login -p,pty,setsid,ctty,stderr,echo', { waits: true });
    // It speaks first: a key pressed before that, on a slow machine, would be an answer to its first question.
    const target = { host: path, transport: 'serial', platform: 'linux', username, console: false } as const;
    const session = await connect({ ...target, password: new Secret(password) });
    expect((await session.sendCommand('tty')).output).toMatch(/^\/dev\/pts\/\d+$/);
    await session.close();
    expect(warnings.filter((message) => message.includes(path))).toEqual([]);
  });

  test('that refuses the password says so', async () => {
    const { username = '' } = real().device('shell');
    const path = join(folder, `line-${++lines}`);
    await using _cable = await ptyLine(path, 'EXEC:/bin/login -p,pty,setsid,ctty,stderr,echo', { waits: true });
    // It speaks first: a key pressed before that, on a slow machine, would be an answer to its first question.
    const target = { host: path, transport: 'serial', platform: 'linux', username, console: false } as const;
    const error = await failure(connect({ ...target, password: new Secret('wrong one') }));
    expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication', phase: 'login' });
    expect(error.message).toContain(path);
  });
});
