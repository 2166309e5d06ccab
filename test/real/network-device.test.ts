import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Deadline, type RollcallError } from '#dist/base/index.js';
import { openConnection, type RouteOptions } from '#dist/transport/index.js';
import { Connector } from '#dist/transport/route/connector.js';
import { listen } from '../transport/surroundings.ts';
import { needOrSkip } from './needs.ts';

// A namespace with two links to it: each has an address of its own on our side (RFC 2544's range for tests).
const id = randomBytes(3).toString('hex');
const namespace = `rollcall-${id}`;
const links = [`rc${id}a`, `rc${id}b`] as const;
const OURS = ['198.18.77.1', '198.18.77.5'] as const;
const THERE = '198.18.77.2';
const exec = ['ip', 'netns', 'exec', namespace];

/** Greets at once with more than fits one packet, who it is that came, and then says everything back. */
const SERVER = `
  const server = require('node:net').createServer((socket) => {
    socket.on('error', () => {});
    socket.write('x'.repeat(100_000) + ' you are ' + socket.remoteAddress + ';');
    socket.pipe(socket);
  });
  server.listen(0, '0.0.0.0', () => console.log(server.address().port));
`;

const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8', stdio: 'pipe' });
const can = needOrSkip('netns');
let server: ChildProcess | undefined;
let port = 0;

beforeAll(async () => {
  if (!can) return;
  ip('netns', 'add', namespace);
  for (const [index, link] of links.entries()) {
    const peer = `${link}p`;
    ip('link', 'add', link, 'type', 'veth', 'peer', 'name', peer);
    ip('link', 'set', peer, 'netns', namespace);
    ip('addr', 'add', `${OURS[index]}/30`, 'dev', link);
    ip('link', 'set', link, 'up');
    ip('-n', namespace, 'addr', 'add', `198.18.77.${index * 4 + 2}/30`, 'dev', peer);
    ip('-n', namespace, 'link', 'set', peer, 'up');
  }
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  const [program = '', ...args] = exec;
  const child = spawn(program, [...args, process.execPath, '-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  server = child;
  port = Number(await new Promise<string>((settle) => createInterface(child.stdout).once('line', settle)));
});
afterAll(async () => {
  if (!can) return;
  const ended = new Promise((settle) => server?.once('close', settle));
  server?.kill('SIGKILL');
  await ended;
  for (const link of links) ip('link', 'delete', link);
  ip('netns', 'delete', namespace);
});

/** Who the server says that we are, over telnet. */
async function whoAmI(route: RouteOptions): Promise<string> {
  const deadline = Deadline.after(5_000);
  const connection = await openConnection({ host: THERE, port, transport: 'telnet', route }, { deadline });
  try {
    const shell = await connection.openShell({ columns: 80, rows: 24, terminal: 'vt100', deadline });
    let heard = '';
    return await new Promise<string>((settle) =>
      shell.onData((bytes) => {
        heard += Buffer.from(bytes).toString();
        const who = /you are (.*);/.exec(heard)?.[1];
        if (who !== undefined) settle(who);
      }),
    );
  } finally {
    connection.destroy();
  }
}

const failure = (opening: Promise<unknown>): Promise<RollcallError> =>
  opening.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: RollcallError) => error,
  );

describe('networkDevice of a plain network device', () => {
  test('is whose address connections come from; sourceAddress alike', async () => {
    expect(await whoAmI({})).toBe(OURS[0]);
    expect(await whoAmI({ networkDevice: links[0] })).toBe(OURS[0]);
    expect(await whoAmI({ networkDevice: links[1] })).toBe(OURS[1]);
    expect(await whoAmI({ sourceAddress: OURS[1] })).toBe(OURS[1]);
  });

  test('that there is not is refused, with those that there are', async () => {
    const error = await failure(whoAmI({ networkDevice: 'nosuch0' }));
    expect(error).toMatchObject({ name: 'OptionError', code: 'bad_option', phase: 'connect' });
    expect(error.message).toMatch(new RegExp(`must be a VRF or network device of this machine \\(.*${links[0]}.*\\)`));
    for (const networkDevice of ['../lo', '-h', 'a b', 'x'.repeat(16), '']) {
      expect((await failure(whoAmI({ networkDevice }))).message).toContain(
        'must be the name of a VRF or network device',
      );
    }
  });
});

describe('a process that connects for us, under another command', () => {
  const connector = () => Connector.for(exec);
  const deadline = () => Deadline.after(10_000);

  test('reaches what only it can reach, and nothing that was said meanwhile is lost', async () => {
    // Nobody listens at this address out here.
    await expect(whoAmI({ addressFamily: 4 })).resolves.toBe(OURS[0]);
    const sockets = await Promise.all(
      Array.from({ length: 5 }, () => connector().connect({ host: '127.0.0.1', port }, { deadline: deadline() })),
    );
    for (const socket of sockets) {
      let heard = '';
      socket.setEncoding('utf8').on('data', (text: string) => {
        heard += text;
      });
      await vi.waitFor(() => expect(heard).toMatch(/^x{100000} you are 127\.0\.0\.1;$/), {
        timeout: 5_000,
        interval: 10,
      });
      socket.write('and back');
      await vi.waitFor(() => expect(heard).toMatch(/;and back$/), { timeout: 5_000, interval: 10 });
      socket.destroy();
    }
  });

  test('tells errors as they are, is called off, and keeps the deadline', async () => {
    const free = await listen(() => {});
    await free[Symbol.asyncDispose]();
    const closed = await failure(connector().connect({ host: '127.0.0.1', port: free.port }, { deadline: deadline() }));
    expect(closed).toMatchObject({
      name: 'UnreachableError',
      code: 'connect_refused',
      details: { errno: 'ECONNREFUSED' },
    });
    expect(closed.message).toContain('the port is closed');
    const away = await failure(connector().connect({ host: '203.0.113.1', port }, { deadline: deadline() }));
    expect(away).toMatchObject({ name: 'UnreachableError', code: 'unreachable', details: { errno: 'ENETUNREACH' } });

    // An address of the link at which nobody is.
    ip('-n', namespace, 'neigh', 'replace', '198.18.77.1', 'lladdr', '02:00:00:00:00:01', 'dev', `${links[0]}p`);
    const late = await failure(connector().connect({ host: OURS[0], port }, { deadline: Deadline.after(300) }));
    expect(late).toMatchObject({ name: 'UnreachableError', code: 'connect_timeout', phase: 'connect' });
    const calledOff = new AbortController();
    const opening = connector().connect({ host: OURS[0], port }, { deadline: deadline(), signal: calledOff.signal });
    setTimeout(() => calledOff.abort(), 50);
    expect(await failure(opening)).toMatchObject({ name: 'AbortedError', code: 'cancelled' });
  });

  test('that cannot run says why, as ip vrf exec does where there is no such VRF', async () => {
    const none = Connector.for(['ip', 'vrf', 'exec', 'nosuch']);
    const error = await failure(none.connect({ host: '127.0.0.1', port }, { deadline: deadline() }));
    expect(error).toMatchObject({ name: 'UnreachableError', code: 'unreachable', phase: 'connect' });
    expect(error.message).toMatch(/^'ip vrf exec nosuch' gives no connection: it ended with exit code \d+; it says: "/);
    const missing = Connector.for(['/nosuch/ip']);
    const gone = await failure(missing.connect({ host: '127.0.0.1', port }, { deadline: deadline() }));
    expect(gone.message).toContain("'/nosuch/ip' gives no connection: spawn /nosuch/ip ENOENT");
  });
});
