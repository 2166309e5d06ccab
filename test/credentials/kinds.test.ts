import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CredentialSource, credentialSource, forgetSecrets, type SecretReference } from 'rollcall/session';
import { describe, expect, test, vi } from 'vitest';
import { failure } from '../session/failure.ts';
import { isAlive, ownFolder } from './surroundings.ts';

const folder = ownFolder();
const host = '192.0.2.1';

const revealed = async (source: CredentialSource, reference: SecretReference, more: object = {}): Promise<string> =>
  (await source.resolve(reference, { host, ...more })).reveal();

/** A program of Node's that does this. */
const program = (code: string, ...args: string[]): readonly string[] => [process.execPath, '-e', code, '--', ...args];

describe('{ env }', () => {
  test('is the value of the variable', async () => {
    expect(await revealed(credentialSource({ env: { NETPW: ' as it is ' } }), { env: 'NETPW' })).toBe(' as it is ');
  });

  test.each([
    ['one that is not set', {}, '{ env: NETPW }: the environment variable NETPW is not set'],
    ['an empty one', { NETPW: '' }, '{ env: NETPW }: the environment variable NETPW is set, but empty'],
  ])('says of %s which it is', async (_, env, message) => {
    const error = await failure(credentialSource({ env }).resolve({ env: 'NETPW' }, { host }));
    expect(error).toMatchObject({ name: 'CredentialError', code: 'credential', message });
  });

  test('says what ROLLCALL_PASSWORD is for', async () => {
    const source = credentialSource({ env: { ROLLCALL_PASSWORD: 'x' } });
    const error = await failure(source.resolve({ env: 'ROLLCALL_PASSWORD' }, { host }));
    expect(error.message).toContain('leave the key out');
  });
});

describe('{ command }', () => {
  const source = credentialSource();

  test('is the first line that the program prints; no shell reads its arguments', async () => {
    const words = ['$HOME', '`id`', '; exit 1', '%PATH%'];
    const code = "console.log(process.argv.slice(1).join('|')); console.log('second')";
    expect(await revealed(source, { command: program(code, ...words) })).toBe(words.join('|'));
    const crlf = program("process.stdout.write('pa55\\r\\nx')");
    expect(await revealed(source, { command: crlf })).toBe('pa55');
    expect(await revealed(source, { command: program("process.stdout.write('no line end é')") })).toBe('no line end é');
  });

  test('does not give the program what is for rollcall alone', async () => {
    const env = { ...process.env, ROLLCALL_PASSWORD: 'for rollcall', OTHER: 'for all' };
    const command = program("console.log(process.env.OTHER + (process.env.ROLLCALL_PASSWORD ?? ''))");
    expect(await revealed(credentialSource({ env }), { command })).toBe('for all');
  });

  test('is asked for anew by a source with another environment', async () => {
    const command = program('console.log(process.env.WHICH)');
    const one = { ...process.env, WHICH: 'one' };
    const sources = [one, one, { ...one, WHICH: 'two' }].map((env) => credentialSource({ env }));
    expect(await Promise.all(sources.map((each) => revealed(each, { command })))).toEqual(['one', 'one', 'two']);
  });

  test.each([
    [
      'ends with another code than 0',
      "console.error('\\n\\x1b[31mlocked\\nmore'); process.exit(3)",
      /: ended with exit code 3; it says:\s+\[31mlocked$/,
    ],
    ['prints nothing', '', /: printed nothing on its first line$/],
    ['prints an empty first line', "console.log('\\nsecond')", /: printed nothing on its first line$/],
    [
      'prints a line without an end',
      "setInterval(() => process.stdout.write('x'.repeat(65536)), 1)",
      /: prints more than 64 KiB on its first line$/,
    ],
  ])('says of a program that %s what it did', async (_, code, message) => {
    const error = await failure(source.resolve({ command: program(code, 'an-argument') }, { host }));
    expect(error).toMatchObject({ code: 'credential', message: expect.stringMatching(message) });
    expect(error.message).toContain(`{ command: ${process.execPath} … }`);
    expect(error.message).not.toContain('an-argument');
  });

  test('shows nothing of what a failing program prints, also where its error repeats it', async () => {
    const command = program("console.log('pa55w0rd!'); console.error('got pa55w0rd!'); process.exit(1)");
    const { message } = await failure(source.resolve({ command }, { host }));
    expect(message).toMatch(/it says: got \[secret\]$/);
  });

  test('says which program there is not', async () => {
    const { message } = await failure(source.resolve({ command: ['no-such-program-here'] }, { host }));
    expect(message).toBe("{ command: no-such-program-here }: there is no program 'no-such-program-here'");
  });

  const forever = (file: string): readonly string[] =>
    program(`require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`);
  const pidIn = (file: string): Promise<number> =>
    vi.waitFor(() => {
      const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      expect(pid).toBeGreaterThan(0);
      return pid;
    }, 10_000);

  test('ends a program that takes too long', async () => {
    const file = join(folder, 'late.pid');
    const quick = credentialSource({ commandMs: 1_500 });
    const { message } = await failure(quick.resolve({ command: forever(file) }, { host }));
    expect(message).toMatch(/: did not end within 1.5 s$/);
    const pid = await pidIn(file);
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
  });

  test('ends a program whose run is called off', async () => {
    const file = join(folder, 'aborted.pid');
    const controller = new AbortController();
    const failing = failure(source.resolve({ command: forever(file) }, { host, signal: controller.signal }));
    const pid = await pidIn(file);
    controller.abort();
    expect(await failing).toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
  });
});

describe('{ prompt }', () => {
  test('is what the person answers, who is told what it is for all devices', async () => {
    const ask = vi.fn(async () => 'typed');
    expect(await revealed(credentialSource(), { prompt: 'Password of the lab' }, { ask })).toBe('typed');
    const question = { host, prompt: 'Password of the lab:', echo: false, about: "the secret 'Password of the lab'" };
    expect(ask.mock.calls).toEqual([[question]]);
  });

  test('says where nobody is there, and where nobody answers', async () => {
    const source = credentialSource();
    const reference = { prompt: 'Password?' };
    expect((await failure(source.resolve(reference, { host }))).message).toMatch(/there is nobody to ask/);
    const ask = async (): Promise<string> => Promise.reject(new Error('gave up'));
    const { message, code } = await failure(source.resolve(reference, { host, ask }));
    expect([code, message]).toEqual(['credential', '{ prompt: "Password?" }: nobody has answered']);
  });
});

describe('what many devices want', () => {
  test('is asked for once, and once a program is run for it', async () => {
    const file = join(folder, 'runs');
    const command = program(`require('fs').appendFileSync(${JSON.stringify(file)}, '.'); console.log('pa55')`);
    const ask = vi.fn(async () => 'typed');
    const devices = Array.from({ length: 500 }, (_, at) => `192.0.2.${at}`);
    // Each with a source of its own, as sessions have that are given none.
    const got = await Promise.all(
      devices.flatMap((host) => [
        credentialSource().resolve({ command }, { host, ask }),
        credentialSource().resolve({ prompt: 'Password' }, { host, ask }),
      ]),
    );
    expect(new Set(got.map((secret) => secret.reveal()))).toEqual(new Set(['pa55', 'typed']));
    expect(await revealed(credentialSource(), { command })).toBe('pa55');
    expect([readFileSync(file, 'utf8'), ask.mock.calls.length]).toEqual(['.', 1]);
    forgetSecrets();
    expect(await revealed(credentialSource(), { command })).toBe('pa55');
    expect(readFileSync(file, 'utf8')).toBe('..');
  });

  test('is asked for again after a failure', async () => {
    const ask = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('no')).mockResolvedValueOnce('typed');
    const source = credentialSource();
    const both = [1, 2].map(() => failure(source.resolve({ prompt: 'Again' }, { host, ask })));
    expect((await Promise.all(both)).map(({ code }) => code)).toEqual(['credential', 'credential']);
    expect(await revealed(source, { prompt: 'Again' }, { ask })).toBe('typed');
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test('is asked for by the next one where the first is called off', async () => {
    const controller = new AbortController();
    const never = vi.fn(() => new Promise<string>(() => {}));
    const source = credentialSource();
    const first = failure(source.resolve({ prompt: 'Who' }, { host, ask: never, signal: controller.signal }));
    const second = revealed(source, { prompt: 'Who' }, { ask: async () => 'the second' });
    controller.abort();
    expect(await first).toMatchObject({ code: 'cancelled' });
    expect(await second).toBe('the second');
  });
});

test('a file of a secret that is read by a program of the system', async () => {
  const file = join(folder, 'pw');
  writeFileSync(file, 'from a file\n');
  const command = process.platform === 'win32' ? ['cmd', '/c', 'type', file] : ['cat', file];
  expect(await revealed(credentialSource(), { command })).toBe('from a file');
});
