import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type FileOptions, RollcallError, Secret, type Session } from 'rollcall/session';
import { afterAll, afterEach, expect, test } from 'vitest';
import { FAILED, REFUSED, type SftpRequest, serveSftp } from '../transport/sftp-server.ts';
import { serveSsh } from '../transport/ssh-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-sftp-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const bytes = randomBytes(200_001);
const here = join(folder, 'here');
const sftp: FileOptions = { protocol: 'sftp' };

/** A session with a device that has SFTP, by the draft alone, and no command for checksums. */
async function device(
  files: Map<string, Buffer>,
  surprise: (request: SftpRequest) => boolean = () => false,
): Promise<Session> {
  rmSync(here, { force: true });
  const { port } = await serveSsh({
    password: 'x',
    onSftp: (stream) => serveSftp(stream, files, surprise),
    onShell(stream) {
      stream.write('R1#');
      stream.on('data', (keys: Buffer) => {
        if (keys.toString() === 'exit\r') stream.end();
        else stream.write(keys.toString().replace('\r', '\r\nR1#'));
      });
    },
  });
  const target = { host: '127.0.0.1', port, platform: 'generic', username: 'x', password: new Secret('x') };
  const session = await connect(target, { hostKeys: { policy: 'off' }, timeouts: { idleMs: 3_000 } });
  ends.push(() => session.close());
  return session;
}

function source(): string {
  const path = join(folder, 'source');
  writeFileSync(path, bytes);
  return path;
}

async function failure(work: Promise<unknown>): Promise<RollcallError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RollcallError);
  return error as RollcallError;
}

const tellsNoSize = ({ what, path, attributes }: SftpRequest): boolean => {
  if (what !== 'stat' || path !== '/x') return false;
  attributes(undefined);
  return true;
};

test('a file of which the device told no size was fetched as one of 0 bytes', async () => {
  const { files } = await device(new Map([['/x', bytes]]), tellsNoSize);
  expect(await files.get('/x', here, sftp)).toMatchObject({ bytes: bytes.length });
  expect(readFileSync(here).equals(bytes)).toBe(true);
});

test('a file of which the device told no size was replaced without being forced', async () => {
  const there = new Map([['/x', Buffer.from('old')]]);
  const { files } = await device(there, tellsNoSize);
  expect(await failure(files.put(source(), '/x', sftp))).toMatchObject({ code: 'file_exists' });
  expect(String(there.get('/x'))).toBe('old');
});

test('a file that had grown meanwhile, or was larger than the device said, was fetched in part and called whole', async () => {
  const there = new Map([['/x', bytes]]);
  const { files } = await device(there, ({ what, attributes }) => {
    if (what !== 'stat') return false;
    attributes(100_000);
    return true;
  });
  expect(await failure(files.get('/x', here, sftp))).toMatchObject({
    message: expect.stringContaining('is longer than'),
  });
  expect(existsSync(here)).toBe(false);
});

test('a rename that failed had removed the file that was there', async () => {
  const there = new Map([['/x', Buffer.from('old')]]);
  const { files } = await device(there, ({ what, path, status }) => {
    if (what !== 'rename' || !path.endsWith('-part')) return false;
    status(FAILED);
    return true;
  });
  const error = await failure(files.put(source(), '/x', { ...sftp, force: true }));
  expect(error.message).toContain('the whole file is on the device as /x.rollcall-part');
  expect(String(there.get('/x'))).toBe('old');
});

test('a device that renames over nothing gets the new file, and nothing is left of the old one', async () => {
  // The second is what one that was killed has left.
  const there = new Map([
    ['/x', Buffer.from('old')],
    ['/x.rollcall-part-replaced', Buffer.from('older')],
  ]);
  const { files } = await device(there);
  expect(await files.put(source(), '/x', { ...sftp, force: true })).toMatchObject({ outcome: 'transferred' });
  expect([...there.keys()]).toEqual(['/x']);
  expect(there.get('/x')?.equals(bytes)).toBe(true);
});

test('that the copy is another one was not told where it could not be removed either', async () => {
  const { files } = await device(new Map(), ({ what, data, status }) => {
    if (what === 'write') data[0] = (data[0] ?? 0) ^ 1;
    if (what === 'remove') status(REFUSED);
    return what === 'remove';
  });
  const error = await failure(files.put(source(), '/x', { ...sftp, verify: 'read-back' }));
  expect(error).toMatchObject({ code: 'checksum_mismatch', message: expect.stringContaining('it is there as') });
});

test('what a device said with an error moved the cursor of whoever printed it', async () => {
  const { files } = await device(new Map([['/x', bytes]]), ({ what, status }) => {
    if (what === 'read') status(FAILED, 'no\u001b[2J\u009b1mway');
    return what === 'read';
  });
  expect((await failure(files.get('/x', here, sftp))).message).toContain('no [2J 1mway');
});
