import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, connect as openSocket, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { loadPlatform } from 'rollcall/platforms';
import {
  AbortedError,
  connect,
  type FileOptions,
  RollcallError,
  Secret,
  type Session,
  type SessionOptions,
  TransferError,
} from 'rollcall/session';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RealDevice } from './devices.mjs';
import { realDevicesOrSkip } from './use.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-files-'));
const knownHostsFile = join(folder, 'known_hosts');
let number = 0;

beforeAll(() => {
  mkdirSync(join(folder, 'home'));
  vi.stubEnv('HOME', join(folder, 'home'));
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('SSH_AUTH_SOCK', '');
});
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const real = realDevicesOrSkip();

async function open(device: RealDevice, { port = device.port, ...more }: SessionOptions & { port?: number } = {}) {
  const { host, username, password } = device;
  const target = { host, port, username, password: new Secret(password), platform: 'linux' };
  const session = await connect(target, { hostKeys: { knownHostsFile, policy: 'off' }, ...more });
  ends.push(() => session.close());
  return session;
}

/** A folder that the device's user may write to, empty. */
function room(): string {
  const path = mkdtempSync(join(real().folder, 'room-'));
  chmodSync(path, 0o777);
  return path;
}

/** A file of random content here. */
function local(bytes: number | Buffer, name = `file-${++number}`): string {
  const path = join(folder, name);
  writeFileSync(path, typeof bytes === 'number' ? randomBytes(bytes) : bytes);
  return path;
}

const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

async function failure(work: Promise<unknown>): Promise<Error> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(Error);
  return outcome as Error;
}

/** A file system of its own, as small as asked. */
function smallDisk(size: string): string {
  const path = room();
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0777`, 'rollcall-test', path]);
  expect(done.status, String(done.stderr)).toBe(0);
  ends.push(() => spawnSync('umount', [path]));
  return path;
}

/** A way to a port that breaks once so many bytes went in a direction. */
async function breakable(to: number) {
  const sockets = new Set<Socket>();
  const limit = { up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY };
  const server: Server = createServer((near) => {
    const far = openSocket({ port: to, host: '127.0.0.1' });
    for (const one of [near, far]) {
      sockets.add(one);
      one.on('error', () => {});
    }
    const cut = (): void => {
      for (const one of sockets) one.destroy();
      sockets.clear();
    };
    const pump = (from: Socket, into: Socket, direction: 'up' | 'down'): void => {
      from.on('data', (bytes: Buffer) => {
        limit[direction] -= bytes.length;
        if (limit[direction] < 0) return cut();
        if (!into.write(bytes)) {
          from.pause();
          into.once('drain', () => from.resume());
        }
      });
      from.on('close', () => into.destroy());
    };
    pump(near, far, 'up');
    pump(far, near, 'down');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const one of sockets) one.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, limit };
}

const random = (below: number): number => Math.floor(Math.random() * below);
const SIZES = [0, 1, 32_767, 32_768, 32_769, 5 * 32_768, 3_000_001, random(100_000), random(1_000_000)];

describe.each([
  ['shell', 'sftp'],
  ['shell', 'scp'],
  ['dropbear', 'sftp'],
  ['dropbear', 'scp'],
] as const)('%s over %s', (kind, protocol) => {
  const options: FileOptions = { protocol };

  test('what is put there and fetched again is the same, at every size', async () => {
    await using session = await open(real().device(kind));
    const there = room();
    for (const size of SIZES) {
      const source = local(size);
      const remote = join(there, basename(source));
      const sum = hash(source);
      const seen: number[] = [];
      const onProgress = ({ bytes, total }: { bytes: number; total: number }) => {
        seen.push(bytes);
        expect(total).toBe(size);
      };
      expect(await session.files.put(source, remote, { ...options, onProgress })).toMatchObject({
        direction: 'put',
        outcome: 'transferred',
        bytes: size,
        protocol,
        verified: 'sha256',
        checksum: sum,
        resumedFrom: 0,
      });
      expect(hash(remote)).toBe(sum);
      expect(seen.at(-1) ?? 0).toBe(size);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      const back = join(folder, `back-${++number}`);
      expect(await session.files.get(remote, back, options)).toMatchObject({
        direction: 'get',
        outcome: 'transferred',
        bytes: size,
        protocol,
        verified: 'sha256',
        checksum: sum,
      });
      expect(hash(back)).toBe(sum);
    }
    expect(readdirSync(there).filter((name) => name.includes('part'))).toEqual([]);
  });

  test('names with spaces, quotes and signs of a shell are names', async () => {
    await using session = await open(real().device(kind));
    const there = room();
    for (const name of ['a b.bin', "it's.bin", '$(touch x);&.bin', '"q" \\ `u`.bin', '*.bin', 'über ☃.bin']) {
      const source = local(1_000, `named-${++number}`);
      const result = await session.files.put(source, join(there, name), options);
      expect(result.verified).toBe('sha256');
      const back = join(folder, `back-${++number}`);
      await session.files.get(join(there, name), back, options);
      expect(hash(back)).toBe(hash(source));
    }
    expect(readdirSync(there)).toHaveLength(6);
  });

  test('a second time there is nothing to do', async () => {
    await using session = await open(real().device(kind));
    const source = local(100_000);
    const remote = join(room(), 'x');
    await session.files.put(source, remote, options);
    expect(await session.files.put(source, remote, options)).toMatchObject({
      outcome: 'unchanged',
      protocol: null,
      verified: 'sha256',
    });
    expect(await session.files.get(remote, source, options)).toMatchObject({ outcome: 'unchanged', protocol: null });
  });

  test('another file there, or here, is replaced only when it is forced', async () => {
    await using session = await open(real().device(kind));
    const source = local(10_000);
    const remote = join(room(), 'x');
    writeFileSync(remote, 'old');
    chmodSync(remote, 0o666);
    expect(await failure(session.files.put(source, remote, options))).toMatchObject({
      code: 'file_exists',
      message: expect.stringContaining('of 3 bytes; to replace it, force it'),
    });
    expect(readFileSync(remote, 'utf8')).toBe('old');
    expect(await session.files.put(source, remote, { ...options, force: true })).toMatchObject({ verified: 'sha256' });
    expect(hash(remote)).toBe(hash(source));

    const here = local(Buffer.from('mine'));
    expect(await failure(session.files.get(remote, here, options))).toMatchObject({ code: 'file_exists' });
    expect(readFileSync(here, 'utf8')).toBe('mine');
    await session.files.get(remote, here, { ...options, force: true });
    expect(hash(here)).toBe(hash(source));
  });

  test('a file that is not there, a folder, and a place without permission are told as such', async () => {
    await using session = await open(real().device(kind));
    const { files } = session;
    const here = join(folder, `never-${++number}`);
    expect(await failure(files.get('/nonesuch/x', here, options))).toMatchObject({ code: 'no_such_file' });
    expect(await failure(files.get('/tmp', here, options))).toMatchObject({ code: 'file_refused' });
    expect(await failure(files.get('/etc/shadow', here, options))).toBeInstanceOf(TransferError);
    const denied = await failure(files.put(local(10), '/etc/rollcall-test', options));
    expect(denied).toMatchObject({ code: 'file_refused', message: expect.stringMatching(/permission/i) });
    expect(existsSync(here)).toBe(false);
    expect(await failure(files.put(join(folder, 'nonesuch'), 'x', options))).toMatchObject({ code: 'no_such_file' });
    expect((await session.sendCommand('echo still here')).output).toBe('still here');
  });

  test('too little room is told before a byte is sent', async () => {
    await using session = await open(real().device(kind));
    const disk = smallDisk('1m');
    const error = await failure(session.files.put(local(3_000_000), join(disk, 'x'), options));
    expect(error).toMatchObject({
      code: 'no_space',
      message: expect.stringMatching(/3000000 are needed; nothing was sent/),
    });
    expect(readdirSync(disk)).toEqual([]);
  });

  test('a disk that fills up meanwhile is told, with what is left', async () => {
    await using session = await open(real().device(kind));
    const disk = smallDisk('4m');
    const remote = join(disk, 'x');
    let filled = false;
    const onProgress = (): void => {
      if (!filled) writeFileSync(join(disk, 'filler'), Buffer.alloc(2_500_000));
      filled = true;
    };
    const error = await failure(session.files.put(local(3_000_000), remote, { ...options, onProgress }));
    expect(error).toMatchObject({ code: 'no_space' });
    if (protocol === 'sftp') {
      expect(error.message).toContain('what had arrived was removed again');
      expect(readdirSync(disk)).toEqual(['filler']);
    } else {
      expect(error.message).toMatch(/No space left on device.*is no whole file.*remove it with: rm -- '/);
    }
  });

  test('an abort leaves no half file under a final name here', async () => {
    await using session = await open(real().device(kind));
    const remote = join(room(), 'x');
    writeFileSync(remote, randomBytes(4_000_000));
    const here = join(folder, `aborted-${++number}`);
    const stop = new AbortController();
    const onProgress = ({ bytes }: { bytes: number }) => bytes > 500_000 && stop.abort();
    const error = await failure(session.files.get(remote, here, { ...options, onProgress, signal: stop.signal }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(existsSync(here)).toBe(false);
    expect((await session.sendCommand('echo still here')).output).toBe('still here');
  });
});

describe('a connection that breaks in the middle', () => {
  const SIZE = 2_000_000;

  test.each([0, 1, 2, 3])('put goes on where it broke, and what is there is the same (%i)', async (turn) => {
    const device = real().device(turn % 2 === 0 ? 'shell' : 'dropbear');
    const source = local(SIZE);
    const there = room();
    const remote = join(there, 'x');
    const way = await breakable(device.port);
    const broken = await open(device, { port: way.port });
    way.limit.up = 100_000 + Math.floor(Math.random() * (SIZE - 200_000));
    const error = await failure(broken.files.put(source, remote, { protocol: 'sftp' }));
    expect(error).toMatchObject({
      code: 'closed',
      message: expect.stringContaining('the same put goes on from there'),
    });
    expect(existsSync(remote)).toBe(false);

    await using session = await open(device);
    const result = await session.files.put(source, remote, { protocol: 'sftp' });
    expect(result).toMatchObject({ verified: 'sha256', checksum: hash(source) });
    // The server may have written a little more than it had told of.
    expect(result.resumedFrom).toBeGreaterThan(0);
    expect(result.resumedFrom).toBeLessThan(SIZE);
    expect(readdirSync(there)).toEqual(['x']);
    expect(hash(remote)).toBe(hash(source));
  });

  test.each([0, 1, 2, 3])('get goes on where it broke, and what is here is the same (%i)', async (turn) => {
    const device = real().device(turn % 2 === 0 ? 'shell' : 'dropbear');
    const remote = join(room(), 'x');
    writeFileSync(remote, randomBytes(SIZE));
    const here = join(folder, `broken-${++number}`);
    const way = await breakable(device.port);
    const broken = await open(device, { port: way.port });
    way.limit.down = 100_000 + Math.floor(Math.random() * (SIZE - 200_000));
    const error = await failure(broken.files.get(remote, here, { protocol: 'sftp' }));
    expect(error).toMatchObject({
      code: 'closed',
      message: expect.stringContaining('the same get goes on from there'),
    });
    expect(existsSync(here)).toBe(false);
    const left = statSync(`${here}.rollcall-part`).size;

    await using session = await open(device);
    expect(await session.files.get(remote, here, { protocol: 'sftp' })).toMatchObject({
      resumedFrom: left,
      verified: 'sha256',
    });
    expect(hash(here)).toBe(hash(remote));
    expect(existsSync(`${here}.rollcall-part`)).toBe(false);
  });

  test('what another file has left is not gone on with', async () => {
    await using session = await open(real().device('shell'));
    const source = local(500_000);
    const remote = join(room(), 'x');
    writeFileSync(`${remote}.rollcall-part`, randomBytes(100_000));
    chmodSync(`${remote}.rollcall-part`, 0o666);
    expect(await session.files.put(source, remote)).toMatchObject({ resumedFrom: 0, verified: 'sha256' });
    const here = join(folder, `other-${++number}`);
    writeFileSync(`${here}.rollcall-part`, randomBytes(100_000));
    expect(await session.files.get(remote, here)).toMatchObject({ resumedFrom: 0, verified: 'sha256' });
    expect(hash(here)).toBe(hash(source));
  });

  test('SCP says what is left and that it has to be sent again', async () => {
    const device = real().device('shell');
    const source = local(SIZE);
    const remote = join(room(), 'x');
    const way = await breakable(device.port);
    const broken = await open(device, { port: way.port });
    way.limit.up = 700_000;
    const error = await failure(broken.files.put(source, remote, { protocol: 'scp' }));
    expect(error.message).toMatch(
      /is no whole file\. SCP cannot go on from there: to send it again, force it, or remove/,
    );
    await using session = await open(device);
    expect(await failure(session.files.put(source, remote, { protocol: 'scp' }))).toMatchObject({
      code: 'file_exists',
    });
    expect(await session.files.put(source, remote, { protocol: 'scp', force: true })).toMatchObject({
      verified: 'sha256',
    });
    expect(hash(remote)).toBe(hash(source));
  });
});

test('a file may be larger than 4 GiB', async () => {
  const device = real().device('shell');
  const { host, port, username, password } = device;
  const { openConnection } = await import('#dist/transport/index.js');
  const { Deadline } = await import('#dist/base/index.js');
  const deadline = Deadline.after(10_000);
  const target = { host, port, username, password: Secret.of(password) };
  const connection = await openConnection(target, { deadline, hostKeys: { policy: 'off' } });
  ends.push(() => connection.close());
  const files = await connection.openSftp({ deadline, idleMs: 5_000 });
  const path = join(room(), 'sparse');
  const file = await files.open(path, 'create');
  const offset = 5 * 2 ** 30 + 3;
  await file.write(offset, Buffer.from('far out'));
  await file.close();
  expect(await files.stat(path)).toMatchObject({ kind: 'file', size: offset + 7 });
  const again = await files.open(path, 'read');
  expect(Buffer.from(await again.read(0, 7)).equals(Buffer.alloc(7))).toBe(true);
  expect(Buffer.from(await again.read(offset, 100)).toString()).toBe('far out');
  expect(await again.read(offset + 7, 100)).toHaveLength(0);
  await again.close();
  await files.remove(path);
  expect(await files.stat(path)).toBeUndefined();
  await files.close();
});

describe('who may read a file', () => {
  const rights = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  test('one for its owner alone was readable by everybody where it arrived', async () => {
    await using session = await open(real().device('shell'));
    const there = room();
    const source = local(10);
    chmodSync(source, 0o600);
    await session.files.put(source, join(there, 'new'));
    expect(rights(join(there, 'new'))).toBe('600');
    for (const protocol of ['sftp', 'scp'] as const) {
      const here = join(folder, `own-${++number}`);
      await session.files.get(join(there, 'new'), here, { protocol });
      expect(rights(here)).toBe('600');
    }
    await session.files.put(local(20), join(there, 'new'), { force: true });
    expect(rights(join(there, 'new'))).toBe('600');
    chmodSync(source, 0o755);
    await session.files.put(source, join(there, 'program'));
    expect(rights(join(there, 'program'))).toBe('755');
  });
});

test('a folder took a file by SCP under a name that nobody had given', async () => {
  await using session = await open(real().device('shell'));
  const there = room();
  const error = await failure(session.files.put(local(10), there, { protocol: 'scp', force: true }));
  expect(error).toMatchObject({ code: 'file_exists', message: expect.stringContaining('name the file in it') });
  expect(readdirSync(there)).toEqual([]);
});

test('a file that the system makes up as it is read has the size 0, and was fetched empty', async () => {
  await using session = await open(real().device('shell'));
  const here = join(folder, `made-up-${++number}`);
  expect(await session.files.get('/proc/version', here)).toMatchObject({ verified: 'sha256' });
  expect(readFileSync(here, 'utf8')).toBe(readFileSync('/proc/version', 'utf8'));
});

test('a part that is a second name of another file, or a link, was written into', async () => {
  await using session = await open(real().device('shell'));
  const remote = join(room(), 'x');
  writeFileSync(remote, randomBytes(50_000));
  for (const link of [linkSync, symlinkSync]) {
    const precious = local(Buffer.from('precious'));
    const here = join(folder, `second-name-${++number}`);
    link(precious, `${here}.rollcall-part`);
    await session.files.get(remote, here);
    expect(readFileSync(precious, 'utf8')).toBe('precious');
    expect(hash(here)).toBe(hash(remote));
  }
});

test('a device that falls silent in the middle is given up on', async () => {
  const device = real().device('shell');
  const remote = join(room(), 'x');
  writeFileSync(remote, randomBytes(3_000_000));
  await using session: Session = await open(device);
  const pids = () =>
    spawnSync('pgrep', ['-u', device.username ?? '', 'sshd'], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter(Boolean);
  let stopped: string[] = [];
  const onProgress = (): void => {
    if (stopped.length > 0) return;
    stopped = pids();
    spawnSync('kill', ['-STOP', ...stopped]);
  };
  try {
    const here = join(folder, `silent-${++number}`);
    const error = await failure(session.files.get(remote, here, { protocol: 'sftp', idleMs: 300, onProgress }));
    expect(error).toMatchObject({ code: 'idle_timeout' });
    expect(existsSync(here)).toBe(false);
  } finally {
    spawnSync('kill', ['-CONT', ...stopped]);
  }
});

describe('what a device does not have', () => {
  test('the next protocol is taken', async () => {
    await using session = await open(real().keyboardInteractive);
    const source = local(50_000);
    const remote = join(room(), 'x');
    expect(await session.files.put(source, remote)).toMatchObject({ protocol: 'scp', verified: 'sha256' });
    const error = await failure(session.files.get(remote, join(folder, 'no'), { protocol: 'sftp' }));
    expect(error).toBeInstanceOf(RollcallError);
    expect(error).toMatchObject({
      code: 'not_supported',
      message: expect.stringMatching(/does not carry files by sftp/),
    });
  });

  test('a server with room for one channel on each connection was said to carry no files', async () => {
    const device = await real().sshdWith('one-channel', ['MaxSessions 1', 'Subsystem sftp internal-sftp']);
    await using session = await open(device);
    const source = local(50_000);
    const remote = join(room(), 'x');
    expect(await session.files.put(source, remote)).toMatchObject({ protocol: 'sftp', verified: 'sha256' });
    expect((await session.sendCommand('echo there')).output).toBe('there');
  });

  test('says what to switch on', async () => {
    const linux = loadPlatform('linux');
    const { files } = linux;
    if (files === undefined) throw new Error('linux has no files');
    const platform = {
      ...linux,
      files: { ...files, protocols: ['sftp'] as const, switchOn: { sftp: 'feature sftp' } },
    };
    await using session = await open(real().keyboardInteractive, { platform });
    const error = await failure(session.files.get('/etc/hostname', join(folder, 'no')));
    expect(error.message).toContain('(it is switched on with: feature sftp)');
  });

  test('without a command for checksums, the size is compared, or all of it when asked for', async () => {
    const { files, ...bare } = loadPlatform('linux');
    const source = local(200_000);
    const there = room();
    await using session = await open(real().device('shell'), { platform: bare });
    const { files: carried } = session;
    expect(await carried.put(source, join(there, 'a'))).toMatchObject({ verified: 'size', checksum: null });
    const readBack = { verify: 'read-back', protocol: 'sftp' } as const;
    expect(await carried.put(source, join(there, 'b'), readBack)).toMatchObject({ verified: 'content' });
    expect(await carried.put(source, join(there, 'b'), readBack)).toMatchObject({ outcome: 'unchanged' });
    expect(await carried.put(source, join(there, 'c'), { protocol: 'scp' })).toMatchObject({ verified: 'no' });
  });
});
