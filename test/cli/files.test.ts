import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { needOrSkip } from '../real/needs.ts';
import { realDevicesOrSkip } from '../real/use.ts';
import { type Ended, Place } from './cli.ts';
import { Terminal } from './tmux.ts';

const real = realDevicesOrSkip();
const place = new Place();
let number = 0;

/** OpenSSH and dropbear, both with the same user, and so with the same files. */
function inventory(kinds: readonly ('shell' | 'dropbear')[] = ['shell', 'dropbear']): {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const devices = kinds.map((kind) => real().device(kind));
  const yaml = devices.flatMap(({ kind, host, port, username }) => [
    `  - name: ${kind}`,
    ...[`    device_type: linux`, `    host: ${host}`, `    port: ${port}`, `    username: ${username}`],
  ]);
  const file = place.file(`devices-${++number}.yaml`, ['devices:', ...yaml, ''].join('\n'));
  return { file, env: { ROLLCALL_PASSWORD: devices[0]?.password ?? '' } };
}

/** A folder that the devices' user may write to, empty. */
function room(): string {
  const path = mkdtempSync(join(real().folder, 'room-'));
  chmodSync(path, 0o777);
  return path;
}

const rollcall = (args: readonly string[], kinds?: readonly ('shell' | 'dropbear')[]): Promise<Ended> => {
  const { file, env } = inventory(kinds);
  return place.run([...args, '-i', file, '--host-keys', 'off'], { env });
};

interface FileLine {
  readonly device: string;
  readonly status: string;
  readonly file: Readonly<Record<string, unknown>> | null;
  readonly error: { readonly code: string; readonly phase: string; readonly message: string } | null;
}
const records = ({ stdout }: Ended): FileLine[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FileLine);

const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

test('a file goes to a device and comes back, by either protocol, and both say that it is the same', async () => {
  const source = place.path('image.bin');
  writeFileSync(source, randomBytes(1_234_567));
  const remote = join(room(), 'image.bin');
  const put = await rollcall(['put', source, remote], ['shell']);
  expect(put).toMatchObject({ code: 0 });
  expect(put.stdout).toMatch(/^shell: \S+ -> \S+: 1\.23 MB by sftp in \d+\.\d s \(the same sha256 on both sides\)\n$/);
  expect(put.stderr).toMatch(/^1 device: 1 ok in /);
  expect(hash(remote)).toBe(hash(source));
  const again = await rollcall(['put', source, remote], ['shell', 'dropbear']);
  expect(again.stdout.match(/is there already \(the same sha256 on both sides\)/g)).toHaveLength(2);

  for (const protocol of ['sftp', 'scp']) {
    const got = await rollcall([
      'get',
      remote,
      `${protocol}/{device}.bin`,
      '--protocol',
      protocol,
      '--format',
      'ndjson',
    ]);
    expect(got).toMatchObject({ code: 0 });
    const lines = records(got);
    expect(lines.map(({ device }) => device).sort()).toEqual(['dropbear', 'shell']);
    for (const { device, status, file } of lines) {
      expect(status).toBe('ok');
      expect(file).toMatchObject({
        ...{ direction: 'get', bytes: 1_234_567, outcome: 'transferred', protocol },
        ...{ verified: 'sha256', checksum: hash(source), local: `${protocol}/${device}.bin`, resumedFrom: 0 },
      });
      expect(hash(place.path(protocol, `${device}.bin`))).toBe(hash(source));
    }
  }
});

test.each(['threads', 'processes'])('sessions in %s carry files too', async (executor) => {
  const remote = join(room(), 'x');
  writeFileSync(remote, randomBytes(300_000));
  const got = await rollcall(['get', remote, `${executor}/`, '--executor', executor, '--workers', '2']);
  expect(got).toMatchObject({ code: 0 });
  for (const device of ['shell', 'dropbear']) expect(hash(place.path(executor, device, 'x'))).toBe(hash(remote));
});

test('each device has its own folder, and files that are there are kept', async () => {
  const remote = join(room(), 'conf');
  writeFileSync(remote, 'one\n');
  expect(await rollcall(['get', remote])).toMatchObject({ code: 0 });
  expect(readFileSync(place.path('shell', 'conf'), 'utf8')).toBe('one\n');
  writeFileSync(remote, 'two two\n');
  const kept = await rollcall(['get', remote, '--format', 'ndjson']);
  expect(kept.code).toBe(1);
  expect(records(kept).map(({ status, error }) => [status, error?.code, error?.phase])).toEqual([
    ['failed', 'file_exists', 'transfer'],
    ['failed', 'file_exists', 'transfer'],
  ]);
  expect(kept.stderr).toMatch(/shell: failed: .*is here already; to replace it, force it/);
  expect(readFileSync(place.path('shell', 'conf'), 'utf8')).toBe('one\n');
  expect(await rollcall(['get', remote, '--force'])).toMatchObject({ code: 0 });
  expect(readFileSync(place.path('dropbear', 'conf'), 'utf8')).toBe('two two\n');
});

test('what cannot be is told before anything is connected', async () => {
  place.file('here.txt', 'x');
  const wrong = [
    [['put', 'nonesuch.bin'], /cannot read nonesuch\.bin: .*no such file/],
    [['put', '.'], /is no file; put sends one file/],
    [['get', '/etc/hostname', 'one.txt'], /2 devices would write to one file, one\.txt: put \{device\} in it/],
    [['get', '/etc/hostname', 'here.txt/{device}'], /cannot make the folder/],
    [['get', 'a\nb'], /a path is one line of text/],
    [['put', 'here.txt', '--protocol', 'ftp'], /Allowed choices are auto, sftp, scp/],
    [['put', 'here.txt', '--per-worker', '2'], /--per-worker goes with/],
    [['put'], /missing required argument 'local'/],
  ] as const;
  for (const [args, says] of wrong) {
    const ended = await rollcall(args);
    expect({ args, ...ended }).toMatchObject({ args, code: 2, stdout: '', stderr: expect.stringMatching(says) });
  }
});

test('Ctrl-C leaves no half file under a final name, and the next run goes on from there', async () => {
  const remote = join(room(), 'big');
  writeFileSync(remote, randomBytes(1_000_000));
  truncateSync(remote, 700_000_000);
  const { file, env } = inventory(['shell']);
  const args = ['get', remote, 'big.bin', '-i', file, '--host-keys', 'off'];
  const running = place.start(args, { env });
  const part = place.path('big.bin.rollcall-part');
  await vi.waitFor(() => expect(statSync(part).size).toBeGreaterThan(3_000_000), {
    timeout: 10_000,
    interval: 10,
  });
  running.child.kill('SIGINT');
  expect(await running.ended).toMatchObject({
    code: 130,
    stderr: expect.stringMatching(/cancelled.*what arrived is in/),
  });
  expect(existsSync(place.path('big.bin'))).toBe(false);
  expect(existsSync(part)).toBe(true);

  truncateSync(remote, 5_000_000);
  truncateSync(part, 2_000_000);
  const next = await place.run([...args, '--format', 'ndjson'], { env });
  expect(records(next)[0]).toMatchObject({ status: 'ok', file: { resumedFrom: 2_000_000, verified: 'sha256' } });
  expect(hash(place.path('big.bin'))).toBe(hash(remote));
  expect(readdirSync(place.folder).filter((name) => name.includes('part'))).toEqual([]);
});

describe('the page of files', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'files.md'), 'utf8').replaceAll('\r\n', '\n');
  const blocks = (language: string): string[] =>
    [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

  test.each(['put', 'get'])('has every flag of %s, and no other', async (command) => {
    const { stdout } = await place.run([command, '--help']);
    const told = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = '']) => flag);
    const listed = [...page.matchAll(/^\| (?:`-\w`, )?`(--[\w-]+)/gm)].map(([, flag = '']) => flag);
    expect(listed).toEqual(told.filter((flag) => flag !== '--help'));
  });

  test('has commands that work', async () => {
    const { file, env } = inventory(['shell']);
    writeFileSync(place.path('image.bin'), randomBytes(200_000));
    for (const line of blocks('sh').flatMap((text) => text.trim().split('\n'))) {
      const args = line.replaceAll("'", '').replace('devices.yaml', file).split(' ').slice(1);
      expect({ line, ...(await place.run([...args, '--host-keys', 'off'], { env })) }).toMatchObject({ line, code: 0 });
    }
    for (const copy of ['shell/image.bin', 'copies/shell.bin']) {
      expect(hash(place.path(...copy.split('/')))).toBe(hash(place.path('image.bin')));
    }
  });

  test('has an example that works', async () => {
    const { host, port, username, password } = real().device('shell');
    const remote = join(room(), 'image.bin');
    writeFileSync(place.path('image.bin'), randomBytes(200_000));
    const [text = ''] = blocks('js');
    const session = join(
      process.env.ROLLCALL_PACKAGE ?? join(import.meta.dirname, '..', '..'),
      'dist/session/index.js',
    );
    const script = text
      .replace("'rollcall/session'", JSON.stringify(pathToFileURL(session).href))
      .replace("host: 'server.example.net'", `host: '${host}', port: ${port}`)
      .replace("username: 'admin'", `username: '${username}'`)
      .replace("new Secret('admin')", `new Secret('${password}')`)
      .replaceAll('/tmp/image.bin', remote)
      // What TypeScript makes of it for Node 20, which has no `using`.
      .replace('await using session', 'const session');
    writeFileSync(place.path('example.mjs'), `${script}\nawait session.close();\n`);
    const child = spawn(process.execPath, ['example.mjs'], { cwd: place.folder, env: place.env });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    expect(await new Promise((settle) => child.once('close', settle)), said).toBe(0);
    expect(said).toContain('transferred sftp sha256\n');
    expect(said).toContain('transferred 200000\n');
    expect(said).toContain('200000 of 200000\n');
  });
});

test.each(['sftp', 'scp'])(
  'a system that took a part of the last piece was taken to have all of it (%s)',
  async (protocol) => {
    const remote = join(room(), 'x');
    writeFileSync(remote, randomBytes(41_000));
    const here = place.path(`short-${protocol}`);
    const { file, env } = inventory(['shell']);
    const args = ['get', remote, here, '-i', file, '--host-keys', 'off', '--protocol', protocol, '--verify', 'none'];
    // 80 blocks of 512 bytes: the write that goes beyond them is cut short, and only the next one fails.
    const { code, stderr } = await place.run(args, { env, under: ['sh', '-c', 'ulimit -f 80; exec "$@"', 'sh'] });
    expect(stderr).toMatch(/failed: .*EFBIG/);
    expect(code).toBe(1);
    expect(existsSync(here)).toBe(false);
  },
);

describe('on a terminal', () => {
  needOrSkip('terminal');

  test('how much has gone over stands at the bottom until it is over', async () => {
    const { file, env } = inventory(['shell']);
    const bytes = 128 * 1024 * 1024;
    truncateSync(place.file('zero.bin', ''), bytes);
    const args = ['put', 'zero.bin', `${room()}/zero.bin`, '-i', file, '--host-keys', 'off'];
    const terminal = await Terminal.start(place, args, { env, width: 200 });
    await terminal.shows(/^0\/1 device · [\d.]+ [kM]B, [\d.]+ [kM]?B\/s/m);
    const { code, screen } = await terminal.ended();
    expect([code, screen]).toEqual([0, expect.stringMatching(/zero\.bin: 134 MB by sftp in .*\n1 device: 1 ok/)]);
    expect(screen).not.toMatch(/B\/s/);
  });
});

test.runIf(process.platform === 'linux').each([
  ['get', ['get', 'x', '/proc/nope/x']],
  ['--output-dir', ['run', 'true', '--output-dir', '/proc/nope/out']],
  ['--record', ['run', 'true', '--record', '/proc/nope/rec']],
])('a folder that cannot be made in /proc was tried for ever (%s)', async (_, args) => {
  const { code, stderr } = await rollcall(args, ['shell']);
  expect(stderr).toMatch(/ENOENT/);
  expect(code).not.toBe(0);
});
