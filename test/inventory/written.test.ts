import { join } from 'node:path';
import fc from 'fast-check';
import {
  csvOf,
  type Inventory,
  nativeJson,
  nativeOf,
  nativeYaml,
  openInventory,
  parseInventory,
} from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';
import { openInventoryText } from '#dist/inventory/parse.js';
import { originsOf } from '#dist/inventory/written/origins.js';
import { network, networkText } from './networks.js';

const all = ({ devices }: Inventory): ReadonlySet<string> => new Set(devices.map(({ name }) => name));

/** Everything but where it stands, with the secrets as they are. */
const plain = ({ devices, groups }: Inventory): unknown =>
  JSON.parse(
    JSON.stringify([devices, groups.filter(({ name }) => devices.some((one) => one.groups?.includes(name)))], reveal),
  );

const devicesOf = (inventory: Inventory): unknown => (plain(inventory) as readonly unknown[])[0];

function reveal(this: unknown, key: string, value: unknown): unknown {
  const raw = (this as Record<string, { readonly reveal?: () => string }>)[key];
  if (typeof raw?.reveal === 'function') return `secret ${raw.reveal()}`;
  return key === 'source' ? undefined : value;
}

const TRICKY = `
x-c: &c { username: ops, password: '0123' }
defaults: { device_type: cisco_ios, keepalive: 5, data: { '<<': { a: 1 }, text: "a\\n", '7': x, n: '7', 'null': ~, e: '' } }
groups:
  '7': { password: "it's # no: comment", data: { big: 12345678901234567890, yes: no, no: yes } }
  core: { groups: ['7'], secret: '~', terminal_server: { username: t, password: "*x" }, max_sessions: 3 }
routers:
- { <<: *c, host: 127.0.0.1, port: 2201, context: "null" }
- { <<: *c, host: 127.0.0.1, port: 2202, context: "true", encoding: latin-1 }
- name: with spaces & signs
  ip: "::1"
  groups: core
  platform: frr_telnet
  jump: [ops@b:22, { host: c, password: "&p", key_file: [/k], keepalive: 7 }]
  credentials: [{ username: a, password: '' }, { username: b, secret: " s " }]
devices:
  '10': { host: a, console: yes }
  '9': { host: b, groups: '7', password: ~, timeout: 9 }
  R1: { device_type: frr_serial, serial_settings: { port: /dev/ttyS0, stopbits: 1.5, parity: e } }
  R2: { transport: process, command: [docker, exec, "7", 'a b', "x: y"] }
`;

describe('an inventory in the native form is the same inventory', () => {
  test.each([
    ['YAML', nativeYaml],
    ['JSON', nativeJson],
  ])('as %s, whatever stands in it', (_form, textOf) => {
    const open = openInventoryText(TRICKY);
    const { inventory, leftOut } = nativeOf(open, { devices: all(open.inventory), withSecrets: true });
    const again = parseInventory(textOf(inventory));
    expect(again.devices.map(({ name }) => name)).toEqual(open.inventory.devices.map(({ name }) => name));
    expect(plain(again)).toEqual(plain(open.inventory));
    expect(leftOut).toBe(0);
  });

  test('of random networks', () => {
    fc.assert(
      fc.property(network, fc.boolean(), (given, asYaml) => {
        const open = openInventoryText(networkText(given));
        const { inventory } = nativeOf(open, { devices: all(open.inventory), withSecrets: true });
        expect(plain(parseInventory(asYaml ? nativeYaml(inventory) : nativeJson(inventory)))).toEqual(
          plain(open.inventory),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('an inventory of another tool in the native form is the same inventory', () => {
  test.each(['.netmiko.yml', 'nornir', 'ansible-ini', 'ansible-yaml/hosts.yml', 'devices.csv', 'devices.json'])(
    '%s',
    async (path) => {
      const { parts, inventory } = await openInventory(join(import.meta.dirname, 'network', path));
      const [part] = parts;
      if (part === undefined) throw new Error('nothing was opened');
      const native = nativeOf(part, { devices: all(inventory), withSecrets: true });
      for (const text of [nativeYaml(native.inventory), nativeJson(native.inventory)]) {
        expect(devicesOf(parseInventory(text))).toEqual(devicesOf(inventory));
      }
    },
  );

  test('where mappings of data replace one another, each device has its own', () => {
    const text = `all:
  vars: { ansible_network_os: cisco.ios.ios }
  children:
    core:
      hosts: { R1: }
      vars: { ntp: { a: 1 }, role: core }
    site:
      hosts: { R1: { own: { x: 1 } }, R2: }
      vars: { ntp: { b: 2 }, dns: { c: 3 } }
`;
    const open = openInventoryText(text, { format: 'ansible' });
    expect(open.inventory.devices[0]?.data).toEqual({ ntp: { b: 2 }, role: 'core', dns: { c: 3 }, own: { x: 1 } });
    const native = nativeOf(open, { devices: all(open.inventory), withSecrets: true });
    expect(devicesOf(parseInventory(nativeYaml(native.inventory)))).toEqual(devicesOf(open.inventory));
    expect([...originsOf('R1', open).keys()].filter((key) => key.startsWith('data.')).toSorted()).toEqual([
      'data.dns.c',
      'data.ntp.b',
      'data.own.x',
      'data.role',
    ]);
  });
});

test('of some devices only the groups that they are in are written', () => {
  const open = openInventoryText(TRICKY);
  const { inventory } = nativeOf(open, { devices: new Set(['9']), withSecrets: true });
  expect([[...inventory.devices.keys()], [...inventory.groups.keys()]]).toEqual([['9'], ['7']]);
});

test('secrets are left out, and nothing is taken in their place; references stay', () => {
  const text = `
defaults: { device_type: frr, password: { env: LAB } }
groups: { core: { password: hunter2, secret: hunter3 } }
devices:
  R1: { groups: core, password: hunter4, jump: [{ host: b, password: hunter5 }], credentials: [{ username: x, password: hunter6 }] }
  R2: { password: '' }
`;
  const open = openInventoryText(text);
  const { inventory, leftOut } = nativeOf(open, { devices: all(open.inventory), withSecrets: false });
  const written = nativeYaml(inventory, 'secrets were left out');
  expect(written).not.toContain('hunter');
  expect(leftOut).toBe(5);
  expect(inventory.defaults?.password).toEqual({ env: 'LAB' });
  expect(written).toMatch(/^# secrets were left out$/m);
  const [first, second] = parseInventory(written).devices;
  expect(first).not.toHaveProperty('password');
  expect(first?.route?.jump).toEqual([{ host: 'b' }]);
  expect(second?.password).toBeDefined();
  expect(nativeJson(inventory)).not.toContain('hunter');
});

test('a table has what a cell can hold, and tells of the rest', () => {
  const { inventory } = openInventoryText(TRICKY);
  const { header, rows, leftOut } = csvOf(inventory.devices, { withSecrets: false });
  expect(header.slice(0, 4)).toEqual(['name', 'host', 'device_type', 'transport']);
  const data = ['data.7', 'data.text', 'data.n', 'data.big', 'data.yes', 'data.no'];
  expect(header.slice(header.indexOf('groups'))).toEqual(['groups', ...data]);
  expect(JSON.stringify(rows)).not.toMatch(/"0123"|comment/);
  expect(Object.fromEntries(leftOut)).toMatchObject({
    password: 3,
    jump: 1,
    credentials: 1,
    'data.<<': 7,
    'data.e': 7,
  });
  expect(csvOf(inventory.devices, { withSecrets: true }).rows[0]).toContain('0123');
});

test('every value of a device has the place where it was written', () => {
  const open = openInventoryText(
    `defaults:
  device_type: frr
  data: { a: { b: 1, c: 1 }, l: [1] }
groups:
  dc: { data: { a: { b: 2 } } }
  core:
    groups: dc
    username: ops
devices:
  R1:
    groups: core
    platform: cisco_ios
    data: { a: { d: 3 } }
`,
    { file: 'f.yaml' },
  );
  const origins = [...originsOf('R1', open)].map(([key, { from, group, line }]) => [key, group ?? from, line]);
  expect(origins).toEqual([
    ['device_type', 'device', 12],
    ['username', 'core', 8],
    ['data.a.d', 'device', 13],
    ['data.a.b', 'dc', 5],
    ['data.a.c', 'defaults', 3],
    ['data.l', 'defaults', 3],
  ]);
  expect(originsOf('R2', open).size).toBe(0);
});
