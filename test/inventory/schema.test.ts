import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parseInventory } from 'rollcall/inventory';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { DEVICE_KEYS, SERIAL_KEY, SERIAL_KEYS, WITHOUT_EFFECT } from '#dist/inventory/keys.js';

const checkout = join(import.meta.dirname, '..', '..');
const file = createRequire(import.meta.url).resolve('rollcall/inventory.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as Record<string, never>;
const validates = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, strictNumbers: false }).compile(
  schema,
);

/** What an editor makes of the text: YAML's core schema, with `<<` done. */
const editorTakes = (text: string): boolean => validates(parseYaml(text, { merge: true }));
const parserTakes = (text: string): boolean => {
  try {
    parseInventory(text);
    return true;
  } catch {
    return false;
  }
};

/** Values as they may be written; every key is tried with each of them. */
const VALUES =
  `~ ; null ; '' ; a ; 'a' ; r1.example.net ; 192.0.2.1 ; '::1' ; fe80::1%eth0 ; 7 ; '7' ; 007 ; 0x16 ; 22 ; 70000 ; 0 ; 0.5 ; .5
; '5.' ; 1.5 ; 1e3 ; 12345678901234567890 ; true ; True ; 'TRUE' ; yes ; Off ; y ; N ; e ; ssh ; TELNET ; process ; any ; inet6 ; none ; NONE
; /dev/ttyUSB0 ; ~/.ssh/id ; utf-8 ; latin_1 ; cisco_ios ; my os ; 'a b' ; ' a' ; "a\\tb" ; "a\\nb" ; -x ; ops@bastion:2222 ; 'a:b@c'
; socks5://proxy:1080 ; '[::1]:22' ; 2001-01-01 ; .inf ; [] ; [a, b] ; [7, true] ; [~] ; [[a]] ; {} ; { host: a } ; { host: a, port: 22, username: x, password: 7 }
; [{ host: a, key_file: [k] }, b] ; [{ username: x, password: ~ }, ~] ; [{ key_file: a, passphrase: b, certificate_file: c }] ; { username: x, command: connect 7 }
; { port: /dev/ttyS0, baudrate: 9600, parity: n, stopbits: 1.5, bytesize: 8, rtscts: 1 } ; { baudrate: 0 } ; { usrname: x } ; |\n   block\n ; >-\n   folded\n   words\n`
    .split(/ ?; ?/)
    .map((value) => value.replace(/\n(?=;|$)/, ''));

const withKeys = (rest: string): string => `devices:\n r1:\n  host: a\n  platform: frr\n${rest}`;

test('the schema is what the tables say, and a sound one', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(checkout, 'scripts', 'inventory-schema.mjs'), '--check'],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(new Ajv().validateSchema(schema)).toBe(true);
});

test('every key has a description for editors, and its place', () => {
  type Part = { readonly properties: Readonly<Record<string, { readonly description?: string }>> };
  const definitions = schema.definitions as unknown as Readonly<Record<string, Part>>;
  const namesIn = (part: string): string[] => Object.keys(definitions[part]?.properties ?? {});
  const keys = [...Object.keys(DEVICE_KEYS), SERIAL_KEY, 'groups', 'data', ...WITHOUT_EFFECT.keys()];
  const shared = keys.filter((key) => key !== 'name');
  expect(namesIn('device')).toEqual(keys);
  expect(namesIn('namedDevice')).toEqual(shared);
  expect(namesIn('defaults')).toEqual(shared.filter((key) => key !== 'groups'));
  expect(namesIn('group').toSorted()).toEqual([...shared, 'max_sessions'].toSorted());
  const described = Object.entries(definitions.keys?.properties ?? {});
  expect(described.map(([key]) => key).toSorted()).toEqual([...keys, 'max_sessions'].toSorted());
  expect(described.filter(([, { description = '' }]) => description.length < 10)).toEqual([]);
});

test('whatever the parser takes as the value of a key, an editor does not complain about', () => {
  const complaints: string[] = [];
  let taken = 0;
  const inDevice = [...Object.keys(DEVICE_KEYS).filter((key) => key !== 'name'), SERIAL_KEY, 'groups', 'data'];
  for (const key of inDevice) {
    for (const value of VALUES) {
      const text = `groups: { a: , b: , '7': , 'true': }\n${withKeys(`  transport: ssh\n  ${key}: ${value}`)}`
        // A key that stands there already is not given twice.
        .replace(key === 'host' ? '  host: a\n' : key === 'platform' ? '  platform: frr\n' : '\u0000', '')
        .replace(key === 'transport' ? '  transport: ssh\n' : '\u0000', '');
      if (!parserTakes(text)) continue;
      taken += 1;
      if (!editorTakes(text)) complaints.push(`${key}: ${value} ${JSON.stringify(validates.errors?.[0])}`);
    }
  }
  for (const key of Object.keys(SERIAL_KEYS)) {
    for (const value of VALUES) {
      const text = withKeys(`  ${SERIAL_KEY}:\n   ${key}: ${value}`);
      if (!parserTakes(text)) continue;
      taken += 1;
      if (!editorTakes(text)) complaints.push(`serial ${key}: ${value}`);
    }
  }
  expect(complaints).toEqual([]);
  expect(taken).toBeGreaterThan(500);
});

const names = ['R1', 'sw-2', '192.0.2.1', 'kern/é', '7'];
const name = fc.constantFrom(...names);
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { freq: 4 });
const keys = {
  username: maybe(fc.oneof(fc.stringMatching(/^[ -~]{0,4}$/), fc.integer(), fc.boolean())),
  port: maybe(fc.oneof(fc.integer({ min: 1, max: 66_000 }), fc.constant('22'))),
  data: maybe(fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue(), { maxKeys: 3 })),
};
const some = { requiredKeys: [] };
const device = fc.record({ ...keys, groups: maybe(fc.oneof(name, fc.uniqueArray(name, { maxLength: 3 }))) }, some);
const group = maybe(fc.record({ ...keys, max_sessions: fc.integer({ min: 1, max: 200 }) }, some));
const inventory = fc.record({
  defaults: fc.record({ device_type: fc.constant('frr'), ...keys }),
  groups: fc.record(Object.fromEntries(names.map((one) => [one, group]))),
  devices: fc.dictionary(fc.constantFrom('a', 'b.c', '::1', '192.0.2.7'), maybe(device), { minKeys: 1 }),
  'x-a': fc.jsonValue(),
  others: fc.array(fc.record({ host: fc.constantFrom('r7', 'r8', 'a b'), ...keys }), { maxLength: 1 }),
});

test('whatever the parser takes as an inventory, an editor does not complain about (random ones)', () => {
  let taken = 0;
  fc.assert(
    fc.property(inventory, (one) => {
      const text = JSON.stringify(one);
      if (!parserTakes(text)) return;
      taken += 1;
      expect(validates(JSON.parse(text)), `${text} ${JSON.stringify(validates.errors)}`).toBe(true);
    }),
    { numRuns: 400 },
  );
  expect(taken).toBeGreaterThan(20);
});

test.each([
  ['a text', 'just words'],
  ['a device at the top', 'host: a\ndevice_type: frr'],
  ['a mistyped key', withKeys('  usrname: x')],
  ['a name under a name', withKeys('  name: x')],
  ['a port of 70000', withKeys('  port: 70000')],
  ['a port that is a word', withKeys('  port: ssh')],
  ['a transport that there is not', withKeys('  transport: rsh')],
  ['a truth value that is none', withKeys('  console: maybe')],
  ['a list for a user name', withKeys('  username: [a]')],
  ['a URL for a host', withKeys('  ip: "ssh://a"')],
  ['a line break in a password', withKeys('  password: "a\\nb"')],
  ['a reference with two sources', withKeys('  password: { env: A, prompt: B }')],
  ['a reference that there is not', withKeys('  password: { file: A }')],
  ['a command that is no list', withKeys('  password: { command: pass }')],
  ['a text for data', withKeys('  data: x')],
  ['a mapping for groups', withKeys('  groups: { core: }')],
  ['a group name with a space', `groups: { "a b": }\n${withKeys('')}`],
  ['groups in the defaults', `defaults: { groups: a }\n${withKeys('')}`],
  ['a limit of a group in a device', withKeys('  max_sessions: 3')],
  ['a limit of nothing', `groups: { a: { max_sessions: 0 } }\n${withKeys('')}`],
  ['a jump host without keys of its own', withKeys('  jump: [{ hots: a }]')],
  ['a text for a device', 'devices: { R1: a }'],
  ['a list with a text', '- a'],
])('an editor complains about %s, as the parser does', (_what, text) => {
  expect({ editor: editorTakes(text), parser: parserTakes(text) }).toEqual({ editor: false, parser: false });
});

test.each([
  ['env', '{ env: LAB_PASSWORD }'],
  ['command', '[pass, show, network/lab]'],
  ['prompt', '{ prompt: Password of the lab }'],
  ['age', '{ age: "-----BEGIN AGE ENCRYPTED FILE-----\\nYQ==\\n-----END AGE ENCRYPTED FILE-----" }'],
  ['keyring', '{ keyring: { service: rollcall, account: lab } }'],
])('an editor knows a secret that is to be had by %s', (kind, value) => {
  const written = kind === 'command' ? `{ command: ${value} }` : value;
  for (const key of ['password', 'secret', 'passphrase']) {
    expect(editorTakes(withKeys(`  ${key}: ${written}`)), JSON.stringify(validates.errors)).toBe(true);
  }
  expect(editorTakes(withKeys(`  credentials: [{ username: a, password: ${written} }]`))).toBe(true);
});
