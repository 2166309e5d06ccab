import { type Device, InventoryError, parseInventory } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';
import { reveal } from './reveal.ts';

const platforms = { names: ['cisco_ios', 'frr', 'linux', 'generic'] };
const parse = (text: string) => parseInventory(text, { file: 'f.yaml', platforms });
const linesOf = (text: string): string[] => {
  try {
    parse(text);
  } catch (error) {
    expect(error).toBeInstanceOf(InventoryError);
    return (error as InventoryError).message.split('\n');
  }
  throw new Error('expected an InventoryError');
};
const deviceOf = (text: string, name = 'R1'): Device => {
  const device = parse(text).devices.find((one) => one.name === name);
  if (device === undefined) throw new Error(`no ${name}`);
  return device;
};

const NETWORK = `
defaults:
  device_type: cisco_ios
  username: ops
  conn_timeout: 10
  data: { ntp: { servers: [192.0.2.250], vrf: mgmt }, site: none }
groups:
  dc:
    data: { site: msk, ntp: { servers: [192.0.2.251, 192.0.2.252] } }
    max_sessions: 4
  core:
    groups: dc
    username: core
    secret: en
    data: { role: core, vlans: [1, 2] }
  telnet: { transport: telnet, port: 2323 }
devices:
  R1:
    host: 192.0.2.1
    groups: [core, telnet]
    data: { vlans: [7], ntp: { vrf: ~ } }
  192.0.2.2: { groups: [telnet], username: ~ }
  r3.example.net:
`;

describe('inheritance', () => {
  test('what a device says wins, then its groups in order, each before those that it is in, then the defaults', () => {
    const { devices, groups, warnings } = parse(NETWORK);
    expect(devices).toMatchObject([
      {
        name: 'R1',
        host: '192.0.2.1',
        platform: 'cisco_ios',
        transport: 'telnet',
        port: 2323,
        username: 'core',
        groups: ['core', 'dc', 'telnet'],
        timeouts: { connectMs: 10_000 },
      },
      { name: '192.0.2.2', host: '192.0.2.2', transport: 'telnet', port: 2323, groups: ['telnet'] },
      { name: 'r3.example.net', host: 'r3.example.net', transport: 'ssh', username: 'ops' },
    ]);
    expect(reveal(devices[0]?.secret)).toBe('en');
    expect(devices[0]?.source).toEqual({ file: 'f.yaml', line: 18 });
    expect(devices[1]).not.toHaveProperty('username');
    expect(devices[2]).not.toHaveProperty('groups');
    expect(groups).toEqual([
      {
        name: 'dc',
        parents: [],
        data: { site: 'msk', ntp: { servers: ['192.0.2.251', '192.0.2.252'] } },
        maxSessions: 4,
        source: { file: 'f.yaml', line: 8 },
      },
      { name: 'core', parents: ['dc'], data: { role: 'core', vlans: [1, 2] }, source: { file: 'f.yaml', line: 11 } },
      { name: 'telnet', parents: [], source: { file: 'f.yaml', line: 16 } },
    ]);
    expect(warnings).toEqual([]);
  });

  test('data is merged key by key, lists replace, and null is a value', () => {
    expect(deviceOf(NETWORK).data).toEqual({
      ntp: { servers: ['192.0.2.251', '192.0.2.252'], vrf: null },
      site: 'msk',
      role: 'core',
      vlans: [7],
    });
    expect(deviceOf(NETWORK, 'r3.example.net').data).toEqual({
      ntp: { servers: ['192.0.2.250'], vrf: 'mgmt' },
      site: 'none',
    });
  });

  test('`~` takes away what a group says, in a device and in a group', () => {
    const text = `
defaults: { device_type: frr, username: ops, password: pw }
groups: { open: { password: ~ } }
devices:
  R1: { groups: open, username: null }
  R2: { groups: open, password: own }
`;
    expect(deviceOf(text)).not.toHaveProperty('username');
    expect(deviceOf(text)).not.toHaveProperty('password');
    expect(reveal(deviceOf(text, 'R2').password)).toBe('own');
  });

  test('ip takes the place of an inherited host, and platform of an inherited device_type', () => {
    const text = `
defaults: { host: a, device_type: cisco_ios_telnet }
devices: { R1: { ip: 192.0.2.7, platform: frr } }
`;
    expect(deviceOf(text)).toMatchObject({ host: '192.0.2.7', platform: 'frr', transport: 'ssh' });
  });

  test('the transport is what was said closer to the device: by its own key, or by the suffix of device_type', () => {
    const text = `
groups:
  telnets: { device_type: frr_telnet }
  ssh: { transport: ssh }
devices:
  R1: { groups: [telnets, ssh] }
  R2: { groups: [ssh, telnets] }
  R3: { groups: telnets, transport: ssh }
`;
    expect(parse(text).devices.map(({ transport }) => transport)).toEqual(['telnet', 'ssh', 'ssh']);
  });

  test('a group has the address of a terminal server and the speed of its lines, and each device its own part', () => {
    const text = `
groups:
  ts1: { host: ts1.example.net, device_type: frr_telnet }
  lines: { device_type: frr_serial, serial_settings: { baudrate: 115200, parity: E } }
devices:
  R1: { groups: ts1, port: 2001 }
  R2: { groups: lines, serial_settings: { port: /dev/ttyS1, parity: N } }
`;
    expect(deviceOf(text)).toMatchObject({ host: 'ts1.example.net', port: 2001 });
    expect(deviceOf(text, 'R2')).toMatchObject({
      host: '/dev/ttyS1',
      serial: { baudRate: 115_200, parity: 'none' },
    });
  });

  test('a command of a group is not meant where the device says how it is reached', () => {
    const text = `
groups: { local: { transport: process, device_type: frr, command: [vtysh] } }
devices:
  R1: { groups: local }
  R2: { groups: local, transport: ssh }
`;
    expect(deviceOf(text)).toMatchObject({ host: 'vtysh', command: ['vtysh'] });
    expect(deviceOf(text, 'R2')).toMatchObject({ host: 'R2', transport: 'ssh' });
    expect(deviceOf(text, 'R2')).not.toHaveProperty('command');
  });

  test('lists of devices have groups, data and defaults as well', () => {
    const text = `
defaults: { device_type: frr }
groups: { core: { username: ops } }
routers:
- { host: a, groups: core, data: { rack: 7 } }
devices:
- { host: b }
`;
    expect(parse(text).devices).toMatchObject([
      { name: 'a', groups: ['core'], username: 'ops', data: { rack: 7 } },
      { name: 'b', platform: 'frr' },
    ]);
  });

  test('what several devices have from their groups is one object', () => {
    const text = `
groups: { core: { device_type: frr, key_file: /k, jump: bastion, data: { a: { b: 1 } } } }
devices: { R1: { groups: core }, R2: { groups: core } }
`;
    const [first, second] = parse(text).devices;
    for (const key of ['ssh', 'route', 'data', 'groups'] as const) {
      expect(first?.[key]).toBeDefined();
      expect(first?.[key]).toBe(second?.[key]);
    }
  });
});

describe('data', () => {
  test.each([
    ['7', 7],
    ['-7', -7],
    ['0o17', 15],
    ['0x1F', 31],
    ['1e3', 1000],
    ['.5', 0.5],
    ['15.10', 15.1],
    ['true', true],
    ['FALSE', false],
    ['yes', 'yes'],
    ['~', null],
    ["'7'", '7'],
    ['"true"', 'true'],
    ['12345678901234567890', '12345678901234567890'],
    ['.inf', '.inf'],
    ['15.10.2', '15.10.2'],
    ['!!str 7', 7],
    ['[1, [a]]', [1, ['a']]],
  ])('%s is %j', (text, value) => {
    expect(deviceOf(`- {name: R1, host: a, platform: frr, data: {x: ${text}}}`).data).toEqual({ x: value });
  });

  test('keys that objects have from elsewhere are plain keys', () => {
    const text = `
defaults: { device_type: frr, data: { __proto__: { a: 1 }, constructor: { b: 1 } } }
devices: { R1: { data: { __proto__: { polluted: 1 }, toString: x } } }
`;
    const { data } = deviceOf(text);
    expect(Object.entries(data ?? {})).toEqual([
      ['__proto__', { a: 1, polluted: 1 }],
      ['constructor', { b: 1 }],
      ['toString', 'x'],
    ]);
    expect({}).not.toHaveProperty('polluted');
  });

  test('aliases that double at every step, and one that holds itself, end in an error', () => {
    const doubling = Array.from({ length: 30 }, (_, n) => `  k${n + 1}: &k${n + 1} [*k${n}, *k${n}]`).join('\n');
    const text = `devices:\n- host: a\n  platform: frr\n  data:\n  k0: &k0 [x]\n${doubling}`.replace(
      /^ {2}k/gm,
      '    k',
    );
    expect(linesOf(text).at(-1)).toMatch(/more than 5000000 values in data/);
    expect(linesOf('- {host: a, platform: frr, data: &d {x: *d}}')[0]).toMatch(/data is nested too deeply/);
  }, 20_000);
});

test.each([
  [
    'an unknown group',
    'groups: { core: }\ndevices: { R1: { groups: [cor], device_type: frr } }',
    `f.yaml:2:27: unknown group "cor"; did you mean 'core'?`,
  ],
  [
    'a group where there are none',
    'devices: { R1: { groups: core, device_type: frr } }',
    'f.yaml:1:26: unknown group "core"; this inventory has no groups: write them under `groups:`',
  ],
  [
    'an unknown parent',
    'groups: { core: { groups: dc } }\ndevices: { R1: { device_type: frr } }',
    'f.yaml:1:27: unknown group "dc"',
  ],
  [
    'groups in a circle',
    'groups:\n  a: { groups: b }\n  b: { groups: c }\n  c: { groups: a }\ndevices: { R1: { groups: a, device_type: frr } }',
    'f.yaml:4:16: a group cannot be in itself: "a" is in "b" is in "c" is in "a"',
  ],
  [
    'a group in itself',
    'groups:\n  a: { groups: [a] }\ndevices: { R1: { device_type: frr } }',
    'f.yaml:2:17: a group cannot be in itself: "a" is in "a"',
  ],
  [
    'a group twice in a device',
    'groups: { a: }\ndevices: { R1: { groups: [a, a], device_type: frr } }',
    'f.yaml:2:30: "a" stands twice in groups',
  ],
  [
    'a group twice',
    'groups: { a: , a: }\ndevices: { R1: { device_type: frr } }',
    'f.yaml:1:16: a key without a value stands twice here, first on line 1',
  ],
  [
    'a name that no group can have',
    'groups: { "a b": {} }\ndevices: { R1: { device_type: frr } }',
    'f.yaml:1:11: the name of a group must be letters, digits and _ . : / + @ -, such as core or site-msk, got "a b"',
  ],
  [
    'a wrong value in a group, at its line and once',
    'groups: { a: { port: x } }\ndevices:\n  R1: { groups: a, device_type: frr }\n  R2: { groups: a, device_type: frr }',
    'f.yaml:1:22: port must be 1 to 65535, got "x"',
  ],
  [
    'an unknown platform in a group, at its line and once',
    'groups: { a: { device_type: cisco_ois } }\ndevices: { R1: { groups: a }, R2: { groups: a } }',
    `f.yaml:1:29: unknown platform "cisco_ois"; did you mean 'cisco_ios'?`,
  ],
  [
    'an unknown platform in a group without devices',
    'groups: { a: { device_type: cisco_ois } }\ndevices: { R1: { device_type: frr } }',
    `f.yaml:1:29: unknown platform "cisco_ois"; did you mean 'cisco_ios'?`,
  ],
  [
    'a name in a group',
    'groups: { a: { name: x } }\ndevices: { R1: { device_type: frr } }',
    "f.yaml:1:16: unknown key 'name' of a group",
  ],
  [
    'a limit of a group in a device',
    'devices: { R1: { device_type: frr, max_sessions: 4 } }',
    "f.yaml:1:36: unknown key 'max_sessions' of a device",
  ],
  [
    'a limit of nothing',
    'groups: { a: { max_sessions: 0 } }\ndevices: { R1: { device_type: frr } }',
    'f.yaml:1:30: max_sessions must be 1 to 100000, got "0"',
  ],
  [
    'a mistyped key in defaults',
    'defaults: { usrname: x }\ndevices: { R1: { device_type: frr } }',
    "f.yaml:1:13: unknown key 'usrname' of defaults; did you mean 'username'?",
  ],
  [
    'a second name',
    'devices: { R1: { name: R2, device_type: frr } }',
    'f.yaml:1:18: this device has its name already: it stands under "R1"',
  ],
  [
    'a name that is no host',
    'devices: { "core 1": { device_type: frr } }',
    'f.yaml:1:12: a device needs host (or ip): its name "core 1" holds a space or a control character',
  ],
  [
    'a text for a device',
    'devices: { R1: a }',
    'f.yaml:1:16: a device must be a mapping such as { host: 192.0.2.1 }, got a text',
  ],
  [
    'a list for a group',
    'groups: { a: [x] }\ndevices: { R1: { device_type: frr } }',
    /^f\.yaml:1:14: a group must be a mapping of what its devices share, got a list$/,
  ],
  [
    'a text for the defaults',
    'defaults: x\ndevices: { R1: { device_type: frr } }',
    'f.yaml:1:11: defaults must be a mapping, got a text',
  ],
  [
    'a list for data',
    '- { host: a, platform: frr, data: [x] }',
    'f.yaml:1:35: data must be a mapping such as { site: msk }',
  ],
  [
    'a mapping for groups',
    '- { host: a, platform: frr, groups: { core: } }',
    'f.yaml:1:37: groups must be names of groups: [core, site-msk], or one name',
  ],
  [
    'a mistyped section',
    'default: { device_type: frr }\ndevices: { R1: { device_type: frr } }',
    "f.yaml:1:1: expected a list of devices under 'default', got a mapping; did you mean 'defaults'?",
  ],
  [
    'a device in two lists',
    'a:\n- { name: R1, host: a, platform: frr }\nb:\n- { name: R1, host: b, platform: frr }',
    'f.yaml:4:3: the name "R1" stands twice, first on line 2',
  ],
  [
    'a device in a list and by its name',
    'devices: { R1: { platform: frr } }\nb:\n- { name: R1, host: b, platform: frr }',
    'f.yaml:3:3: the name "R1" stands twice, first on line 1',
  ],
  [
    'a transport that does not go with the type beside it',
    'groups: { a: { device_type: frr_telnet, transport: ssh } }\ndevices: { R1: { groups: a } }',
    'f.yaml:1:52: transport ssh does not go with frr_telnet; write one of them',
  ],
  ['groups alone', 'groups: { a: { device_type: frr } }', /^f\.yaml: no devices in this file/],
])('%s', (_why, text, ...messages) => {
  const lines = linesOf(text);
  expect(lines).toHaveLength(messages.length);
  for (const [index, expected] of messages.entries()) {
    if (typeof expected === 'string') expect(lines[index]).toBe(expected);
    else expect(lines[index]).toMatch(expected);
  }
});

test('no message shows the secret of a group', () => {
  const message = linesOf(
    'groups: { a: { password: "hunter2\\n", secret: [hunter2] } }\ndevices: { R1: { groups: a, device_type: frr } }',
  ).join('\n');
  expect(message).toMatch(/password must not hold a line break/);
  expect(message).not.toContain('hunter2');
});

test('`defaults` with an anchor goes on being what others merge, and a warning says so', () => {
  const { devices, warnings } = parse(
    'defaults: &d { device_type: frr, username: ops }\nr:\n- { <<: *d, host: a }\n- { host: b, device_type: frr }',
  );
  expect(devices.map(({ username }) => username)).toEqual(['ops', undefined]);
  expect(warnings).toEqual([
    'f.yaml:1: defaults has an anchor (&name), so it only holds values to merge; without the anchor it has its own meaning',
  ]);
});

test('a long row of groups and a wide one end in an error, not a crash', () => {
  const row = Array.from({ length: 20_000 }, (_, n) => `  g${n + 1}: { groups: g${n} }`).join('\n');
  const end = 'devices: { R1: { device_type: frr } }';
  expect(linesOf(`groups:\n  g0:\n${row}\n${end}`)[0]).toMatch(/more than 1000 groups lead to one another here/);
  const wide = Array.from({ length: 1200 }, (_, n) => `  g${n}:`).join('\n');
  const all = Array.from({ length: 1200 }, (_, n) => `g${n}`).join(', ');
  expect(linesOf(`groups:\n${wide}\n  all: { groups: [${all}] }\n${end}`)[0]).toMatch(/more than 1000 groups/);
}, 20_000);
