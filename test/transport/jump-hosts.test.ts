import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { Deadline, type RollcallError, Secret } from '#dist/base/index.js';
import {
  type Connection,
  type ConnectionOptions,
  type ConnectionTarget,
  type JumpHost,
  openConnection,
} from '#dist/transport/index.js';
import { blackHole } from './black-hole.ts';
import { type JumpServer, NO_ROOM, PROHIBITED, serveJump } from './jump-server.ts';
import { serveSsh } from './ssh-server.ts';
import { type Listener, leavesNothingOpen, listen, ownSurroundings } from './surroundings.ts';

ownSurroundings();
leavesNothingOpen();

const hop = ({ port }: Listener): JumpHost => ({
  ...{ host: '127.0.0.1', port, username: 'hop' },
  password: new Secret('over'),
});

/** What greets everybody. */
const greeter = (): Promise<Listener> => listen((socket) => socket.write('hello'));

interface Through {
  readonly jump: readonly JumpHost[];
  readonly options?: Partial<ConnectionOptions>;
}

/** Opens a way through jump hosts, and waits until the far end has greeted. */
async function open({ port }: Listener, { jump, options = {} }: Through): Promise<Connection> {
  const target: ConnectionTarget = { host: '127.0.0.1', port, transport: 'telnet', route: { jump } };
  const deadline = Deadline.after(10_000);
  const connection = await openConnection(target, { deadline, hostKeys: { policy: 'off' }, ...options });
  const shell = await connection.openShell({ columns: 80, rows: 24, terminal: 'vt100', deadline });
  await new Promise<void>((resolve) => shell.onData(() => resolve()));
  return connection;
}

const failure = (opening: Promise<Connection>): Promise<RollcallError> =>
  opening.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: RollcallError) => error,
  );

const root = process.env.ROLLCALL_PACKAGE ?? join(import.meta.dirname, '..', '..');
const door = (room: string): string => pathToFileURL(join(root, 'dist', room, 'index.js')).href;

const closeAll = (connections: readonly Connection[]) => Promise.all(connections.map((one) => one.close()));
const closed = (server: JumpServer) =>
  vi.waitFor(() => expect(server.open()).toBe(0), { timeout: 8_000, interval: 20 });

describe.each([
  ['no room (4)', NO_ROOM],
  ['prohibited (1)', PROHIBITED],
])('a jump host that allows 3 channels on a connection, and refuses more as %s', (_name, reason) => {
  test('gets as many connections as it takes, one at a time', async () => {
    await using server = await serveJump({ channels: 3, reason });
    await using far = await greeter();
    const all = await Promise.all(Array.from({ length: 8 }, () => open(far, { jump: [hop(server)] })));
    expect(far.sockets).toHaveLength(8);
    expect(server.open()).toBe(3);
    // What was learned holds: a place that becomes free is taken again, and no connection more is made.
    await all[0]?.close();
    const again = await open(far, { jump: [hop(server)] });
    expect(server.sockets).toHaveLength(3);
    await closeAll([...all, again]);
  });
});

test('a jump host that takes no second connection lets the others wait for a free channel', async () => {
  await using server = await serveJump({ channels: 2, connections: 1 });
  await using far = await greeter();
  const first = await Promise.all([open(far, { jump: [hop(server)] }), open(far, { jump: [hop(server)] })]);
  const waiting = [open(far, { jump: [hop(server)] }), open(far, { jump: [hop(server)] })];
  // It has hung up on a second connection once by now, and will again.
  await vi.waitFor(() => expect(server.sockets.length).toBeGreaterThan(2), { timeout: 5_000, interval: 10 });
  await closeAll(first);
  const second = await Promise.all(waiting);
  expect(server.open()).toBe(1);
  await closeAll(second);
}, 20_000);

test('a target that a jump host forbids is told from too many channels, and the others go on', async () => {
  await using far = await greeter();
  await using forbidden = await greeter();
  await using server = await serveJump({ ports: [far.port] });
  const alone = await failure(open(forbidden, { jump: [hop(server)] }));
  expect(alone).toMatchObject({ name: 'UnreachableError', code: 'unreachable', phase: 'connect' });
  const held = await open(far, { jump: [hop(server)] });
  const errors = await Promise.all(Array.from({ length: 5 }, () => failure(open(forbidden, { jump: [hop(server)] }))));
  for (const { message } of errors) {
    expect(message).toContain(`jump host 127.0.0.1:${server.port}: it does not forward to 127.0.0.1:${forbidden.port}`);
  }
  // One more to see whether the first was only full, and at the most one that was begun meanwhile.
  expect(server.sockets.length).toBeLessThanOrEqual(3);
  const before = server.sockets.length;
  await closeAll([held, await open(far, { jump: [hop(server)] })]);
  expect(server.sockets).toHaveLength(before);
});

test('more than 100 channels are spread over connections', async () => {
  await using server = await serveJump();
  await using far = await greeter();
  const all = await Promise.all(Array.from({ length: 101 }, () => open(far, { jump: [hop(server)] })));
  expect(server.sockets).toHaveLength(2);
  await closeAll(all);
  await closed(server);
}, 20_000);

test('a connection that broke while nobody used it is replaced, and never shared again', async () => {
  await using server = await serveJump();
  await using far = await greeter();
  await (await open(far, { jump: [hop(server)] })).close();
  for (const socket of server.sockets) socket.resetAndDestroy();
  const next = await open(far, { jump: [hop(server)] });
  expect(server.sockets).toHaveLength(2);
  await next.close();
});

test('one whose login fails is not shared: the next one tries again, and each waiting session hears why', async () => {
  await using server = await serveJump();
  await using far = await greeter();
  const wrong = { ...hop(server), password: new Secret('wrong') };
  const errors = await Promise.all(Array.from({ length: 3 }, () => failure(open(far, { jump: [wrong] }))));
  expect(server.passwords).toEqual(['hop:wrong']);
  expect(new Set(errors).size).toBe(3);
  for (const error of errors) {
    expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication', phase: 'authenticate' });
    expect(error.message).toContain(`jump host 127.0.0.1:${server.port}: it refused`);
    expect(error.details).toMatchObject({ at: `jump host 127.0.0.1:${server.port}` });
  }
  await failure(open(far, { jump: [wrong] }));
  expect(server.passwords).toEqual(['hop:wrong', 'hop:wrong']);
});

test('the password of the device is never sent to a jump host', async () => {
  await using server = await serveJump();
  const target: ConnectionTarget = {
    ...{ host: '127.0.0.1', port: 9, username: 'hop', password: new Secret('of the device') },
    route: { jump: [{ host: '127.0.0.1', port: server.port, username: 'hop' }] },
  };
  const opening = openConnection(target, { deadline: Deadline.after(5_000), hostKeys: { policy: 'off' } });
  expect(await failure(opening)).toMatchObject({ name: 'AuthenticationError' });
  expect(server.passwords).toEqual([]);
});

test('a chain goes through each of its hosts, and a break in it is told with its place', async () => {
  await using first = await serveJump();
  await using second = await serveJump();
  await using far = await greeter();
  const jump = [hop(first), hop(second)];
  const target: ConnectionTarget = { host: '127.0.0.1', port: far.port, transport: 'telnet', route: { jump } };
  const deadline = Deadline.after(5_000);
  const connection = await openConnection(target, { deadline, hostKeys: { policy: 'off' } });
  const shell = await connection.openShell({ columns: 80, rows: 24, terminal: 'vt100', deadline });
  const ended = new Promise<Error | undefined>((resolve) => shell.onClose(resolve));
  for (const socket of first.sockets) socket.resetAndDestroy();
  const error = await ended;
  expect(error).toMatchObject({ name: 'ConnectionClosedError', code: 'closed' });
  expect(error?.message).toContain(`jump host 127.0.0.1:${first.port}`);
  await connection.close();
  await closed(second);
});

describe.runIf(process.platform === 'linux')('a jump host that does not answer', () => {
  test('is named when the time is over, or it is called off', async () => {
    await using hole = await blackHole();
    await using far = await greeter();
    const jump = [{ host: '127.0.0.1', port: hole.port, username: 'hop' }];
    const late = await failure(open(far, { jump, options: { deadline: Deadline.after(150) } }));
    expect(late).toMatchObject({ name: 'UnreachableError', code: 'connect_timeout', phase: 'connect' });
    expect(late.message).toBe(`jump host 127.0.0.1:${hole.port}: no answer to the connection attempt in time`);
    const calledOff = new AbortController();
    setTimeout(() => calledOff.abort(), 50);
    const aborted = await failure(open(far, { jump, options: { signal: calledOff.signal } }));
    expect(aborted).toMatchObject({ name: 'AbortedError', code: 'cancelled' });
  });

  test('or not in SSH', async () => {
    await using silent = await listen(() => {});
    await using far = await greeter();
    const jump = [{ host: '127.0.0.1', port: silent.port, username: 'hop', password: new Secret('over') }];
    const late = await failure(open(far, { jump, options: { deadline: Deadline.after(150) } }));
    expect(late).toMatchObject({ name: 'DeviceTimeoutError', code: 'connect_timeout', phase: 'negotiate' });
    expect(late.message).toContain(`jump host 127.0.0.1:${silent.port}: `);
  });
});

test('one person is asked once for all who wait, also when the first of them has left', async () => {
  await using server = await serveSsh({
    methods: ['keyboard-interactive'],
    questions: [[{ prompt: 'Code: ', echo: true, answer: '123' }]],
  });
  await using far = await greeter();
  const asked: string[] = [];
  const calledOff = new AbortController();
  const jump = [{ host: '127.0.0.1', port: server.port, username: 'hop', ssh: { useKeys: false, allowAgent: false } }];
  const ask = (name: string) => (question: { host: string; prompt: string }) => {
    asked.push(`${name}: ${question.host} ${question.prompt}`);
    return Promise.resolve('123');
  };
  const all = ['a', 'b', 'c'].map((name) =>
    failure(open(far, { jump, options: { ask: ask(name), ...(name === 'a' ? { signal: calledOff.signal } : {}) } })),
  );
  calledOff.abort();
  const [first, ...others] = await Promise.all(all);
  expect(first).toMatchObject({ name: 'AbortedError' });
  // This server forwards nothing, but it has let us in.
  for (const other of others) expect(other).toMatchObject({ name: 'UnreachableError' });
  expect(asked).toEqual(['b: 127.0.0.1 Code:']);
});

// The best of three: a busy machine is slower than we are, never quicker.
test('a program that is done ends at once: a connection that is kept for later does not hold it up', {
  retry: 2,
}, async () => {
  await using server = await serveJump();
  await using far = await greeter();
  const source = `
    const { Deadline, Secret } = await import(${JSON.stringify(door('base'))});
    const { openConnection } = await import(${JSON.stringify(door('transport'))});
    const jump = [{ host: '127.0.0.1', port: ${server.port}, username: 'hop', password: new Secret('over') }];
    const target = { host: '127.0.0.1', port: ${far.port}, transport: 'telnet', route: { jump } };
    const options = { deadline: Deadline.after(10_000), hostKeys: { policy: 'off' } };
    await (await openConnection(target, options)).close();
    console.log('closed');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => createInterface(child.stdout).once('line', resolve));
  const start = performance.now();
  expect(await ended).toBe(0);
  expect(performance.now() - start).toBeLessThan(2_000);
});
