import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { needOrSkip } from '../real/needs.ts';
import { lines, Place, statuses, until } from './cli.ts';
import { Terminal } from './tmux.ts';

const place = new Place();
const PASSWORD = 'pa55-of-the-lab';
let lab: Awaited<ReturnType<Place['lab']>>;
/** The public key of the place's user. */
let recipient = '';

beforeAll(async () => {
  lab = await place.lab('lab', { devices: 3, password: PASSWORD, secret: '' });
  const { code, stdout, stderr } = await place.run(['secret', 'keygen']);
  recipient = stdout.trim();
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^rollcall: the identity is in .*identity\.txt: keep a copy of it\. Its public key:\n$/),
  ]);
});

const identity = () => place.path('home', '.config', 'rollcall', 'identity.txt');
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** Writes an inventory of the lab's devices that have this for a password. */
function inventory(name: string, password: string | ((at: number) => string)): string {
  const devices = lab.devices.map(
    (one, at) =>
      `- { name: ${one.name}, host: ${one.host}, port: ${one.port}, device_type: cisco_ios, username: ${one.username}, password: ${typeof password === 'string' ? password : password(at)} }\n`,
  );
  place.file(name, devices.join(''));
  chmodSync(place.path(name), 0o600);
  return name;
}

const clock = (...more: string[]): string[] => ['run', 'show clock', '--format', 'ndjson', ...more];
const OK = { R1: 'ok', R2: 'ok', R3: 'ok' };

describe('rollcall secret keygen', () => {
  test('makes a key for its owner alone, as age-keygen does, and overwrites none', async () => {
    expect(recipient).toMatch(/^age1[0-9a-z]{58}$/);
    const text = readFileSync(identity(), 'utf8');
    expect(text).toMatch(/^# created: \S+\n# public key: age1\w+\nAGE-SECRET-KEY-1[0-9A-Z]+\n$/);
    if (process.platform !== 'win32') {
      expect([modeOf(identity()), modeOf(place.path('home', '.config', 'rollcall'))]).toEqual(['600', '700']);
    }
    const again = await place.run(['secret', 'keygen']);
    expect([again.code, again.stdout]).toEqual([2, '']);
    expect(again.stderr).toMatch(/is there already, and is not overwritten; name another with --output FILE\n/);
    expect(readFileSync(identity(), 'utf8')).toBe(text);
  });
});

describe('rollcall secret encrypt and decrypt', () => {
  test('a password of standard input becomes a value that a run uses', async () => {
    const { code, stdout, stderr } = await place.run(['secret', 'encrypt'], { stdin: `${PASSWORD}\n` });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\{ age: "-----BEGIN AGE ENCRYPTED FILE-----\\n.*" \}\n$/);
    const run = await place.run(clock('-i', inventory('age.yaml', stdout.trim())));
    expect([run.code, statuses(lines(run.stdout))]).toEqual([0, OK]);
    expect(run.stderr).not.toContain('warning');
  });

  test('on several lines it can be indented', async () => {
    const { stdout } = await place.run(['secret', 'encrypt', '--block'], { stdin: PASSWORD });
    const [first] = lab.devices;
    const value = stdout.replaceAll('\n', '\n      ').trimEnd();
    place.file(
      'block.yaml',
      `- host: 127.0.0.1\n  name: R1\n  port: ${first?.port}\n  device_type: cisco_ios\n  username: ${first?.username}\n  password:\n    ${value}\n`.replace(
        'password:\n    age',
        'password:\n      age',
      ),
    );
    const run = await place.run(clock('-i', 'block.yaml'));
    expect([run.stderr.includes('yaml:'), statuses(lines(run.stdout))]).toEqual([false, { R1: 'ok' }]);
  });

  test('a whole inventory is encrypted, run and decrypted; what is there is not overwritten', async () => {
    inventory('plain.yaml', PASSWORD);
    const { code, stderr } = await place.run(['secret', 'encrypt', 'plain.yaml']);
    expect([code, stderr]).toEqual([
      0,
      'rollcall: plain.yaml.age is written; plain.yaml is still there in plain text: remove it when plain.yaml.age serves you\n',
    ]);
    if (process.platform !== 'win32') expect(modeOf(place.path('plain.yaml.age'))).toBe('600');
    const run = await place.run(clock('-i', 'plain.yaml.age'));
    expect([run.code, statuses(lines(run.stdout)), run.stderr.includes('warning')]).toEqual([0, OK, false]);
    const text = readFileSync(place.path('plain.yaml'), 'utf8');
    expect((await place.run(['secret', 'decrypt', 'plain.yaml.age'])).stdout).toBe(text);
    const again = await place.run(['secret', 'encrypt', 'plain.yaml']);
    expect([again.code, again.stderr]).toEqual([
      2,
      expect.stringMatching(/cannot write plain\.yaml\.age: it is there already; name another/),
    ]);
    const armored = await place.run([
      'secret',
      'encrypt',
      'plain.yaml',
      '--armor',
      '-o',
      'armored.age',
      '-r',
      recipient,
    ]);
    expect([armored.code, readFileSync(place.path('armored.age'), 'latin1')]).toEqual([
      0,
      expect.stringMatching(/^-----BEGIN AGE/),
    ]);
    const from = await place.run(['secret', 'decrypt', '-'], {
      stdin: readFileSync(place.path('armored.age'), 'latin1'),
    });
    expect(from.stdout).toBe(text);
  });

  test.each<[string, string[], string, RegExp]>([
    ['nothing', ['encrypt'], '', /standard input is empty/],
    ['two lines', ['encrypt'], 'a\nb\n', /must be one line/],
    ['a key that is none', ['encrypt', '-r', 'age1abc'], 'x', /age1abc is no recipient of age/],
    ['the secret half of a key', ['encrypt', '-r', 'AGE-SECRET-KEY-1ABC'], 'x', /^rollcall: it is no recipient of age/],
    [
      'a passphrase without a terminal',
      ['encrypt', '-p'],
      'x',
      /New passphrase is asked for at the terminal, and there is none/,
    ],
    ['both', ['encrypt', '-p', '-r', 'age1abc'], 'x', /give --recipient or --passphrase, not both/],
    ['a file that is not there', ['encrypt', 'no-such.yaml'], '', /cannot read no-such\.yaml: there is no such file/],
    [
      'what is encrypted already',
      ['encrypt', 'sealed.age'],
      '',
      /is encrypted already; to change it: rollcall secret edit sealed\.age/,
    ],
    ['what is not encrypted', ['decrypt', 'open.yaml'], '', /open\.yaml is not encrypted with age/],
    ['what is for another', ['decrypt', 'sealed.age'], '', /no identity fits|damaged/],
    ['an unknown command', ['encript'], '', /unknown command 'encript'/],
  ])('%s is an error, exit 2', async (_, args, stdin, message) => {
    place.file('open.yaml', 'x');
    place.file('sealed.age', 'age-encryption.org/v1\n-> X25519 abc\nabc\n--- abc\n');
    const { code, stdout, stderr } = await place.run(['secret', ...args], { stdin });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

describe('rollcall run with references', () => {
  test.each(['loop', 'threads', 'processes'])(
    'resolves variables and programs, with --executor %s',
    async (executor) => {
      const script = place.file(
        'password.cjs',
        `require('fs').appendFileSync('runs-${executor}', '.'); console.log(${JSON.stringify(PASSWORD)})`,
      );
      const kinds = ['{ env: NETPW }', `{ command: ${JSON.stringify([process.execPath, script])} }`];
      const file = inventory(`kinds-${executor}.yaml`, (at) => kinds[at % 2] ?? '');
      const workers = executor === 'loop' ? [] : ['--workers', '1', '--per-worker', '3'];
      const run = await place.run(clock('-i', file, '--executor', executor, ...workers), { env: { NETPW: PASSWORD } });
      expect([run.code, statuses(lines(run.stdout))]).toEqual([0, OK]);
      expect(run.stdout + run.stderr).not.toContain(PASSWORD);
      expect(readFileSync(place.path(`runs-${executor}`), 'utf8')).toBe('.');
    },
  );

  test('tells what lacks before anything is connected, all of it at once', async () => {
    const wanted = ['{ env: NO_SUCH }', '{ env: NO_SUCH }', '{ prompt: Password }'];
    const { connections } = lab.counters;
    const run = await place.run(
      clock(
        '-i',
        inventory('lacks.yaml', (at) => wanted[at] ?? ''),
      ),
    );
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toBe(
      [
        'rollcall: these secrets cannot be had:',
        'R1, password (and 1 more): { env: NO_SUCH }: the environment variable NO_SUCH is not set',
        'R3, password: { prompt: "Password" }: there is nobody to ask: run it on a terminal, or use { env: … } or { command: … } instead',
        '',
      ].join('\n'),
    );
    const sealed = (await place.run(['secret', 'encrypt'], { stdin: PASSWORD })).stdout.trim();
    const env = { ROLLCALL_AGE_IDENTITY: place.path('no-identity.txt') };
    const age = await place.run(clock('-i', inventory('no-identity.yaml', sealed)), { env });
    expect([age.code, age.stderr]).toEqual([
      2,
      expect.stringMatching(
        /R1, password \(and 2 more\): \{ age: … \}: there is no age identity at .*no-identity\.txt/,
      ),
    ]);
    await place.run(['secret', 'encrypt', 'lacks.yaml']);
    const file = await place.run(clock('-i', 'lacks.yaml.age'), { env });
    expect([file.code, file.stderr]).toEqual([
      2,
      expect.stringMatching(/^rollcall: lacks\.yaml\.age: there is no age identity at/),
    ]);
    expect(lab.counters.connections).toBe(connections);
  });

  test('a program that fails is the error of its devices, in one line each', async () => {
    const command = JSON.stringify([process.execPath, '-e', "console.error('vault is sealed'); process.exit(2)"]);
    const kinds = ['{ env: NETPW }', `{ command: ${command} }`, '{ env: NETPW }'];
    const run = await place.run(
      clock(
        '-i',
        inventory('fails.yaml', (at) => kinds[at] ?? ''),
      ),
      { env: { NETPW: PASSWORD } },
    );
    expect([run.code, statuses(lines(run.stdout))]).toEqual([1, { R1: 'ok', R2: 'failed credential', R3: 'ok' }]);
    expect(lines(run.stdout).find(({ device }) => device === 'R2')?.error?.message).toMatch(
      /^127\.0\.0\.1:\d+: password: \{ command: .* … \}: ended with exit code 2; it says: vault is sealed$/,
    );
  });

  test('an enable secret is not asked for where nobody enables', async () => {
    const file = inventory('no-enable.yaml', `${PASSWORD}, secret: { env: NO_SUCH }`);
    expect((await place.run(clock('-i', file))).code).toBe(2);
    expect((await place.run(clock('-i', file, '--no-enable'))).code).toBe(0);
  });

  test('passwords in plain text are told of once', async () => {
    const { code, stderr } = await place.run(clock('-i', inventory('warned.yaml', PASSWORD)));
    expect([code, stderr.match(/warning/g)?.length]).toEqual([0, 1]);
    expect(stderr).toContain('rollcall: warning: 3 passwords stand in warned.yaml in plain text; write { env: NAME }');
  });
});

describe.skipIf(process.platform === 'win32')('rollcall secret edit', () => {
  const editor = (name: string, script: string): Readonly<Record<string, string>> => {
    chmodSync(place.file(name, `#!/bin/sh\n${script}\n`), 0o755);
    mkdirSync(place.path('runtime'), { recursive: true, mode: 0o700 });
    return { EDITOR: place.path(name), VISUAL: '', XDG_RUNTIME_DIR: place.path('runtime') };
  };
  const decrypted = async (file: string): Promise<string> => (await place.run(['secret', 'decrypt', file])).stdout;
  const expectNothingLeft = () => expect(readdirSync(place.path('runtime'))).toEqual([]);

  test('has the text edited in a folder for its owner alone, and makes a new file', async () => {
    const look = 'stat -c %a "$1" "$(dirname "$1")" > seen; basename "$1" >> seen';
    const env = editor('writes', `${look}; echo 'first: line' > "$1"`);
    const made = await place.run(['secret', 'edit', 'new.yaml.age'], { env });
    expect([made.code, made.stderr, await decrypted('new.yaml.age')]).toEqual([
      0,
      'rollcall: new.yaml.age is written\n',
      'first: line\n',
    ]);
    expect([readFileSync(place.path('seen'), 'utf8'), modeOf(place.path('new.yaml.age'))]).toEqual([
      '600\n700\nnew.yaml\n',
      '600',
    ]);
    const more = await place.run(['secret', 'edit', 'new.yaml.age'], { env: editor('adds', `echo second >> "$1"`) });
    expect([more.code, await decrypted('new.yaml.age')]).toEqual([0, 'first: line\nsecond\n']);
    const before = readFileSync(place.path('new.yaml.age'));
    const same = await place.run(['secret', 'edit', 'new.yaml.age'], { env: editor('looks', ':') });
    expect([same.code, same.stderr]).toEqual([0, 'rollcall: nothing was changed; new.yaml.age stays as it is\n']);
    const failed = await place.run(['secret', 'edit', 'new.yaml.age'], {
      env: editor('fails', 'echo lost > "$1"; exit 4'),
    });
    expect([failed.code, failed.stderr]).toEqual([
      3,
      'rollcall: the editor ended with exit code 4; new.yaml.age stays as it is\n',
    ]);
    const none = await place.run(['secret', 'edit', 'new.yaml.age'], {
      env: { ...editor('x', ':'), EDITOR: 'no-such-editor' },
    });
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringContaining("cannot start the editor 'no-such-editor' (ENOENT); name one with EDITOR"),
    ]);
    expect(readFileSync(place.path('new.yaml.age')).equals(before)).toBe(true);
    expectNothingLeft();
  });

  test('a file for several readers needs all of them named again', async () => {
    place.file('shared', 'x');
    const other = (await place.run(['secret', 'keygen', '-o', 'other.txt'])).stdout.trim();
    await place.run(['secret', 'encrypt', 'shared', '-r', recipient, '-r', other]);
    const env = editor('more', `echo y > "$1"`);
    const refused = await place.run(['secret', 'edit', 'shared.age'], { env });
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('shared.age is encrypted for 2 recipients'),
    ]);
    const { code } = await place.run(['secret', 'edit', 'shared.age', '-r', recipient, '-r', other], { env });
    const theirs = { ROLLCALL_AGE_IDENTITY: place.path('other.txt') };
    expect([code, (await place.run(['secret', 'decrypt', 'shared.age'], { env: theirs })).stdout]).toEqual([0, 'y\n']);
  });

  test('what was decrypted is gone when rollcall is ended in the middle', async () => {
    const env = editor('waits', 'echo lost > "$1"; echo > started; exec sleep 60');
    place.file('kept', 'kept\n');
    await place.run(['secret', 'encrypt', 'kept']);
    const running = place.start(['secret', 'edit', 'kept.age'], { env });
    await until(() => expect(existsSync(place.path('started'))).toBe(true));
    running.child.kill('SIGTERM');
    const { code, stderr } = await running.ended;
    expect([code, stderr]).toEqual([143, 'rollcall: the editor was ended by SIGTERM; kept.age stays as it is\n']);
    expect(await decrypted('kept.age')).toBe('kept\n');
    expectNothingLeft();
  });
});

describe('on a terminal', () => {
  needOrSkip('terminal');

  test('a password is asked for twice and never shown', async () => {
    const terminal = await Terminal.start(place, ['secret', 'encrypt', '--block']);
    await terminal.shows(/^Secret:/);
    await terminal.press('-l', PASSWORD);
    await terminal.press('Enter');
    await terminal.shows(/Secret, once more:/);
    await terminal.press('-l', PASSWORD);
    await terminal.press('Enter');
    const { code, screen } = await terminal.ended();
    expect([code, screen]).toEqual([0, expect.stringContaining('age: |\n  -----BEGIN AGE')]);
    expect(screen).not.toContain(PASSWORD);
  });

  test('devices that share a question ask it once, in three processes', async () => {
    const file = inventory('asks.yaml', '{ prompt: Password of the lab }');
    const terminal = await Terminal.start(place, [
      'run',
      'show clock',
      '-i',
      file,
      '--executor',
      'processes',
      '--workers',
      '3',
    ]);
    await terminal.shows(/Password of the lab:/);
    await terminal.press('-l', PASSWORD);
    await terminal.press('Enter');
    const { code, screen } = await terminal.ended();
    expect([code, screen.match(/Password of the lab/g)?.length]).toEqual([0, 1]);
    expect(screen).toContain('3 devices: 3 ok');
    expect(screen).not.toContain(PASSWORD);
  });

  test('an inventory that has a passphrase asks for it, and Ctrl-C there ends with 130', async () => {
    inventory('sealed.yaml', PASSWORD);
    const making = await Terminal.start(place, ['secret', 'encrypt', 'sealed.yaml', '-p']);
    for (const question of [/New passphrase:/, /once more:/]) {
      await making.shows(question);
      await making.press('-l', 'correct horse');
      await making.press('Enter');
    }
    expect((await making.ended()).code).toBe(0);
    const running = await Terminal.start(place, ['run', 'show clock', '-i', 'sealed.yaml.age']);
    for (const answer of ['wrong', 'correct horse']) {
      await running.shows(
        answer === 'wrong' ? /^Passphrase of the file sealed\.yaml\.age:/ : /That was wrong\. Passphrase of the file/,
      );
      await running.press('-l', answer);
      await running.press('Enter');
    }
    const { code, screen } = await running.ended();
    expect([code, screen]).toEqual([0, expect.stringContaining('3 devices: 3 ok')]);
    const stopped = await Terminal.start(place, ['run', 'show clock', '-i', 'sealed.yaml.age']);
    await stopped.shows(/^Passphrase of the file/);
    await stopped.press('C-c');
    expect((await stopped.ended()).code).toBe(130);
  });

  test('Ctrl-C in an editor leaves the file as it is, and nothing behind', async () => {
    chmodSync(place.file('sleeps', '#!/bin/sh\necho lost > "$1"; echo editing; exec sleep 60\n'), 0o755);
    place.file('ctrl', 'kept\n');
    await place.run(['secret', 'encrypt', 'ctrl']);
    mkdirSync(place.path('run-ctrl'), { mode: 0o700 });
    const env = { EDITOR: place.path('sleeps'), VISUAL: '', XDG_RUNTIME_DIR: place.path('run-ctrl') };
    const terminal = await Terminal.start(place, ['secret', 'edit', 'ctrl.age'], { env });
    await terminal.shows(/^editing/m);
    expect(readdirSync(place.path('run-ctrl'))).toHaveLength(1);
    await terminal.press('C-c');
    const { code, screen } = await terminal.ended();
    expect([code, screen]).toEqual([130, expect.stringContaining('ctrl.age stays as it is')]);
    expect(readdirSync(place.path('run-ctrl'))).toEqual([]);
    expect((await place.run(['secret', 'decrypt', 'ctrl.age'])).stdout).toBe('kept\n');
  });
});

describe('with age itself', () => {
  needOrSkip('age');

  test('the files are its own', async () => {
    place.file('ours', 'from us\n');
    await place.run(['secret', 'encrypt', 'ours']);
    expect(execFileSync('age', ['-d', '-i', identity(), 'ours.age'], { cwd: place.folder }).toString()).toBe(
      'from us\n',
    );
    writeFileSync(place.path('theirs'), 'from age\n');
    execFileSync('age', ['-a', '-r', recipient, '-o', 'theirs.age', 'theirs'], { cwd: place.folder });
    expect((await place.run(['secret', 'decrypt', join('.', 'theirs.age')])).stdout).toBe('from age\n');
  });
});
