import { connect as openSocket } from 'node:net';
import { startLab } from 'rollcall/lab';
import { connect, Secret } from 'rollcall/session';
import { expect, test, vi } from 'vitest';
import { Deadline } from '#dist/base/index.js';
import { type Connection, openConnection } from '#dist/transport/index.js';
import { serveSsh } from './ssh-server.ts';
import { type Listener, leavesNothingOpen, listen, ownSurroundings } from './surroundings.ts';

const places = ownSurroundings();
leavesNothingOpen();

interface Proxy extends Listener {
  /** How often something came from the client. */
  fromClient: number;
  /** Passes nothing on any more and closes nothing, as a device does that lost its power. */
  silent: boolean;
}

async function proxyTo(port: number): Promise<Proxy> {
  const state = { fromClient: 0, silent: false };
  const listener = await listen((socket) => {
    const far = openSocket(port, '127.0.0.1');
    far.on('error', () => {});
    socket.on('data', (bytes) => {
      state.fromClient += 1;
      if (!state.silent) far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (!state.silent) socket.write(bytes);
    });
    socket.on('close', () => far.destroy());
    far.on('close', () => socket.destroy());
  });
  return Object.assign(state, listener) as unknown as Proxy;
}

test('a peer that answers keepalives stays, and one that has vanished is noticed', async () => {
  await using server = await serveSsh({ password: 'sesame', onShell: () => {} });
  await using proxy = await proxyTo(server.port);
  const connection = await openConnection(
    {
      host: '127.0.0.1',
      port: proxy.port,
      username: 'cisco',
      password: new Secret('sesame'),
      ssh: { keepaliveMs: 40 },
    },
    { deadline: Deadline.after(10_000), hostKeys: { policy: 'off' } },
  );
  const shell = await connection.openShell({
    columns: 80,
    rows: 24,
    terminal: 'vt100',
    deadline: Deadline.after(5_000),
  });
  shell.onData(() => {});
  let over: { readonly error?: Error | undefined } | undefined;
  shell.onClose((error) => {
    over = { error };
  });
  const running = await connection.forward('192.0.2.1', 7, { deadline: Deadline.after(200) }).catch((error) => error);
  expect(running).toMatchObject({ code: expect.stringMatching(/closed|connect_timeout/) });
  // Twice as many signs of life as a peer may leave without an answer.
  const enough = proxy.fromClient + 6;
  await vi.waitFor(() => expect(proxy.fromClient).toBeGreaterThan(enough), { timeout: 10_000, interval: 5 });
  expect(over).toBeUndefined();

  proxy.silent = true;
  await vi.waitFor(() => expect(over).toBeDefined(), { timeout: 10_000, interval: 5 });
  expect(over?.error).toMatchObject({
    code: 'closed',
    message: 'the device has vanished: it did not answer 3 keepalives, one every 40 ms',
  });
  await connection.close();
});

test('without keepaliveMs a silent connection sends nothing', async () => {
  await using server = await serveSsh({ password: 'sesame', onShell: () => {} });
  await using quiet = await proxyTo(server.port);
  await using lively = await proxyTo(server.port);
  const open = (port: number, ssh = {}): Promise<Connection> =>
    openConnection(
      { host: '127.0.0.1', port, username: 'cisco', password: new Secret('sesame'), ssh },
      { deadline: Deadline.after(10_000), hostKeys: { policy: 'off' } },
    );
  const silent = await open(quiet.port);
  const other = await open(lively.port, { keepaliveMs: 20 });
  const sent = quiet.fromClient;
  // The one beside it shows that the time was there.
  const enough = lively.fromClient + 5;
  await vi.waitFor(() => expect(lively.fromClient).toBeGreaterThan(enough), { timeout: 10_000, interval: 5 });
  expect(quiet.fromClient).toBe(sent);
  await silent.close();
  await other.close();
});

test('a command on a device that has vanished fails with that, long before it is taken for slow', async () => {
  const lab = await startLab({ devices: [{ name: 'r1', transport: 'ssh' }], stateDirectory: places.state });
  try {
    const [device] = lab.devices;
    if (device === undefined) throw new Error('no device');
    await using proxy = await proxyTo(device.port);
    const session = await connect(
      {
        host: '127.0.0.1',
        port: proxy.port,
        platform: 'cisco_ios',
        username: device.username,
        password: new Secret(device.password),
        ssh: { keepaliveMs: 40 },
      },
      { hostKeys: { policy: 'off' } },
    );
    proxy.silent = true;
    await expect(session.sendCommand('show clock')).rejects.toMatchObject({
      name: 'ConnectionClosedError',
      message: expect.stringMatching(/ended before .* came: the device has vanished: it did not answer 3 keepalives/),
    });
    await session.close();
  } finally {
    await lab.close();
  }
});

test.each([0, -5, Number.NaN, '30'])(
  'keepaliveMs %j is an OptionError before anything is connected',
  async (keepaliveMs) => {
    await using server = await listen(() => {});
    const ssh = { keepaliveMs: keepaliveMs as number };
    await expect(
      openConnection(
        { host: '127.0.0.1', port: server.port, username: 'cisco', password: new Secret('x'), ssh },
        { deadline: Deadline.after(5_000), hostKeys: { policy: 'off' } },
      ),
    ).rejects.toMatchObject({
      name: 'OptionError',
      message: expect.stringMatching(/keepaliveMs must be a number of ms|keepaliveMs must be/),
    });
    expect(server.sockets).toHaveLength(0);
  },
);
