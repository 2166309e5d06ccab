import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatKnownHost, hostId, keyTypeOf, parseKnownHost } from '#dist/transport/ssh/known-hosts.js';
import { KnownHostsFile } from '#dist/transport/ssh/known-hosts-file.js';

/** A key blob that says its type and is otherwise anything (RFC 4253, section 6.6). */
function keyOf(seed: string, type = 'ssh-ed25519'): Buffer {
  const part = (text: string): Buffer => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]);
  return Buffer.concat([part(type), part(seed.padEnd(32, '.'))]);
}

const base64 = (seed: string): string => keyOf(seed).toString('base64');
const line = (names: string, seed = 'key'): string => `${names} ssh-ed25519 ${base64(seed)}`;

describe('a line of known_hosts', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1', 22, true],
    ['192.0.2.1', '192.0.2.1', 2222, false],
    ['[192.0.2.1]:2222', '192.0.2.1', 2222, true],
    ['[192.0.2.1]:2222', '192.0.2.1', 22, false],
    ['R1.example.net,192.0.2.1', 'r1.Example.net', 22, true],
    ['[2001:db8::1]:830', '2001:DB8::1', 830, true],
    ['*.example.net', 'r1.example.net', 22, true],
    ['*.example.net', 'r1.example.org', 22, false],
    ['r?.example.net', 'r1.example.net', 22, true],
    ['r?.example.net', 'r10.example.net', 22, false],
    ['r1.example.net', 'r1xexample.net', 22, false],
    ['*.example.net,!r1.example.net', 'r1.example.net', 22, false],
    ['*.example.net,!r1.example.net', 'r2.example.net', 22, true],
    ['!r1.example.net', 'r2.example.net', 22, false],
    ['[*]:2222', '192.0.2.7', 2222, true],
  ])('%s for %s port %i: %s', (names, host, port, fits) => {
    expect(parseKnownHost(line(names))?.matches(hostId(host, port))).toBe(fits);
  });

  test.each(['', '   ', '# a comment', '#192.0.2.1 ssh-ed25519 AAAA', 'only two', '@nonsense host ssh-ed25519 AAAA'])(
    'that says nothing is passed over: %j',
    (text) => {
      expect(parseKnownHost(text)).toBeUndefined();
    },
  );

  test('may be marked, and hold a comment behind the key', () => {
    expect(parseKnownHost(`@revoked ${line('*')} stolen`)).toMatchObject({ marker: 'revoked', key: base64('key') });
    expect(parseKnownHost(`@cert-authority ${line('*')}`)).toMatchObject({ marker: 'cert-authority' });
    expect(parseKnownHost(`${line('a')} admin@desk\r`)).toMatchObject({ marker: 'none', keyType: 'ssh-ed25519' });
  });

  test('is written as it is read', () => {
    const written = formatKnownHost('[192.0.2.1]:2222', keyOf('key'));
    expect(written).toBe(`${line('[192.0.2.1]:2222')}\n`);
    expect(keyTypeOf(keyOf('x', 'ecdsa-sha2-nistp256'))).toBe('ecdsa-sha2-nistp256');
    expect(keyTypeOf(Buffer.alloc(2))).toBe('');
  });
});

describe('a known_hosts file', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-known-hosts-'));
    path = join(folder, 'state', 'known_hosts');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const keysOf = async (id: string, file = path): Promise<string[]> =>
    (await KnownHostsFile.at(file).linesOf(id)).map(({ key }) => key);

  test('that is not there knows nobody, and is made for its owner alone', async () => {
    expect(await keysOf('a')).toEqual([]);
    await KnownHostsFile.at(path).remember('a', keyOf('key'));
    expect(await keysOf('a')).toEqual([base64('key')]);
    if (process.platform === 'win32') return;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'state')).mode & 0o777).toBe(0o700);
  });

  test.runIf(spawnSync('ssh-keygen', ['-?']).error === undefined)(
    'with names hashed by ssh-keygen -H is understood',
    async () => {
      const file = join(folder, 'hashed');
      writeFileSync(file, `${line('[192.0.2.1]:2222', 'one')}\n${line('r2.example.net', 'two')}\n`);
      const made = spawnSync('ssh-keygen', ['-H', '-f', file], { encoding: 'utf8' });
      expect(made.status, made.stderr).toBe(0);
      expect(readFileSync(file, 'utf8')).toMatch(/^\|1\|/);
      expect(await keysOf(hostId('192.0.2.1', 2222), file)).toEqual([base64('one')]);
      expect(await keysOf(hostId('R2.example.net', 22), file)).toEqual([base64('two')]);
      expect(await keysOf(hostId('192.0.2.1', 22), file)).toEqual([]);
    },
  );

  test.runIf(spawnSync('ssh-keygen', ['-?']).error === undefined)(
    'that we wrote is understood by ssh-keygen',
    async () => {
      await KnownHostsFile.at(path).remember(hostId('192.0.2.1', 2222), keyOf('key'));
      const found = spawnSync('ssh-keygen', ['-F', '[192.0.2.1]:2222', '-f', path], { encoding: 'utf8' });
      expect(found.stdout).toContain(line('[192.0.2.1]:2222'));
    },
  );

  test.skipIf(process.platform === 'win32')(
    'that is a named pipe is an error at once: opening it would wait for a writer for good',
    async () => {
      const pipe = join(folder, 'pipe');
      expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
      await expect(KnownHostsFile.at(pipe).linesOf('r1')).rejects.toThrow('it is a named pipe; expected a file');
    },
  );

  test('of 100,000 hashed hosts does not hold up the event loop', async () => {
    const hashed = `|1|${Buffer.alloc(20, 1).toString('base64')}|${Buffer.alloc(20, 2).toString('base64')}`;
    const file = join(folder, 'many');
    writeFileSync(file, `${line(hashed)}\n`.repeat(100_000));
    let last = performance.now();
    let longest = 0;
    const started = last;
    const watch = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    });
    expect(await keysOf('192.0.2.1', file)).toEqual([]);
    clearInterval(watch);
    // In one piece each, reading and comparing would be nearly all of it, on a machine of any speed.
    expect(longest).toBeLessThan((performance.now() - started) / 4);
  });

  test('is read on from where it was appended to', async () => {
    const file = KnownHostsFile.at(path);
    for (const seed of ['one', 'two', 'three']) {
      await file.remember(seed, keyOf(seed));
      expect(await keysOf(seed)).toEqual([base64(seed)]);
    }
    expect(await keysOf('one')).toEqual([base64('one')]);
  });

  test('without an end of its last line is appended to on a new one, and that line counts once', async () => {
    const file = join(folder, 'unended');
    writeFileSync(file, line('a', 'one'));
    expect(await keysOf('a', file)).toEqual([base64('one')]);
    appendFileSync(file, ' comment');
    expect(await keysOf('a', file)).toEqual([base64('one')]);
    await KnownHostsFile.at(file).remember('b', keyOf('two'));
    expect(await keysOf('a', file)).toEqual([base64('one')]);
    expect(await keysOf('b', file)).toEqual([base64('two')]);
    expect(readFileSync(file, 'utf8')).toBe(`${line('a', 'one')} comment\n${line('b', 'two')}\n`);
  });

  test('with bytes that are no UTF-8 is read on from the right place', async () => {
    const file = join(folder, 'latin1');
    writeFileSync(file, Buffer.from(`${line('a', 'one')} b\xfcro \xe9\xe8\xea\xeb\n`, 'latin1'));
    expect(await keysOf('a', file)).toEqual([base64('one')]);
    appendFileSync(file, `${line('b', 'two')}\n`);
    expect(await keysOf('b', file)).toEqual([base64('two')]);
  });

  test('that was edited is read anew, also when it grew by that', async () => {
    const file = join(folder, 'edited');
    writeFileSync(file, `${line('a', 'one')}\n`);
    expect(await keysOf('a', file)).toEqual([base64('one')]);
    // The same file in place: a key replaced, and a line more.
    writeFileSync(file, `${line('a', 'new')}\n${line('b', 'two')}\n`);
    expect(await keysOf('a', file)).toEqual([base64('new')]);
    expect(await keysOf('b', file)).toEqual([base64('two')]);
    writeFileSync(file, `${line('b', 'two')}\n`);
    expect(await keysOf('a', file)).toEqual([]);
    rmSync(file);
    expect(await keysOf('b', file)).toEqual([]);
  });

  test('that cannot be read or written is an error that says which', async () => {
    const error = { name: 'HostKeyError', code: 'host_key_store', phase: 'host_key' };
    await expect(KnownHostsFile.at(folder).linesOf('a')).rejects.toMatchObject({
      ...error,
      message: expect.stringContaining(folder),
    });
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const below = join(file, 'known_hosts');
    await expect(KnownHostsFile.at(below).remember('a', keyOf('key'))).rejects.toMatchObject({
      ...error,
      message: expect.stringContaining(below),
    });
    if (process.platform === 'win32' || process.getuid?.() === 0) return;
    chmodSync(file, 0);
    await expect(KnownHostsFile.at(file).linesOf('a')).rejects.toMatchObject(error);
  });

  /** Runs a program in a process for each of these; it finds the file's path and its own name among its arguments. */
  async function inProcesses(names: readonly string[], program: string): Promise<void> {
    const source = `
      import { KnownHostsFile } from ${JSON.stringify(distFile())};
      const [, path, who] = process.argv;
      ${program}
    `;
    await Promise.all(
      names.map((who) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', source, path, who], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        return new Promise<void>((settle, fail) => {
          child.once('exit', (code) => (code === 0 ? settle() : fail(new Error(`ended with ${code}`))));
        });
      }),
    );
  }

  test('that several processes learn from at once has one key of each host: the others hear of it', async () => {
    await inProcesses(
      ['a', 'b', 'c'],
      `for (let n = 0; n < 100; n++) {
        const key = Buffer.from('AAAAC3NzaC1lZDI1NTE5' + who.repeat(4), 'base64');
        const others = await KnownHostsFile.at(path).remember('h' + n, key);
        if (others.some((line) => line.key === key.toString('base64'))) throw new Error('told of its own key');
      }`,
    );
    const hosts = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(hosts).toHaveLength(100);
    expect(new Set(hosts).size).toBe(100);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  test('whose lock a killed program has left behind is learned into without waiting for long', async () => {
    const source = `const fs = require('node:fs'); fs.mkdirSync(require('node:path').dirname(process.argv[1]), { recursive: true }); fs.writeFileSync(process.argv[1], process.pid + ' ' + require('node:os').hostname())`;
    spawnSync(process.execPath, ['-e', source, `${path}.lock`]);
    expect(existsSync(`${path}.lock`)).toBe(true);
    await inProcesses(['a'], `await KnownHostsFile.at(path).remember('h', Buffer.from('AAAA', 'base64'));`);
    expect(readFileSync(path, 'utf8')).toMatch(/^h /);
    expect(existsSync(`${path}.lock`)).toBe(false);
  }, 8_000);

  test('of 30,000 hashed names stopped the process for as long as it was searched', async () => {
    const many = join(folder, 'many');
    const salt = Buffer.alloc(20, 1).toString('base64');
    writeFileSync(many, `${line(`|1|${salt}|${salt}`)}\n`.repeat(30_000));
    const file = KnownHostsFile.at(many);
    await file.linesOf('r1');
    const began = performance.now();
    let last = began;
    let longest = 0;
    let over = false;
    const watch = (): void => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (!over) setImmediate(watch);
    };
    setImmediate(watch);
    expect(await file.linesOf('r2')).toEqual([]);
    over = true;
    watch();
    expect(longest).toBeLessThan((performance.now() - began) / 2);
  });

  test('that two processes append to at once keeps every line whole', async () => {
    await inProcesses(
      ['x', 'y'],
      `const key = Buffer.from('AAAAC3NzaC1lZDI1NTE5', 'base64');
      for (let n = 0; n < 200; n++) await KnownHostsFile.at(path).remember(who + n, key);`,
    );
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.filter((one) => !/^[xy]\d+ \S+ \S+$/.test(one))).toEqual([]);
    expect(lines).toHaveLength(400);
    expect(await keysOf('x199')).toHaveLength(1);
  });
});

test.runIf(process.platform === 'linux')('a folder that cannot be made in /proc was tried for ever', async () => {
  const remembering = KnownHostsFile.at('/proc/nope/deeper/known_hosts').remember('h', Buffer.from('AAAA', 'base64'));
  await expect(remembering).rejects.toMatchObject({
    code: 'host_key_store',
    message: expect.stringContaining('ENOENT'),
  });
});

const distFile = (): string => {
  const root = process.env.ROLLCALL_PACKAGE ?? join(import.meta.dirname, '..', '..');
  return pathToFileURL(join(root, 'dist', 'transport', 'ssh', 'known-hosts-file.js')).href;
};
