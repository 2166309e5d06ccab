import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Device, type InventoryFormat, loadInventory } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..', 'network');
const platforms = { names: ['cisco_ios', 'arista_eos', 'juniper_junos', 'linux'] };

/** As plain data, with what the secrets are: a Secret is equal to any other. */
function plain(devices: readonly Device[]): unknown[] {
  return devices.map(({ source: _, ...device }) => ({
    ...device,
    password: device.password?.reveal(),
    secret: device.secret?.reveal(),
  }));
}

const load = async (file: string, format?: InventoryFormat) =>
  loadInventory(join(folder, file), { platforms, ...(format === undefined ? {} : { format }) });

const FILES: readonly (readonly [file: string, format: InventoryFormat])[] = [
  ['devices.yaml', 'native'],
  ['devices.json', 'native'],
  ['.netmiko.yml', 'netmiko'],
  ['nornir', 'nornir'],
  ['nornir/config.yaml', 'nornir'],
  ['nornir/hosts.yaml', 'nornir'],
  ['ansible-ini', 'ansible'],
  ['ansible-ini/hosts', 'ansible'],
  ['ansible-yaml/hosts.yml', 'ansible'],
  ['devices.csv', 'csv'],
  ['devices.ts', 'module'],
  // Windows has no file that is started by its first line.
  ...(process.platform === 'win32' ? [] : [['source-of-truth', 'executable'] as const]),
];

describe('one network in the formats of other tools is the same devices', () => {
  test.each(FILES)('%s', async (file, format) => {
    const expected = plain((await load('devices.yaml', 'native')).devices);
    expect(expected).toHaveLength(6);
    const found = await load(file);
    expect(plain(found.devices)).toEqual(expected);
    expect(found.groups.map(({ name }) => name).sort()).toEqual(['ams', 'core', 'edge']);
    expect(found.warnings).toEqual([]);
    expect(plain((await load(file, format)).devices)).toEqual(expected);
  });

  test('and what it is, in one place', async () => {
    const [r1, , r3, , sw2, fw1] = plain((await load('devices.yaml')).devices);
    expect(r1).toEqual({
      ...{ name: 'r1', host: '192.0.2.1', port: 2201, platform: 'cisco_ios', transport: 'ssh', username: 'netops' },
      ...{ password: 'from-defaults', secret: 'enable-edge', groups: ['edge', 'ams'] },
      data: { owner: 'noc', site: 'ams', asn: 65001, role: 'edge', vlans: [10, 20] },
    });
    expect(r3).toMatchObject({ transport: 'telnet', port: 2323, username: 'local', secret: 'enable-edge' });
    const jump = [{ host: 'bastion.example.net', port: 2222, username: 'ops' }];
    expect(sw2).toMatchObject({ password: '0123', route: { jump }, data: { rack: { row: 4, name: 'B2' } } });
    expect(fw1).toMatchObject({ platform: 'juniper_junos', route: { jump: [] }, data: { role: 'firewall' } });
  });
});

test('every device tells its file and line, but one of a module', async () => {
  const source = async (file: string) => (await load(file)).devices.at(-1)?.source;
  expect(await source('.netmiko.yml')).toEqual({ file: join(folder, '.netmiko.yml'), line: 40 });
  expect(await source('nornir')).toEqual({ file: join(folder, 'nornir', 'hosts.yaml'), line: 27 });
  expect(await source('ansible-ini/hosts')).toEqual({ file: join(folder, 'ansible-ini', 'hosts'), line: 19 });
  expect(await source('devices.csv')).toEqual({ file: join(folder, 'devices.csv'), line: 7 });
  expect(await source('devices.ts')).toBeUndefined();
});

// Recorded with `ansible-inventory --list` of ansible-core 2.19.14, in this folder.
const recorded = JSON.parse(readFileSync(join(folder, 'ansible-inventory.json'), 'utf8')) as Record<
  string,
  Record<string, Record<string, unknown>>
>;

test.each([
  ['ansible-order', 'ansible-order/hosts.ini'],
  ['ansible-ini', 'ansible-ini/hosts'],
  ['ansible-yaml', 'ansible-yaml/hosts.yml'],
  ...(process.platform === 'win32' ? [] : [['source-of-truth', 'source-of-truth']]),
])('hosts have the variables that Ansible gives them: %s', async (name = '', file = '') => {
  const { devices } = await load(file);
  const expected = recorded[name] ?? {};
  expect(devices.map((device) => device.name).sort()).toEqual(Object.keys(expected).sort());
  for (const device of devices) {
    const variables = expected[device.name] ?? {};
    const own = Object.entries(variables).filter(([key]) => !/^(?:ansible|rollcall)_/.test(key));
    expect(device.data ?? {}, device.name).toEqual(Object.fromEntries(own));
    const { ansible_user, ansible_password, ansible_port, ansible_become_password } = variables;
    const secrets = { password: device.password?.reveal(), secret: device.secret?.reveal() };
    expect({ ...secrets, username: device.username, port: device.port }, device.name).toEqual({
      ...{ password: ansible_password, secret: ansible_become_password, username: ansible_user, port: ansible_port },
    });
  }
});
