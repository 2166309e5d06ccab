import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { credentialSource, Secret, type SecretQuestion } from 'rollcall/session';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { decryptAge, encryptAge, isAge, makeIdentity } from '#dist/credentials/index.js';
import { needOrSkip } from '../real/needs.ts';
import { failure } from '../session/failure.ts';
import { ownFolder } from './surroundings.ts';

const folder = ownFolder();
const host = '192.0.2.1';
const what = 'the file x.age';
const SMALL = fc.uint8Array({ maxLength: 300 });

/** The user's own identity, where it is looked for. */
let own: { readonly identity: string; readonly recipient: string };
const identityPath = join(folder, 'config', 'rollcall', 'identity.txt');
beforeAll(async () => {
  own = await makeIdentity();
  mkdirSync(join(folder, 'config', 'rollcall'), { recursive: true });
  writeFileSync(identityPath, `# mine\n\n${own.identity}\n`);
});

const armored = async (text: string, recipient = own.recipient): Promise<string> =>
  Buffer.from(await encryptAge(Buffer.from(text), { recipients: [recipient] }, { armor: true })).toString();

describe('{ age }', () => {
  const resolve = async (age: string, more: object = {}): Promise<string> =>
    (await credentialSource().resolve({ age }, { host, ...more })).reveal();

  test('is what is encrypted for the user, without the line end that echo puts there', async () => {
    expect(await resolve(await armored('pa55 wörd'))).toBe('pa55 wörd');
    expect(await resolve(await armored('pa55\n'))).toBe('pa55');
    expect(await resolve(await armored(''))).toBe('');
    expect(await resolve((await armored('pa55')).replaceAll('\n', '\r\n  '))).toBe('pa55');
  });

  test('opens with another file of identities, one of several', async () => {
    const other = await makeIdentity();
    const path = join(folder, 'others.txt');
    writeFileSync(path, `${own.identity}\r\n# the other\r\n${other.identity}\r\n`);
    const source = credentialSource({ env: { ROLLCALL_AGE_IDENTITY: path } });
    const secret = await source.resolve({ age: await armored('pa55', other.recipient) }, { host });
    expect(secret.reveal()).toBe('pa55');
  });

  test.each<[string, () => Promise<string>, RegExp]>([
    [
      'for somebody else',
      async () => armored('x', (await makeIdentity()).recipient),
      /no identity fits: it is encrypted for somebody else$/,
    ],
    ['no age file', async () => 'pa55w0rd', /this is no age file; make one with: rollcall secret encrypt$/],
    ['cut', async () => (await armored('x'.repeat(200))).replace(/\n[^\n]+\n(?=-----END)/, '\n'), /it is damaged/],
    ['changed', async () => changed(await armored('x'.repeat(200))), /it is damaged/],
    ['several lines', () => armored('a\nb'), /has several lines, and a secret is one$/],
    [
      'no text',
      async () =>
        Buffer.from(
          await encryptAge(Buffer.from([0xff, 0xfe]), { recipients: [own.recipient] }, { armor: true }),
        ).toString(),
      /is no text in UTF-8$/,
    ],
  ])('says of one that is %s what it is', async (_, make, message) => {
    const age = await make();
    const error = await failure(credentialSource().resolve({ age }, { host }));
    expect(error).toMatchObject({ code: 'credential', message: expect.stringMatching(message) });
    expect(error.message).toMatch(/^\{ age: … \}: /);
  });

  test.each([
    [
      'there is none',
      undefined,
      /there is no age identity at .*none\.txt; name one with ROLLCALL_AGE_IDENTITY, or make one with/,
    ],
    ['it is empty', '# nothing\n', /holds no identity/],
    [
      'it holds something else',
      'AGE-SECRET-KEY-1ABC\nhunter2hunter2\n',
      /entry 2 is no identity; expected AGE-SECRET-KEY-1…$/,
    ],
    ['its key is damaged', 'AGE-SECRET-KEY-1ABCDEF\n', /an identity is damaged/],
    ['it is an SSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nxyz\n', /is an SSH key/],
    ['it is for a plugin', 'AGE-PLUGIN-YUBIKEY-1ABC\n', /an identity of a plugin/],
  ])('says of the identity file, where %s, what to do', async (_, text, message) => {
    const path = join(folder, 'none.txt');
    if (text !== undefined) writeFileSync(path, text);
    const source = credentialSource({ env: { ROLLCALL_AGE_IDENTITY: path } });
    const error = await failure(source.resolve({ age: await armored('x') }, { host }));
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/hunter2|1ABC/);
  });

  test('is opened with one passphrase, asked for once, whatever number of values it opens', async () => {
    const passphrase = new Secret('correct horse');
    const encrypt = async (text: string): Promise<string> =>
      Buffer.from(await encryptAge(Buffer.from(text), { passphrase }, { armor: true })).toString();
    const values = [await encrypt('one'), await encrypt('two')];
    const answers = ['wrong', 'correct horse'];
    const ask = vi.fn(async (_question: SecretQuestion) => answers.shift() ?? 'not asked');
    expect(await Promise.all(values.map((age) => resolve(age, { ask })))).toEqual(['one', 'two']);
    expect(ask.mock.calls.map(([{ prompt }]) => prompt)).toEqual([
      'Passphrase of the encrypted values:',
      'That was wrong. Passphrase of the encrypted values:',
    ]);
    // Otherwise the answer of the first question would be that of the second.
    expect(new Set(ask.mock.calls.map(([{ about }]) => about)).size).toBe(2);
  }, 60_000);
});

/** With one letter of its body another one. */
function changed(text: string): string {
  const lines = text.split('\n');
  const line = lines.at(-3) ?? '';
  lines[lines.length - 3] = line.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
  return lines.join('\n');
}

test('whatever bytes are encrypted come back, in both forms, and random bytes are no age file', async () => {
  await fc.assert(
    fc.asyncProperty(SMALL, fc.boolean(), async (plain, armor) => {
      const bytes = await encryptAge(plain, { recipients: [own.recipient] }, { armor });
      expect([isAge(bytes), isAge(plain)]).toEqual([true, false]);
      expect(Buffer.from(await decryptAge(bytes, { what })).equals(plain)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('a file that is cut anywhere is an error, and never a part of what was encrypted', async () => {
  const bytes = await encryptAge(Buffer.from('x'.repeat(100)), { recipients: [own.recipient] });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 30, max: bytes.length - 1 }), async (length) => {
      expect(await failure(decryptAge(bytes.subarray(0, length), { what }))).toMatchObject({ code: 'credential' });
    }),
    { numRuns: 30 },
  );
});

test('what is no recipient is refused, and the other half of the pair is not shown', async () => {
  for (const recipient of ['age1abc', own.identity, 'ssh-ed25519 AAAA', '']) {
    const error = await failure(encryptAge(Buffer.from('x'), { recipients: [recipient] }));
    expect(error).toMatchObject({ code: 'bad_option', message: expect.stringMatching(/is no recipient of age/) });
    expect(error.message).not.toContain('AGE-SECRET');
  }
});

describe('with age itself', () => {
  const isHere = needOrSkip('age');
  const age = (...args: string[]): Buffer => execFileSync('age', args, { cwd: folder });

  test.each([
    ['binary', []],
    ['armoured', ['--armor']],
  ])('what it has encrypted (%s) is read', async (_, flags) => {
    writeFileSync(join(folder, 'plain'), 'what age wrote é\n');
    const bytes = age(...flags, '-r', own.recipient, 'plain');
    expect(Buffer.from(await decryptAge(bytes, { what })).toString()).toBe('what age wrote é\n');
  });

  test.each([false, true])('it reads what we have encrypted (armour: %s)', async (armor) => {
    writeFileSync(
      join(folder, 'ours.age'),
      await encryptAge(Buffer.from('what we wrote é'), { recipients: [own.recipient] }, { armor }),
    );
    expect(age('-d', '-i', identityPath, 'ours.age').toString()).toBe('what we wrote é');
  });

  test('an identity that its keygen has made opens, and it knows the public half of ours', async () => {
    execFileSync('age-keygen', ['-o', join(folder, 'theirs.txt')], { stdio: 'ignore' });
    const theirs = execFileSync('age-keygen', ['-y', join(folder, 'theirs.txt')])
      .toString()
      .trim();
    const bytes = await encryptAge(Buffer.from('x'), { recipients: [theirs, own.recipient] });
    const env = { ROLLCALL_AGE_IDENTITY: join(folder, 'theirs.txt') };
    expect(Buffer.from(await decryptAge(bytes, { what, env })).toString()).toBe('x');
    expect(execFileSync('age-keygen', ['-y', identityPath]).toString().trim()).toBe(own.recipient);
  });

  test.runIf(isHere && process.platform === 'linux')(
    'a passphrase opens on either side what the other has encrypted',
    async () => {
      writeFileSync(join(folder, 'plain'), 'with a passphrase');
      // It asks at the terminal and nowhere else: script(1) is one.
      const typed = (command: string, input: string) =>
        spawnSync('script', ['-qec', command, '/dev/null'], { cwd: folder, input, encoding: 'utf8', timeout: 30_000 });
      typed('age -p -o theirs.age plain', 'correct horse\ncorrect horse\n');
      const ask = async (): Promise<string> => 'correct horse';
      const read = await decryptAge(readFileSync(join(folder, 'theirs.age')), { what, ask });
      expect(Buffer.from(read).toString()).toBe('with a passphrase');
      const passphrase = new Secret('correct horse');
      writeFileSync(join(folder, 'ours.age'), await encryptAge(Buffer.from('ours'), { passphrase }));
      typed('age -d -o back ours.age', 'correct horse\n');
      expect(readFileSync(join(folder, 'back'), 'utf8')).toBe('ours');
    },
    60_000,
  );
});
