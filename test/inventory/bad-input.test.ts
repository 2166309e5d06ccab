import { InventoryError, parseInventory } from 'rollcall/inventory';
import { expect, test } from 'vitest';

const platforms = { names: ['cisco_ios', 'frr', 'linux', 'generic'] };

function problemsOf(text: string): InventoryError {
  try {
    parseInventory(text, { file: 'f.yaml', platforms });
  } catch (error) {
    if (error instanceof InventoryError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

const OK = 'device_type: frr';

test.each<[why: string, text: string, ...messages: (string | RegExp)[]]>([
  ['an empty file', '', /^f\.yaml: no devices in this file; expected a list of devices/],
  ['an empty list', 'routers: []', /^f\.yaml: no devices/],
  ['nothing under the key', 'routers:\n', /^f\.yaml: no devices/],
  ['a scalar', 'just words', /^f\.yaml:1:1: no inventory: expected a list/],
  ['an open bracket', 'a: [1', /^f\.yaml:1:6: not valid YAML: Flow sequence .* must .* end with a \]/],
  ['a tab', `- host: a\n\t${OK}`, 'f.yaml:2:2: not valid YAML: a tab indents this line; YAML is indented with spaces'],
  [
    'a key without its space',
    `- host: a\n  port:22`,
    'f.yaml:2:3: not valid YAML: a key without a colon and a space behind it (key: value)',
  ],
  [
    'a colon in a value',
    `- host: a\n  password: x: y`,
    'f.yaml:2:13: not valid YAML: a colon with a space behind it stands inside a value: put the value in quotes',
  ],
  ['two documents', '---\n- a\n---\n- b', /^f\.yaml:3:1: not valid YAML: a second YAML document/],
  ['binary garbage', '\u007fELF\u0000\u0001', 'f.yaml:1:1: a control character: this is no text file'],
  ['a duplicate key', `- host: a\n  ${OK}\n  host: b`, "f.yaml:3:3: 'host' stands twice here, first on line 1"],
  ['no host', `- ${OK}`, 'f.yaml:1:3: a device needs host (or ip)'],
  ['a null host', `- ${OK}\n  host: ~`, 'f.yaml:1:3: a device needs host (or ip)'],
  ['no device_type', '- host: a', 'f.yaml:1:3: a device needs device_type (or platform)'],
  ['host and ip differ', `- {host: a, ip: b, ${OK}}`, 'f.yaml:1:13: host and ip differ; write one of them'],
  [
    'a device without its list',
    `host: a\n${OK}`,
    "f.yaml:1:1: a device is an item of a list: put '- ' before its first key",
  ],
  ['a text for a device', '- 10.0.0.1', 'f.yaml:1:3: a device must be a mapping with host and device_type, got a text'],
  ['names of devices as keys', 'R1: {host: a}', /^f\.yaml:1:1: expected a list of devices under 'R1', got a mapping/],
  ['a port of 70000', `- {host: a, ${OK}, port: 70000}`, 'f.yaml:1:37: port must be 1 to 65535, got "70000"'],
  ['a port in hexadecimal', `- {host: a, ${OK}, port: 0x16}`, 'f.yaml:1:37: port must be 1 to 65535, got "0x16"'],
  [
    'an unknown platform',
    '- {host: a, device_type: cisco_ois_telnet}',
    `f.yaml:1:26: unknown platform "cisco_ois"; did you mean 'cisco_ios'?`,
  ],
  [
    'a platform like no other',
    '- {host: a, device_type: zzzzzzzzz}',
    /unknown platform "zzzzzzzzz"; known: cisco_ios, frr, generic, linux$/,
  ],
  [
    'two transports',
    '- {host: a, device_type: frr_telnet, transport: ssh}',
    'f.yaml:1:49: transport ssh does not go with frr_telnet; write one of them',
  ],
  [
    'a mistyped key',
    `- {host: a, ${OK}, usrname: x}`,
    "f.yaml:1:31: unknown key 'usrname' of a device; did you mean 'username'?",
  ],
  [
    "nornir's hostname",
    `- {hostname: a, ${OK}}`,
    'f.yaml:1:3: a device needs host (or ip)',
    "f.yaml:1:4: unknown key 'hostname' of a device; did you mean 'host' or 'name'?",
  ],
  ['a boolean that is none', `- {host: a, ${OK}, use_keys: 1}`, 'f.yaml:1:41: use_keys must be true or false, got "1"'],
  [
    'a time of zero',
    `- {host: a, ${OK}, conn_timeout: 0}`,
    'f.yaml:1:45: conn_timeout must be seconds, above 0 and at most 86400, got "0"',
  ],
  [
    'an option for a host',
    `- {host: "-oProxyCommand=x", ${OK}}`,
    'f.yaml:1:10: host begins with a dash, got "-oProxyCommand=x"',
  ],
  ['a space in a host', `- {host: "a b", ${OK}}`, 'f.yaml:1:10: host holds a space or a control character'],
  [
    'an escape in a host',
    `- {host: "a\\e[2J", ${OK}}`,
    'f.yaml:1:10: host holds a space or a control character, got "a\\u001b[2J"',
  ],
  [
    'an eight-bit escape in a host',
    `- {host: "a\\x9b2J", ${OK}}`,
    'f.yaml:1:10: host holds a space or a control character, got "a\\u{9b}2J"',
  ],
  ['a number too large', `- {host: 10.0.0.256, ${OK}}`, 'f.yaml:1:10: host is not an IPv4 address, got "10.0.0.256"'],
  [
    'host and port in one',
    `- {host: "r1:2201", ${OK}}`,
    'f.yaml:1:10: host holds a port: write it as `port`, got "r1:2201"',
  ],
  [
    'a device twice',
    `- {host: a, ${OK}}\n- {host: a, ${OK}}`,
    'f.yaml:2:3: the device "a:22" stands twice, first on line 1; give each a name of its own (name: …)',
  ],
  [
    'a name twice',
    `- {name: R1, host: a, ${OK}}\n- {name: R1, host: b, ${OK}}`,
    'f.yaml:2:3: the name "R1" stands twice, first on line 1',
  ],
  [
    'a serial line without a path',
    '- {device_type: frr_serial, host: a}',
    /^f\.yaml:1:3: a device on a serial line needs its path/,
  ],
  ['an alias of nothing', `- {host: *a, ${OK}}`, /^f\.yaml:1:10: no `&` name stands for this/],
  ['a merge of itself', `- &a\n  <<: *a\n  host: b\n  ${OK}`, 'f.yaml:2:3: this mapping merges itself'],
  [
    'a merge of a text',
    `- <<: x\n  host: b\n  ${OK}`,
    'f.yaml:1:7: `<<` takes a mapping (<<: *name) or a list of mappings',
  ],
])('%s', (_why, text, ...messages) => {
  const { message } = problemsOf(text);
  const lines = message.split('\n');
  expect(lines).toHaveLength(messages.length);
  for (const [index, expected] of messages.entries()) {
    if (typeof expected === 'string') expect(lines[index]).toBe(expected);
    else expect(lines[index]).toMatch(expected);
  }
});

test('nesting without end is an error', () => {
  expect(problemsOf('['.repeat(50_000)).problems[0]?.message).toBe('not valid YAML: nested too deeply');
});

test('everything that is wrong is reported together, in the order of the file', () => {
  const error = problemsOf(`- host: a
  device_type: cisco_ois
  port: 0
- device_type: frr
  usr: x
`);
  expect(error.code).toBe('bad_inventory');
  expect(error.name).toBe('InventoryError');
  expect(error.problems.map(({ line, column }) => `${line}:${column}`)).toEqual(['2:16', '3:9', '4:3', '5:3']);
  expect(error.problems[1]).toEqual({
    file: 'f.yaml',
    line: 3,
    column: 9,
    message: 'port must be 1 to 65535, got "0"',
  });
});

test('a wrong value that many devices share is one problem, and many are cut in the message only', () => {
  const shared = `x-c: &c {device_type: frr, port: x}\nr:\n${Array.from({ length: 50 }, (_, n) => `- {<<: *c, host: h${n}}`).join('\n')}`;
  expect(problemsOf(shared).problems).toHaveLength(1);
  const many = problemsOf(Array.from({ length: 50 }, () => '- x').join('\n'));
  expect(many.problems).toHaveLength(50);
  expect(many.message.split('\n')).toHaveLength(21);
  expect(many.message).toMatch(/\nand 30 more$/);
});

test('merges that double at every step end in an error, not in memory', () => {
  const doubling = Array.from({ length: 60 }, (_, n) => `m${n + 1}: &m${n + 1} {<<: [*m${n}, *m${n}], k${n}: 1}`);
  const wide = (from: number) => Array.from({ length: 600 }, (_, n) => `w${from + n}: x`).join(', ');
  const text = `m0: &m0 {device_type: frr}\n${doubling.join('\n')}
w0: &w0 {${wide(0)}}
w1: &w1 {${wide(1000)}}
r:
- {<<: *m60, host: a}
- {<<: [*w0, *w1], host: b}
`;
  const { problems } = problemsOf(text);
  expect(problems.some(({ message }) => message === 'more than 1000 keys are merged here')).toBe(true);
  expect(problems.some(({ message }) => message.startsWith("unknown key 'k59'"))).toBe(true);
});

test('a long row of merges is an error, not a crash', () => {
  const row = Array.from({ length: 20_000 }, (_, n) => `  - &m${n + 1} {<<: *m${n}}`).join('\n');
  const text = `x-a:\n  b:\n  - &m0 {device_type: frr}\n${row}\nr:\n- {<<: *m20000, host: a}\n`;
  expect(problemsOf(text).problems[0]?.message).toBe('more than 100 mappings merge one another in a row');
});

test('a large file takes time in proportion: aliases, keys and names are not compared with each other', () => {
  const count = 20_000;
  const lines = Array.from({ length: count }, (_, n) => `- {<<: *c, host: h${n}, username: *u}`).join('\n');
  const text = `x-c: &c {device_type: frr}\nx-u: &d {username: &u ops}\nr:\n${lines}`;
  expect(parseInventory(text, { platforms }).devices).toHaveLength(count);
  const keys = Array.from({ length: count }, (_, n) => `R${n}: {host: a}`).join('\n');
  expect(problemsOf(keys).problems).toHaveLength(count);
}, 20_000);

test('wrong options are refused at the door', () => {
  expect(() => parseInventory(7 as never)).toThrow("an inventory's text must be a string, got number");
  expect(() => parseInventory('- a', { platforms: { names: [] } })).toThrow('platforms must be { names }');
  expect(() => parseInventory('- a', { platforms: { names: [1] as never } })).toThrow('platforms must be { names }');
});
