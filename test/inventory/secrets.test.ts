import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { InventoryError, loadInventory, parseInventory, Secret } from 'rollcall/inventory';
import { startLab } from 'rollcall/lab';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-plain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const AGE = '-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24\n-----END AGE ENCRYPTED FILE-----';
const HEAD = '- host: 192.0.2.1\n  platform: frr\n';

const deviceOf = (keys: string) => parseInventory(`${HEAD}${keys}`).devices[0];

function problemsOf(keys: string): readonly string[] {
  try {
    parseInventory(`${HEAD}${keys}`, { file: 'f.yaml' });
  } catch (error) {
    if (error instanceof InventoryError) return error.message.split('\n');
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('a secret can be', () => {
  test.each([
    ['{ env: NETPW }', { env: 'NETPW' }],
    ['{ command: [pass, show, "net work"] }', { command: ['pass', 'show', 'net work'] }],
    ['{ prompt: Password of the lab }', { prompt: 'Password of the lab' }],
    ['{ keyring: admin }', { keyring: { service: 'rollcall', account: 'admin' } }],
    ['{ keyring: { service: site, account: admin } }', { keyring: { service: 'site', account: 'admin' } }],
    ['{ keyring: { account: admin } }', { keyring: { service: 'rollcall', account: 'admin' } }],
    [`\n    age: |\n      ${AGE.replaceAll('\n', '\n      ')}`, { age: AGE }],
    [`{ age: ${JSON.stringify(`${AGE}\n`)} }`, { age: `${AGE}\n` }],
  ])('%s', (written, reference) => {
    expect(deviceOf(`  password: ${written}\n`)).toMatchObject({ password: reference });
    expect(parseInventory(`${HEAD}  password: ${written}\n`).warnings).toEqual([]);
  });

  test('a reference wherever a secret stands', () => {
    const env = (name: string) => ({ env: name });
    const device = deviceOf(`  password: { env: A }
  secret: { env: B }
  passphrase: { env: C }
  jump: [{ host: h, password: { env: D }, passphrase: { env: E } }]
  credentials: [{ password: { env: F }, secret: { env: G }, passphrase: { env: H } }]
  terminal_server: { password: { env: I }, secret: { env: J }, command: connect }
`);
    expect(device).toMatchObject({
      password: env('A'),
      secret: env('B'),
      ssh: { passphrase: env('C') },
      route: { jump: [{ password: env('D'), ssh: { passphrase: env('E') } }] },
      credentials: [{ password: env('F'), secret: env('G'), ssh: { passphrase: env('H') } }],
      terminalServer: { password: env('I'), secret: env('J') },
    });
    expect(deviceOf('  socks: { host: p, username: u, password: { env: K } }\n')).toMatchObject({
      route: { socks: { password: env('K') } },
    });
  });

  test('shared by an anchor', () => {
    const text = `x-pw: &pw { env: NETPW }\nx-all: &all { password: *pw, platform: frr }\nr:\n- { <<: *all, host: 192.0.2.1 }\n- { <<: *all, host: 192.0.2.2 }\n`;
    expect(parseInventory(text).devices.map(({ password }) => password)).toEqual([{ env: 'NETPW' }, { env: 'NETPW' }]);
  });
});

describe('a reference that is wrong is an error with its line, and nothing of it is shown', () => {
  const SECRET = 'hunter2xyz';
  test.each([
    [
      `{ ${SECRET}: x }`,
      '3:15',
      'password as a mapping takes one of env, prompt, age, command, keyring; got a key that is none of them',
    ],
    [`{ en: ${SECRET} }`, '3:15', "got 'en'; did you mean 'env'?"],
    [`{ ${SECRET} }`, '3:15', 'got a key that is none of them'],
    [`{ env: A, prompt: ${SECRET} }`, '3:15', 'got env and prompt'],
    ['{}', '3:13', 'got an empty one'],
    ['{ env: }', '3:20', 'password.env is empty'],
    ['{ env: "" }', '3:20', 'password.env is empty'],
    [`{ env: $${SECRET} }`, '3:20', 'password.env must be the name of an environment variable, without $'],
    [`{ env: [${SECRET}] }`, '3:20', 'password.env must be one value'],
    [`{ prompt: { a: ${SECRET} } }`, '3:23', 'password.prompt must be one value'],
    [`{ prompt: "a\\n${SECRET}" }`, '3:23', 'password.prompt must be one line: what is asked'],
    [
      `{ command: pass show ${SECRET} }`,
      '3:24',
      'password.command must be a list of a program and its arguments: [pass, show, network]; no shell reads it',
    ],
    ['{ command: [] }', '3:24', 'password.command must be a list'],
    [`{ command: ["", ${SECRET}] }`, '3:24', 'password.command must be a list'],
    [`{ command: [{ a: ${SECRET} }] }`, '3:24', 'password.command must be a list'],
    [`{ age: ${SECRET} }`, '3:20', 'password.age must be an armoured age file with its line breaks'],
    [
      `{ age: "${AGE.replaceAll('\n', ' ')}" }`,
      '3:20',
      'password.age must be an armoured age file with its line breaks',
    ],
    [
      `{ keyring: [${SECRET}] }`,
      '3:24',
      'password.keyring must be the name of an entry, or a mapping with service and account',
    ],
    [`{ keyring: { service: ${SECRET} } }`, '3:24', 'password.keyring must be the name'],
    [`{ keyring: { account: a, ${SECRET}: b } }`, '3:24', 'password.keyring must be the name'],
    [`[${SECRET}]`, '3:13', 'password must be one value, got a list'],
    [`|\n    ${SECRET}\n    b`, '3:13', 'password must not hold a line break'],
    [`|\n    ${AGE.replaceAll('\n', '\n    ')}`, '3:13', 'an encrypted one is written as { age: … }'],
  ])('%s', (written, place, message) => {
    const [first = '', ...others] = problemsOf(`  password: ${written}\n`);
    expect(others).toEqual([]);
    expect(first).toMatch(new RegExp(`^f\\.yaml:${place}: `));
    expect(first).toContain(message);
    expect(first).not.toContain(SECRET);
  });

  test('whatever stands there', () => {
    const literal = fc.stringMatching(/^zq[a-z0-9]{10}$/);
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        literal,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(literal, fc.constantFrom('envv', 'comand', 'prompt', 'age', 'keyring')), tie('value'), {
          maxKeys: 3,
        }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (written) => {
        if (typeof written === 'string') return;
        try {
          parseInventory(JSON.stringify([{ host: '192.0.2.1', platform: 'frr', password: written }]));
        } catch (error) {
          expect((error as InventoryError).message).not.toMatch(/zq[a-z0-9]{3}/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('secrets in plain text', () => {
  async function warningsOf(name: string, text: string, mode = 0o600): Promise<readonly string[]> {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return (await loadInventory(path)).warnings;
  }
  const PLAIN = `${HEAD}  password: cisco\n  secret: cisco\n`;

  test('are told of in one warning for the file', async () => {
    const [warning, ...others] = await warningsOf('plain.yaml', PLAIN);
    const file = join(folder, 'plain.yaml');
    expect(others).toEqual([]);
    expect(warning).toBe(
      `2 passwords stand in ${file} in plain text; write { env: NAME } and its like in their place, or encrypt the file: rollcall secret encrypt ${file} (docs/secrets.md)`,
    );
  });

  test.skipIf(process.platform === 'win32')('the warning says who else can read them', async () => {
    expect((await warningsOf('open.yaml', `${HEAD}  password: cisco\n`, 0o644))[0]).toMatch(
      /^1 password stands in .* in plain text, and others on this machine may read the file \(chmod 600 it\); write/,
    );
  });

  test('in many files are one warning, which names the first of them', async () => {
    const root = join(folder, 'ansible');
    mkdirSync(join(root, 'host_vars'), { recursive: true });
    writeFileSync(join(root, 'hosts'), '[all:vars]\nansible_network_os=frr\n[r]\nr[1:9]\n');
    const files = Array.from({ length: 9 }, (_, at) => join(root, 'host_vars', `r${at + 1}.yml`));
    for (const file of files) writeFileSync(file, 'ansible_password: cisco\n', { mode: 0o600 });
    expect((await loadInventory(root)).warnings).toEqual([
      `9 passwords stand in 9 files (${files.slice(0, 3).join(', ')}, 6 more) in plain text; write { env: NAME } and its like in their place, or encrypt the files: rollcall secret encrypt FILE (docs/secrets.md)`,
    ]);
  });

  test('that many devices share are one', async () => {
    const text = `x: &x { platform: frr, password: cisco }\nr:\n- { <<: *x, host: 192.0.2.1 }\n- { <<: *x, host: 192.0.2.2 }\n`;
    expect((await warningsOf('shared.yaml', text))[0]).toMatch(/^1 password stands in /);
  });

  test('are no reason for a warning where there are none, and in the inventory of a lab', async () => {
    expect(await warningsOf('none.yaml', `${HEAD}  password: ""\n  secret: { env: X }\n`)).toEqual([]);
    await using lab = await startLab({ devices: 2, stateDirectory: join(folder, 'lab') });
    expect(await warningsOf('lab.yaml', lab.inventory())).toEqual([]);
  });

  test('work', async () => {
    expect(deviceOf('  password: 0123\n')?.password).toSatisfy((one) => Secret.is(one) && one.reveal() === '0123');
  });
});

test('a file that age has encrypted is opened by what the caller gives, and without that it is an error', async () => {
  const path = join(folder, 'devices.yaml.age');
  writeFileSync(path, `${AGE}\n`);
  await expect(loadInventory(path)).rejects.toThrow(/devices\.yaml\.age: is encrypted with age/);
  const decrypt = async (): Promise<Uint8Array> => Buffer.from(`${HEAD}  password: cisco\n`);
  const { devices, warnings } = await loadInventory(path, { decrypt });
  expect([devices.length, warnings]).toEqual([1, []]);
});

test('what was encrypted is found under its old name, and read as what it was', async () => {
  const root = join(folder, 'encrypted');
  for (const name of ['group_vars', 'host_vars/r2']) mkdirSync(join(root, name), { recursive: true });
  const texts = new Map([
    ['hosts.age', '[r]\nr1\nr2\n'],
    ['group_vars/all.yml.age', 'rollcall_platform: frr\nansible_password: all\n'],
    ['host_vars/r2/login.yml.age', 'ansible_password: own\n'],
    ['export.csv.age', 'name,host,platform,password\nr3,192.0.2.3,frr,cell\n'],
  ]);
  for (const name of texts.keys()) writeFileSync(join(root, name), `${AGE}\n`);
  const decrypt = async (_: Uint8Array, file: string): Promise<Uint8Array> =>
    Buffer.from(texts.get(file.slice(root.length + 1).replaceAll('\\', '/')) ?? '');
  const passwords = async (path: string): Promise<readonly unknown[]> => {
    const { devices, warnings } = await loadInventory(path, { decrypt });
    expect(warnings).toEqual([]);
    return devices.map(({ name, password }) => [name, Secret.is(password) && password.reveal()]);
  };
  expect(await passwords(join(root, 'export.csv.age'))).toEqual([['r3', 'cell']]);
  const both = [
    ['r1', 'all'],
    ['r2', 'own'],
  ];
  expect(await passwords(join(root, 'hosts.age'))).toEqual(both);
  rmSync(join(root, 'export.csv.age'));
  writeFileSync(join(folder, 'm.mjs.age'), AGE);
  await expect(passwords(join(folder, 'm.mjs.age'))).rejects.toThrow('m.mjs.age: a module is not run encrypted');
  expect(await passwords(root)).toEqual(both);
});
