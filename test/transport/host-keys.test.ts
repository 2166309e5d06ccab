import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type HostKeyType, type Lab, startLab } from 'rollcall/lab';
import { afterEach, describe, expect, test } from 'vitest';
import { Deadline, Secret } from '#dist/base/index.js';
import { type HostKeyOptions, openConnection } from '#dist/transport/index.js';
import { serveSsh } from './ssh-server.ts';
import { leavesNothingOpen, ownSurroundings } from './surroundings.ts';

const places = ownSurroundings();
leavesNothingOpen();

const ours = join(places.state, 'rollcall', 'known_hosts');
const users = join(places.home, '.ssh', 'known_hosts');
const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []);

afterEach(() => {
  for (const file of [ours, users]) rmSync(file, { force: true });
});

/** One router; the name of its key folder says which key it has. */
const router = (keys: string, { port = 0, types = ['ed25519'] as readonly HostKeyType[] } = {}): Promise<Lab> =>
  startLab({ devices: [{ port, hostKeyTypes: types }], stateDirectory: join(places.folder, keys) });

async function call({ devices: [device] }: Lab, hostKeys?: HostKeyOptions) {
  if (device === undefined) throw new Error('no device');
  const { host, port, username } = device;
  const target = { host, port, username, password: new Secret(device.password) };
  const connection = await openConnection(target, { deadline: Deadline.after(10_000), hostKeys });
  await connection.close();
  return connection.facts;
}

const idOf = ({ devices: [device] }: Lab): string => `[127.0.0.1]:${device?.port}`;
const nothingSent = { connections: 1, logins: 0, refusedLogins: 0, commands: 0 };

describe('an unknown host key', () => {
  test('is learned under accept-new, the default, and known from then on (lab)', async () => {
    await using lab = await router('a');
    const { hostKeyFingerprint } = await call(lab);
    expect(hostKeyFingerprint).toMatch(/^SHA256:[\w+/]{43}$/);
    const [line, ...more] = linesOf(ours);
    expect(line).toMatch(/^\S+ ssh-ed25519 \S+$/);
    expect(line?.split(' ')[0]).toBe(idOf(lab));
    await call(lab);
    await call(lab, { policy: 'strict' });
    expect(more).toEqual([]);
    expect(linesOf(ours)).toEqual([line]);
    expect(existsSync(users)).toBe(false);
  });

  test('goes into the file that is named (lab)', async () => {
    await using lab = await router('a');
    const knownHostsFile = join(places.folder, 'deep', 'er', 'known');
    await call(lab, { knownHostsFile });
    expect(linesOf(knownHostsFile)).toHaveLength(1);
    expect(existsSync(ours)).toBe(false);
    rmSync(knownHostsFile);
  });

  test('that many sessions meet at once is learned once (lab)', async () => {
    await using lab = await router('a');
    await Promise.all(Array.from({ length: 8 }, () => call(lab)));
    expect(linesOf(ours)).toHaveLength(1);
  });

  test('is refused under strict, and nothing is sent behind it (lab)', async () => {
    await using lab = await router('a');
    await expect(call(lab, { policy: 'strict' })).rejects.toMatchObject({
      name: 'HostKeyError',
      code: 'host_key_unknown',
      phase: 'host_key',
      message: expect.stringContaining(idOf(lab)),
    });
    expect(lab.counters).toMatchObject(nothingSent);
    expect(existsSync(ours)).toBe(false);
  });

  test('cannot be learned where the file cannot be written, and nothing is sent (lab)', async () => {
    await using lab = await router('a');
    const blocked = join(places.folder, 'a-file');
    writeFileSync(blocked, '');
    const knownHostsFile = join(blocked, 'known_hosts');
    await expect(call(lab, { knownHostsFile })).rejects.toMatchObject({ code: 'host_key_store', phase: 'host_key' });
    expect(lab.counters).toMatchObject({ logins: 0, refusedLogins: 0 });
  });
});

describe('a changed host key', () => {
  test('is a hard stop, before anything is sent (lab)', async () => {
    const first = await router('a');
    await call(first);
    const port = first.devices[0]?.port ?? 0;
    await first.close();
    await using second = await router('b', { port });
    for (const policy of ['accept-new', 'strict'] as const) {
      await expect(call(second, { policy })).rejects.toMatchObject({
        name: 'HostKeyError',
        code: 'host_key_changed',
        phase: 'host_key',
        message: expect.stringMatching(
          /THE HOST KEY HAS CHANGED.*known in .*known_hosts, line 1, is ssh-ed25519 SHA256:.*ssh-keygen -R "\[127\.0\.0\.1\]:\d+" -f ".*known_hosts".*got ssh-ed25519 SHA256:/,
        ),
      });
    }
    expect(second.counters).toMatchObject({ ...nothingSent, connections: 2 });
    expect(linesOf(ours)).toHaveLength(1);
    // Who does not want to know does not look.
    await call(second, { policy: 'off' });
    expect(linesOf(ours)).toHaveLength(1);
  });

  test('that came between the look and the learning of another session is one too (lab)', async () => {
    await using lab = await router('a');
    const { port } = lab.devices[0] ?? { port: 0 };
    await call(lab);
    const foreign = linesOf(ours)[0]?.replace(/\S+$/, (key) => `${key.slice(0, -6)}AAAA==`) ?? '';
    rmSync(ours);
    const target = { host: '127.0.0.1', port, username: 'cisco', password: new Secret('cisco') };
    const opening = openConnection(target, {
      deadline: Deadline.after(10_000),
      onPhase: (phase) => {
        if (phase === 'connect') {
          mkdirSync(dirname(ours), { recursive: true });
          writeFileSync(ours, `${foreign}\n`);
        }
      },
    });
    await expect(opening).rejects.toMatchObject({ code: 'host_key_changed' });
  });
});

test('the line of the known key is the one that an editor shows, also in a file that has grown (lab)', async () => {
  await using lab = await router('a');
  await call(lab);
  const [line = ''] = linesOf(ours);
  const foreign = line.replace(/\S+$/, (key) => `${key.slice(0, -6)}AAAA==`);
  const lineNumber = async (): Promise<string | undefined> => {
    const error: Error = await call(lab).then(
      () => new Error('connected'),
      (failure) => failure,
    );
    return /known_hosts, line (\d+), is/.exec(error.message)?.[1];
  };
  writeFileSync(ours, '# a comment\r\n\n\nother ssh-ed25519 AAAA\nnot understood\n');
  await call(lab, { policy: 'off' });
  await expect(call(lab, { policy: 'strict' })).rejects.toMatchObject({ code: 'host_key_unknown' });
  appendFileSync(ours, `${foreign}`);
  expect(await lineNumber()).toBe('6');
  appendFileSync(ours, '\n# more\n');
  expect(await lineNumber()).toBe('6');
  writeFileSync(ours, `${foreign}\n`);
  expect(await lineNumber()).toBe('1');
});

describe("the user's own file", () => {
  test('is read and never written (lab)', async () => {
    await using lab = await router('a');
    await call(lab);
    const [line = ''] = linesOf(ours);
    rmSync(ours);
    writeFileSync(users, `# mine\n${line}`);
    await call(lab, { policy: 'strict' });
    await call(lab);
    expect(existsSync(ours)).toBe(false);
    expect(readFileSync(users, 'utf8')).toBe(`# mine\n${line}`);
  });

  test('can revoke a key that ours accepts (lab)', async () => {
    await using lab = await router('a');
    await call(lab);
    const [, type, key] = linesOf(ours)[0]?.split(' ') ?? [];
    appendFileSync(users, `@revoked * ${type} ${key}\n`);
    await expect(call(lab)).rejects.toMatchObject({ code: 'host_key_revoked', phase: 'host_key' });
    expect(lab.counters.logins).toBe(1);
  });

  test('with a @cert-authority alone makes no key known (lab)', async () => {
    await using lab = await router('a');
    await call(lab);
    const [line = ''] = linesOf(ours);
    rmSync(ours);
    writeFileSync(users, `@cert-authority ${line}\n`);
    await expect(call(lab, { policy: 'strict' })).rejects.toMatchObject({ code: 'host_key_unknown' });
  });
});

test('a device with several keys is asked for the one that is known (lab)', async () => {
  const rsa = await router('c', { types: ['rsa'] });
  const { hostKeyFingerprint } = await call(rsa);
  const port = rsa.devices[0]?.port ?? 0;
  await rsa.close();
  expect(linesOf(ours)[0]).toContain(' ssh-rsa ');
  await using both = await router('c', { port, types: ['ed25519', 'rsa'] });
  expect(await call(both, { policy: 'strict' })).toMatchObject({ hostKeyFingerprint });
});

test('a key that is shown again when the connection renews its keys is not learned twice', async () => {
  await using server = await serveSsh({
    password: 'sesame',
    onShell: (stream, connection) => connection.rekey(() => stream.write('renewed\r\n')),
  });
  const target = { host: '127.0.0.1', port: server.port, username: 'cisco', password: new Secret('sesame') };
  const deadline = Deadline.after(10_000);
  const connection = await openConnection(target, { deadline });
  const shell = await connection.openShell({ columns: 80, rows: 24, terminal: 'vt100', deadline });
  let heard = '';
  await new Promise<void>((settle) => {
    shell.onData((bytes) => {
      heard += Buffer.from(bytes).toString();
      if (heard.includes('renewed')) settle();
    });
  });
  await connection.close();
  expect(linesOf(ours)).toHaveLength(1);
});
