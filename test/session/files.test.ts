import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type FileOptions, OptionError, RollcallError, Secret, TransferError } from 'rollcall/session';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type ExecStream, type SshServer, serveSsh } from '../transport/ssh-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-session-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');
let number = 0;
const local = (bytes: Buffer): string => {
  const path = join(folder, `file-${++number}`);
  writeFileSync(path, bytes);
  return path;
};

interface Router {
  readonly flash: Map<string, Buffer>;
  readonly server: SshServer;
  /** Every line that was typed, and every command of a channel of its own. */
  readonly lines: string[];
}

interface RouterOptions {
  readonly scp?: 'off' | 'full' | 'damages';
  readonly free?: number;
}

/** Says what IOS says of its flash, to the lines that are typed. */
function answer(line: string, flash: Map<string, Buffer>, free: number): string {
  const [, dir] = /^dir flash:(.*)$/.exec(line) ?? [];
  const [, sum] = /^verify \/md5 flash:(.*)$/.exec(line) ?? [];
  if (dir !== undefined) {
    const total = `\r\n260153344 bytes total (${free} bytes free)\r\n`;
    if (dir === '') return `Directory of flash:/\r\n\r\n${total}`;
    const file = flash.get(dir);
    if (file === undefined) return `%Error opening flash:/${dir} (File not found)\r\n`;
    const row = `   26  -rw-  ${String(file.length).padStart(10)}  Jul 30 2016 19:49:50 -07:00  ${dir}`;
    return `Directory of flash:/${dir}\r\n\r\n${row}\r\n${total}`;
  }
  if (sum === undefined) return '';
  const file = flash.get(sum);
  if (file === undefined) return `%Error verifying flash:/${sum} (File not found)\r\n`;
  return `......MD5 of flash:${sum} Done!\r\nverify /md5 (flash:${sum}) = ${md5(file)}\r\n\r\n`;
}

/** The far end of `scp -t`, as strict about its protocol as rcp's. */
function sink(stream: ExecStream, keep: (bytes: Buffer) => void, { scp }: RouterOptions): void {
  let got = Buffer.alloc(0);
  let size: number | undefined;
  stream.write(Buffer.from([0]));
  stream.on('data', (bytes: Buffer) => {
    got = Buffer.concat([got, bytes]);
    if (size === undefined) {
      const [header, , announced] = /^C(0\d{3}) (\d+) [^\n/]+\n/.exec(got.toString('latin1')) ?? [];
      if (header === undefined) return;
      size = Number(announced);
      got = got.subarray(header.length);
      stream.write(Buffer.from([0]));
    }
    if (scp === 'full' && got.length > 100_000) {
      keep(got);
      stream.write(`\u0001scp: flash:: No space left on device\n`);
      stream.exit(1);
      stream.end();
      return;
    }
    if (got.length <= size) return;
    expect([got.length, got[size]]).toEqual([size + 1, 0]);
    const kept = Buffer.from(got.subarray(0, size));
    if (scp === 'damages') kept[0] = (kept[0] ?? 0) ^ 1;
    keep(kept);
    stream.write(Buffer.from([0]));
    stream.exit(0);
    stream.end();
  });
}

/** The far end of `scp -f`, which hangs up behind the content without waiting for the last answer. */
function source(stream: ExecStream, file: Buffer | undefined): void {
  let answers = 0;
  stream.on('data', (bytes: Buffer) => {
    expect([...bytes]).toEqual([0]);
    answers += 1;
    if (file === undefined) stream.write('\u0001scp: flash:nonesuch: No such file or directory\n');
    else if (answers === 1) stream.write(`C0644 ${file.length} x\n`);
    else stream.write(file);
    if (file !== undefined && answers === 1) return;
    stream.exit(file === undefined ? 1 : 0);
    stream.end();
  });
}

/** A router with IOS's way of files: SCP alone, and one channel for each connection. */
async function router(options: RouterOptions = {}): Promise<Router> {
  const flash = new Map<string, Buffer>();
  const lines: string[] = [];
  const shells = new WeakSet<object>();
  const server = await serveSsh({
    password: 'cisco',
    onShell(stream, connection) {
      shells.add(connection);
      let typed = '';
      stream.write('\r\nR1#');
      stream.on('data', (bytes: Buffer) => {
        for (const key of bytes.toString()) {
          if (key !== '\r') {
            typed += key;
            stream.write(key);
            continue;
          }
          lines.push(typed);
          if (typed === 'exit') stream.end();
          else stream.write(`\r\n${answer(typed, flash, options.free ?? 100_000_000)}R1#`);
          typed = '';
        }
      });
    },
    onExec(command, accept, connection) {
      lines.push(command);
      if (shells.has(connection)) return false;
      const stream = accept();
      if (options.scp === 'off') {
        stream.write('Administratively disabled.\n');
        stream.exit(1);
        stream.end();
        return undefined;
      }
      const [, way = '', name = ''] = /^scp -(t|f) '?flash:([^']*)'?$/.exec(command) ?? [];
      if (way === 't') sink(stream, (bytes) => flash.set(name, bytes), options);
      else source(stream, flash.get(name));
      return undefined;
    },
  });
  return { flash, server, lines };
}

async function open({ server }: Router, platform = 'cisco_ios') {
  const { port } = server;
  const target = { host: '127.0.0.1', port, platform, username: 'cisco', password: new Secret('cisco') };
  const session = await connect(target, { hostKeys: { policy: 'off' }, timeouts: { idleMs: 3_000 } });
  ends.push(() => session.close());
  return session;
}

async function failure(work: Promise<unknown>): Promise<RollcallError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RollcallError);
  return error as RollcallError;
}

describe('a router with SCP alone', () => {
  test('gets and gives a file, over a connection of its own, and both are compared by MD5', async () => {
    const r1 = await router();
    const session = await open(r1);
    const bytes = randomBytes(300_001);
    const put = await session.files.put(local(bytes), 'image.bin');
    expect(put).toMatchObject({
      ...{ remote: 'flash:image.bin', bytes: 300_001, protocol: 'scp', outcome: 'transferred' },
      ...{ verified: 'md5', checksum: md5(bytes) },
    });
    expect(r1.flash.get('image.bin')).toEqual(bytes);
    expect(r1.lines.slice(2)).toEqual([
      'dir flash:image.bin',
      'dir flash:',
      'scp -t flash:image.bin',
      'verify /md5 flash:image.bin',
    ]);
    expect(await session.files.put(local(bytes), 'flash:image.bin')).toMatchObject({
      outcome: 'unchanged',
      protocol: null,
    });
    const here = join(folder, `back-${++number}`);
    const got = await session.files.get('image.bin', here);
    expect(got).toMatchObject({ verified: 'md5', bytes: 300_001 });
    // Nobody waits for a far end that has hung up.
    expect(got.elapsedMs).toBeLessThan(10_000);
    expect(readFileSync(here)).toEqual(bytes);
  });

  test('sends nothing where the room is too small', async () => {
    const r1 = await router({ free: 1_000 });
    const error = await failure((await open(r1)).files.put(local(randomBytes(5_000)), 'x'));
    expect(error).toMatchObject({ code: 'no_space', message: expect.stringContaining('1000 bytes free') });
    expect(r1.lines.some((line) => line.startsWith('scp'))).toBe(false);
  });

  test('whose SCP is off says what switches it on', async () => {
    const error = await failure((await open(await router({ scp: 'off' }))).files.put(local(randomBytes(10)), 'x'));
    expect(error).toMatchObject({ code: 'not_supported' });
    expect(error.message).toMatch(/Administratively disabled\. \(it is switched on with: ip scp server enable\)/);
  });

  test('that runs full in the middle says so, and what is left there', async () => {
    const error = await failure(
      (await open(await router({ scp: 'full' }))).files.put(local(randomBytes(2_000_000)), 'x'),
    );
    expect(error).toMatchObject({ code: 'no_space', phase: 'transfer' });
    expect(error.message).toMatch(/No space left on device; .*flash:x, and is no whole file.*delete \/force flash:x/);
  });

  test('that keeps something else than was sent is found out', async () => {
    const session = await open(await router({ scp: 'damages' }));
    const error = await failure(session.files.put(local(randomBytes(1_000)), 'x'));
    expect(error).toBeInstanceOf(TransferError);
    expect(error).toMatchObject({
      code: 'checksum_mismatch',
      message: expect.stringMatching(/its md5 is \w{32} on the device/),
    });
    expect(await failure(session.files.put(local(randomBytes(2_000)), 'x'))).toMatchObject({ code: 'file_exists' });
  });

  test('has no such file', async () => {
    const r1 = await router();
    const session = await open(r1);
    const here = join(folder, 'never');
    expect(await failure(session.files.get('nonesuch', here))).toMatchObject({ code: 'no_such_file' });
    // A name that its command line cannot take is not asked for there: SCP itself tells.
    expect(await failure(session.files.get('none such', here))).toMatchObject({ code: 'no_such_file' });
    expect(r1.lines.at(-1)).toBe("scp -f 'flash:none such'");
    expect(existsSync(here)).toBe(false);
  });

  test('is never typed a name that would be another command', async () => {
    const r1 = await router();
    const session = await open(r1);
    for (const name of ['x | redirect flash:y', 'x?']) {
      await session.files.put(local(randomBytes(10)), name).catch(() => {});
    }
    expect(r1.lines.filter((line) => /^(?:dir|verify)/.test(line) && line !== 'dir flash:')).toEqual([]);
  });
});

test('options that are none, and paths that are none, are refused before anything is sent', async () => {
  const r1 = await router();
  const { files } = await open(r1);
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ protocol: 'ftp' }, /protocol must be 'auto', 'sftp' or 'scp'/],
    [{ verfy: 'none' }, /put has no option 'verfy'.*verify/],
    [{ force: 1 }, /force must be true or false/],
    [{ idleMs: 0 }, /idleMs must be a number of milliseconds, at least 1/],
    [{ signal: {} }, /signal must be an AbortSignal/],
  ];
  for (const [options, says] of wrong) {
    expect(() => files.put('a', 'b', options as FileOptions)).toThrow(OptionError);
    expect(() => files.put('a', 'b', options as FileOptions)).toThrow(says);
  }
  for (const path of ['', 'a\nb', 7]) expect(() => files.get(path as string, 'b')).toThrow(/takes two paths/);
  expect(r1.lines).toHaveLength(2);
});
