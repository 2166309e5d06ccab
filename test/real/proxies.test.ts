import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { connect, Secret, type SessionOptions, type SessionTarget } from 'rollcall/session';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RouteOptions } from '#dist/transport/index.js';
import { blackHole } from '../transport/black-hole.ts';
import { listen } from '../transport/surroundings.ts';
import type { RealDevice } from './devices.mjs';
import { needOrSkip } from './needs.ts';
import { realDevicesOrSkip } from './use.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-proxies-'));
const knownHostsFile = join(folder, 'known_hosts');

beforeAll(() => {
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('SSH_AUTH_SOCK', '');
});
const children: ChildProcess[] = [];
afterAll(async () => {
  await Promise.all(
    children.map(async (child) => {
      const ended = new Promise((settle) => child.once('close', settle));
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await ended;
    }),
  );
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const real = realDevicesOrSkip();
const options: SessionOptions = { hostKeys: { knownHostsFile }, timeouts: { connectMs: 10_000, idleMs: 5_000 } };

function target(device: RealDevice, route: RouteOptions, rest: Partial<SessionTarget> = {}): SessionTarget {
  const { host, port, transport, username, password, secret, platform } = device;
  return {
    ...{ host, port, transport, username, platform: platform.replace(/_telnet$/, '') },
    password: new Secret(password),
    ...(secret === undefined ? {} : { secret: new Secret(secret) }),
    route,
    ...rest,
  };
}

async function answers(device: RealDevice, route: RouteOptions): Promise<string> {
  await using session = await connect(target(device, route), options);
  return (await session.sendCommand(device.kind === 'zebra' ? 'show version' : 'echo $((40 + 2))')).output;
}

const failure = (opening: Promise<AsyncDisposable>): Promise<Error> =>
  opening.then(
    async (session) => {
      await session[Symbol.asyncDispose]();
      throw new Error('it did not fail');
    },
    (error: Error) => error,
  );

/** An address that nobody listens at. */
async function free(): Promise<number> {
  const server = await listen(() => {});
  await server[Symbol.asyncDispose]();
  return server.port;
}

/** Starts a server that stays in the foreground, and waits until it takes connections. */
async function serve(command: string, args: readonly string[], port: number): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  await vi.waitFor(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = dial(port, '127.0.0.1', () => resolve(void socket.destroy()));
        socket.once('error', reject);
      }),
    { timeout: 5_000, interval: 20 },
  );
}

/** How ssh logs in to the set's sshd, as the words of a command; the host key is not what these tests are about. */
function sshWords(): string[] {
  const { port, username } = real().device('shell');
  writeFileSync(join(folder, 'none'), '');
  return [
    ...['-F', join(folder, 'none'), '-p', String(port), '-l', username ?? '', '-i', real().clientKeys.plain.file],
    ...['-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${join(folder, 'ssh_known_hosts')}`],
    ...['-o', 'BatchMode=yes', '-o', 'LogLevel=ERROR'],
  ];
}

describe('a proxy command', () => {
  describe('of socat', () => {
    needOrSkip('socat');
    test.each(['shell', 'dropbear', 'zebra'] as const)('leads to %s, over SSH and telnet alike', async (kind) => {
      const output = await answers(real().device(kind), { proxyCommand: 'socat - TCP:%h:%p' });
      expect(output).toMatch(kind === 'zebra' ? /^FRRouting/ : /^42$/);
    });

    test('that fails is named, with what it said', async () => {
      const port = await free();
      const error = await failure(
        connect(target(real().device('shell'), { proxyCommand: 'socat - TCP:%h:%p' }, { port }), options),
      );
      expect(error).toMatchObject({ name: 'UnreachableError', code: 'unreachable', phase: 'connect' });
      expect(error.message).toMatch(
        /the proxy command "socat - TCP:127\.0\.0\.1:\d+" ended with exit code 1; it says: .*Connection refused/,
      );
    });

    test('that reads nothing and fails was told as a broken pipe', async () => {
      const proxyCommand = "sh -c 'exec <&-; echo no way >&2; sleep 0.3; exit 3'";
      const error = await failure(connect(target(real().device('shell'), { proxyCommand }), options));
      expect(error).toMatchObject({ name: 'UnreachableError', code: 'unreachable' });
      expect(error.message).toMatch(/ended with exit code 3; it says: no way$/);
    });

    test('is ended with the session, and when it is called off while nobody answers', async () => {
      const shell = real().device('shell');
      const mark = `${folder}/mark`;
      const running = (): boolean => spawnedWith(mark);
      // The shell's own arguments hold the mark, and exec gives them to socat.
      const proxyCommand = `socat -lp${mark} - TCP:%h:%p`;
      const session = await connect(target(shell, { proxyCommand }), options);
      expect(running()).toBe(true);
      await session.close();
      await vi.waitFor(() => expect(running()).toBe(false), { timeout: 5_000, interval: 20 });

      await using hole = await blackHole();
      const calledOff = new AbortController();
      const opening = failure(
        connect(target(shell, { proxyCommand }, { port: hole.port }), { ...options, signal: calledOff.signal }),
      );
      await vi.waitFor(() => expect(running()).toBe(true), { timeout: 5_000, interval: 20 });
      calledOff.abort();
      expect(await opening).toMatchObject({ name: 'AbortedError' });
      await vi.waitFor(() => expect(running()).toBe(false), { timeout: 5_000, interval: 20 });
    });
  });

  test('of ssh -W leads through another host', async () => {
    const words = sshWords().map((word) => word.replaceAll('%', '%%'));
    const proxyCommand = ['ssh', ...words, '-W', '%h:%p', '127.0.0.1'].join(' ');
    expect(await answers(real().device('dropbear'), { proxyCommand })).toBe('42');
  });

  test('that ends in the middle of a session is named', async () => {
    const proxyCommand = 'sh -c \'read -r line < /dev/null; socat -T 1 - TCP:%h:%p; echo "no more" >&2; exit 3\'';
    const session = await connect(target(real().device('shell'), { proxyCommand }), options);
    const error = await session.sendCommand('sleep 20').catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'ConnectionClosedError', code: 'closed' });
    expect((error as Error).message).toMatch(/the proxy command .* ended with exit code 3; it says: no more/);
    await session.close();
  });
});

/** Whether a process has this among its arguments. */
function spawnedWith(mark: string): boolean {
  return readdirSync('/proc').some((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(join('/proc', name, 'cmdline'), 'utf8').includes(mark);
    } catch {
      return false;
    }
  });
}

describe('a SOCKS proxy', () => {
  test('of ssh -D leads to SSH and telnet', async () => {
    const port = await free();
    await serve('ssh', [...sshWords(), '-N', '-D', `127.0.0.1:${port}`, '127.0.0.1'], port);
    const socks = { host: '127.0.0.1', port };
    expect(await answers(real().device('dropbear'), { socks })).toBe('42');
    expect(await answers(real().device('zebra'), { socks })).toMatch(/^FRRouting/);
    const gone = await failure(connect(target(real().device('shell'), { socks }, { port: await free() }), options));
    // It says that it is connected before it is, and then hangs up.
    expect(gone).toMatchObject({ name: 'ConnectionClosedError', code: 'closed' });
  });

  describe('of its own', () => {
    needOrSkip('socks');
    const password = 'a proxy phrase';

    async function microsocks(...args: string[]): Promise<number> {
      const port = await free();
      await serve('microsocks', ['-i', '127.0.0.1', '-p', String(port), ...args], port);
      return port;
    }

    test('leads on with and without a password, and looks up the name itself', async () => {
      const open = await microsocks();
      expect(await answers(real().device('shell'), { socks: { host: '127.0.0.1', port: open } })).toBe('42');
      const named = { ...real().device('shell'), host: 'localhost' as '127.0.0.1' };
      const port = await microsocks('-u', 'proxy-user', '-P', password);
      const socks = { host: '127.0.0.1', port, username: 'proxy-user', password: new Secret(password) };
      expect(await answers(named, { socks })).toBe('42');
      expect(await answers(real().device('zebra'), { socks })).toMatch(/^FRRouting/);
    });

    test('that refuses the password is named, and the password is nowhere in the error', async () => {
      const port = await microsocks('-u', 'proxy-user', '-P', 'another');
      const socks = { host: '127.0.0.1', port, username: 'proxy-user', password: new Secret(password) };
      const error = await failure(connect(target(real().device('shell'), { socks }), options));
      expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication' });
      expect(error.message).toContain(`SOCKS proxy 127.0.0.1:${port}: it refused user 'proxy-user'`);
      expect(error.message).not.toContain('unable to connect');
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(password);
      const without = await failure(
        connect(target(real().device('shell'), { socks: { host: '127.0.0.1', port } }), options),
      );
      expect(without.message).toContain('it wants a user name and password');
    });

    test('that cannot reach the device says why', async () => {
      const socks = { host: '127.0.0.1', port: await microsocks() };
      const shell = real().device('shell');
      const port = await free();
      const closed = await failure(connect(target(shell, { socks }, { port }), options));
      expect(closed).toMatchObject({ name: 'UnreachableError', code: 'connect_refused', phase: 'connect' });
      expect(closed.message).toContain(
        `SOCKS proxy 127.0.0.1:${socks.port}: 127.0.0.1:${port}, asked for from there: the port is closed`,
      );
      const unknown = await failure(connect(target(shell, { socks }, { host: 'nosuch.invalid' }), options));
      expect(unknown).toMatchObject({ name: 'UnreachableError', code: 'unreachable' });
    });
  });

  test('that is not there, is silent, or is something else is named', async () => {
    const shell = real().device('shell');
    const gone = await free();
    const none = await failure(connect(target(shell, { socks: { host: '127.0.0.1', port: gone } }), options));
    expect(none).toMatchObject({ name: 'UnreachableError', code: 'connect_refused', phase: 'connect' });
    expect(none.message).toContain(`SOCKS proxy 127.0.0.1:${gone}: the port is closed`);

    await using silent = await listen(() => {});
    const late = await failure(
      connect(
        target(shell, { socks: { host: '127.0.0.1', port: silent.port } }, { timeouts: { connectMs: 200 } }),
        options,
      ),
    );
    expect(late).toMatchObject({ name: 'UnreachableError', code: 'connect_timeout', phase: 'connect' });

    await using web = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const other = await failure(connect(target(shell, { socks: { host: '127.0.0.1', port: web.port } }), options));
    expect(other).toMatchObject({ name: 'NegotiationError', code: 'negotiation' });
    expect(other.message).toContain('it does not speak SOCKS 5');
  });
});
