import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionClosedError, connect, Secret, type SessionOptions, type SessionTarget } from 'rollcall/session';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { JumpHost } from '#dist/transport/index.js';
import { blackHole } from '../transport/black-hole.ts';
import { type RealBastion, startBastion, startDropbearBastion } from './bastions.mjs';
import type { RealDevice } from './devices.mjs';
import { realDevicesOrSkip } from './use.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-jump-'));
const knownHostsFile = join(folder, 'known_hosts');

beforeAll(() => {
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('SSH_AUTH_SOCK', '');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const real = realDevicesOrSkip();
const options: SessionOptions = { hostKeys: { knownHostsFile }, timeouts: { connectMs: 20_000, idleMs: 5_000 } };

/** As a target of the transport SSH or telnet, through these jump hosts. */
function target(device: RealDevice, jump: readonly JumpHost[], rest: Partial<SessionTarget> = {}): SessionTarget {
  const { host, port, transport, username, password, secret, platform } = device;
  return {
    ...{ host, port, transport, username, platform: platform.replace(/_telnet$/, '') },
    password: new Secret(password),
    ...(secret === undefined ? {} : { secret: new Secret(secret) }),
    route: { jump },
    ...rest,
  };
}

/** The bastion as a hop, for the user of the plain shell, with the key and without a password. */
function hop({ host, port }: RealBastion, rest: Partial<JumpHost> = {}): JumpHost {
  const { username } = real().device('shell');
  return { host, port, username, ssh: { keyFile: real().clientKeys.plain.file }, ...rest };
}

const failure = (opening: Promise<AsyncDisposable>): Promise<Error & { cause?: unknown }> =>
  opening.then(
    async (session) => {
      await session[Symbol.asyncDispose]();
      throw new Error('it did not fail');
    },
    (error: Error) => error,
  );

const noneLeft = (...bastions: readonly RealBastion[]) =>
  vi.waitFor(() => expect(bastions.map((one) => one.connections())).toEqual(bastions.map(() => 0)), {
    timeout: 15_000,
    interval: 50,
  });

describe('through one jump host', () => {
  test.each(['shell', 'dropbear', 'vtysh', 'zebra'] as const)('to %s', async (kind) => {
    const bastion = await startBastion(real(), `to-${kind}`);
    const session = await connect(target(real().device(kind), [hop(bastion)]), options);
    const command = kind === 'shell' || kind === 'dropbear' ? 'echo $SSH_CONNECTION' : 'show version';
    const { output } = await session.sendCommand(command);
    expect(output).toMatch(/^127\.0\.0\.1 |^FRRouting|^Welcome|zebra/i);
    await session.close();
    expect(bastion.logins()).toBe(1);
  });

  test('that is a dropbear', async () => {
    const bastion = await startDropbearBastion(real(), 'dropbear-bastion');
    await using session = await connect(target(real().device('shell'), [hop(bastion)]), options);
    expect((await session.sendCommand('echo there')).output).toBe('there');
  });

  test('a long answer comes whole, and a long input too', async () => {
    const bastion = await startBastion(real(), 'long');
    await using session = await connect(target(real().device('shell'), [hop(bastion)]), options);
    const { output } = await session.sendCommand('seq 1 200000');
    expect(output.split('\n')).toHaveLength(200_000);
    expect(output.endsWith('\n200000')).toBe(true);
  });
});

describe('many sessions through one jump host', () => {
  test('50 at once share one connection, which serves who comes right after, and then is closed', async () => {
    const bastion = await startBastion(real(), 'shared', { lines: ['MaxSessions 1', 'MaxStartups 1'] });
    const through = target(real().device('shell'), [hop(bastion)]);
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        await using session = await connect(through, { ...options, timeouts: { connectMs: 60_000 } });
        return (await session.sendCommand(`echo number ${index}`)).output;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, (_, index) => `number ${index}`));
    await using late = await connect(through, options);
    expect(late.hostname).not.toBe('');
    expect(bastion.logins()).toBe(1);
    await late.close();
    await noneLeft(bastion);
  }, 60_000);

  test('with other credentials have a connection of their own', async () => {
    const bastion = await startBastion(real(), 'two-users');
    const { username, password } = real().device('shell');
    const ways = [hop(bastion), hop(bastion, { username, password: new Secret(password), ssh: {} })];
    await Promise.all(
      ways.map(async (way) => {
        await using session = await connect(target(real().device('shell'), [way]), options);
        await session.sendCommand('true');
      }),
    );
    expect(bastion.logins()).toBe(2);
  });

  test('wait where the jump host takes no more logins at the moment (MaxStartups)', async () => {
    const bastion = await startBastion(real(), 'startups', { lines: ['MaxStartups 1', 'LoginGraceTime 20'] });
    const idler = dial(bastion.port, bastion.host);
    await new Promise((settle) => idler.once('data', settle));
    const opening = connect(target(real().device('shell'), [hop(bastion)]), options);
    setTimeout(() => idler.destroy(), 700);
    await using session = await opening;
    expect((await session.sendCommand('echo in')).output).toBe('in');
  });
});

describe('through a chain', () => {
  test('of two and of three, with users and keys of their own', async () => {
    const [one, two, three] = await Promise.all(['one', 'two', 'three'].map((name) => startBastion(real(), name)));
    if (one === undefined || two === undefined || three === undefined) throw new Error('three were started');
    const shell = real().device('shell');
    const { file, passphrase } = real().clientKeys.protected;
    const second = hop(two, { ssh: { keyFile: file, passphrase: new Secret(passphrase) } });
    const third = hop(three, { ssh: {}, password: new Secret(shell.password) });
    for (const chain of [
      [hop(one), second],
      [hop(one), second, third],
    ]) {
      await using session = await connect(target(shell, chain), options);
      expect((await session.sendCommand('echo far')).output).toBe('far');
    }
    expect([one.logins(), two.logins(), three.logins()]).toEqual([1, 1, 1]);
    expect(three.log()).toMatch(/Accepted password/);
    await noneLeft(one, two, three);
  });

  test('whose second host has another key than the known one: that host is named', async () => {
    const [one, two] = [await startBastion(real(), 'first'), await startBastion(real(), 'second')];
    const other = readFileSync(one.hostKeyFiles[0] ?? '', 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' ');
    const file = join(folder, 'changed');
    writeFileSync(file, `[127.0.0.1]:${two.port} ${other}\n`);
    const way = target(real().device('shell'), [hop(one), hop(two)]);
    const error = await failure(connect(way, { ...options, hostKeys: { knownHostsFile: file } }));
    expect(error).toMatchObject({ name: 'HostKeyError', code: 'host_key_changed', phase: 'host_key' });
    expect(error.message).toContain(
      `jump host 127.0.0.1:${two.port}: [127.0.0.1]:${two.port}: THE HOST KEY HAS CHANGED`,
    );
    expect(two.logins()).toBe(0);
  });

  test('whose first host refuses our key: that host is named, and the device is not blamed', async () => {
    const [one, two] = [await startBastion(real(), 'strict'), await startBastion(real(), 'behind')];
    const stranger = hop(one, { username: 'nobody' });
    const error = await failure(connect(target(real().device('shell'), [stranger, hop(two)]), options));
    expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication', phase: 'authenticate' });
    expect(error.message).toContain(`jump host 127.0.0.1:${one.port}: it refused user 'nobody' (tried: publickey`);
    expect(error.message).not.toContain('unable to connect');
    expect(two.logins()).toBe(0);
  });
});

describe('a jump host', () => {
  test('that is killed in the middle ends the sessions behind it, and is named', async () => {
    for (const kind of ['shell', 'zebra'] as const) {
      const bastion = await startBastion(real(), `dying-${kind}`);
      const session = await connect(target(real().device(kind), [hop(bastion)]), options);
      const answer = session.sendCommand(kind === 'shell' ? 'sleep 20' : 'show version');
      if (kind === 'zebra') await answer;
      await bastion.end();
      const next = kind === 'shell' ? answer : session.sendCommand('show version');
      const error = await next.catch((thrown: ConnectionClosedError) => thrown);
      expect(error).toMatchObject({ name: 'ConnectionClosedError', code: 'closed' });
      expect((error as Error).message).toContain(`jump host 127.0.0.1:${bastion.port}`);
      await session.close();
    }
  });

  test('that does not forward says so (AllowTcpForwarding no), and one that forwards elsewhere only (PermitOpen)', async () => {
    const closed = await startBastion(real(), 'no-forwarding', { lines: ['AllowTcpForwarding no'] });
    const shell = real().device('shell');
    const error = await failure(connect(target(shell, [hop(closed)]), options));
    expect(error).toMatchObject({ name: 'UnreachableError', code: 'unreachable', phase: 'connect' });
    expect(error.message).toContain(
      `jump host 127.0.0.1:${closed.port}: it does not forward to 127.0.0.1:${shell.port}`,
    );
    const partly = await startBastion(real(), 'elsewhere', { lines: [`PermitOpen 127.0.0.1:${shell.port}`] });
    await using allowed = await connect(target(shell, [hop(partly)]), options);
    expect(allowed.mode).toBeDefined();
    const refused = await failure(connect(target(real().device('zebra'), [hop(partly)]), options));
    expect(refused.message).toContain('it does not forward to');
    expect((await allowed.sendCommand('echo still here')).output).toBe('still here');
  });

  test('that cannot reach the device says why, from where', async () => {
    const bastion = await startBastion(real(), 'reaching');
    const shell = real().device('shell');
    const free = await startBastion(real(), 'gone');
    await free.end();
    const closed = await failure(connect(target(shell, [hop(bastion)], { port: free.port }), options));
    expect(closed).toMatchObject({ name: 'UnreachableError', code: 'connect_refused', phase: 'connect' });
    expect(closed.message).toContain(
      `127.0.0.1:${free.port}, asked for from jump host 127.0.0.1:${bastion.port}: the port is closed`,
    );
    const unknown = await failure(connect(target(shell, [hop(bastion)], { host: 'nosuch.invalid' }), options));
    expect(unknown).toMatchObject({ name: 'UnreachableError', code: 'dns' });
    await using hole = await blackHole();
    const silent = target(shell, [hop(bastion)], { port: hole.port, timeouts: { connectMs: 800 } });
    const late = await failure(connect(silent, options));
    expect(late).toMatchObject({ name: 'UnreachableError', code: 'connect_timeout', phase: 'connect' });
    expect(late.message).toContain(`asked for from jump host 127.0.0.1:${bastion.port}`);
    await noneLeft(bastion);
  });

  test('never sees the password of the device', async () => {
    const bastion = await startBastion(real(), 'keyless');
    const { port, host } = bastion;
    const { username } = real().device('shell');
    const error = await failure(connect(target(real().device('shell'), [{ host, port, username }]), options));
    expect(error).toMatchObject({ name: 'AuthenticationError' });
    expect(error.message).toContain('there is neither a password nor a key');
    expect(bastion.log()).not.toMatch(/password/i);
  });
});

test('a dropbear that hangs up after one wrong password gets the next credential, and each password once', async () => {
  const strict = await startDropbearBastion(real(), 'one-try', { args: ['-T', '1'] });
  const shell = real().device('shell');
  await using session = await connect(
    {
      ...{ host: strict.host, port: strict.port, username: shell.username, platform: 'linux' },
      password: new Secret('wrong'),
      credentials: [{ password: new Secret('wrong') }, { password: new Secret(shell.password) }],
    },
    options,
  );
  expect(session.attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted']);
  expect(strict.log().match(/Bad password attempt/g)).toHaveLength(1);
});

test('who gives up while the jump host is being opened leaves the others to go on', async () => {
  const bastion = await startBastion(real(), 'patience');
  const through = target(real().device('shell'), [hop(bastion)]);
  const calledOff = new AbortController();
  const first = failure(connect(through, { ...options, signal: calledOff.signal }));
  const second = connect(through, options);
  calledOff.abort();
  expect(await first).toMatchObject({ name: 'AbortedError' });
  await using session = await second;
  expect((await session.sendCommand('echo on')).output).toBe('on');
  expect(bastion.logins()).toBe(1);
});
