import { type InventoryFormat, parseInventory } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';
import { reveal } from '../reveal.ts';

const platforms = { names: ['cisco_ios', 'linux'] };
const names = (text: string, file: string, format: InventoryFormat = 'auto') =>
  parseInventory(text, { file, format, platforms }).devices.map(({ name }) => name);

describe('what a file is, is found out by its name, and then by what is in it', () => {
  test.each<[file: string, format: InventoryFormat, text: string]>([
    ['devices.yaml', 'native', '- { name: r1, host: a, platform: cisco_ios }\n'],
    ['devices.yaml', 'native', 'routers:\n  - { name: r1, host: a, platform: cisco_ios }\n'],
    ['devices.yaml', 'native', 'x: &x { device_type: cisco_ios }\nall:\n  - { <<: *x, name: r1, host: a }\n'],
    ['devices.yaml', 'native', 'groups: { g: { platform: cisco_ios } }\ndevices: { r1: { groups: g } }\n'],
    ['hosts', 'netmiko', 'r1: { device_type: cisco_ios, host: a }\nall_routers: [r1]\n'],
    ['hosts', 'netmiko', 'x: &x { username: u }\nr1: { <<: *x, device_type: cisco_ios, host: a }\n'],
    ['hosts.yaml', 'nornir', 'r1: { hostname: a, platform: ios }\n'],
    ['anything', 'nornir', 'r1: { platform: ios, hostname: a, groups: [] }\n'],
    ['hosts.yaml', 'ansible', 'all: { hosts: { r1: { ansible_network_os: ios } } }\n'],
    ['hosts.yaml', 'ansible', 'core: { hosts: { r1: { ansible_network_os: ios } } }\n'],
    ['hosts', 'ansible', '# of the lab\n\n[core]\nr1 ansible_network_os=ios\n'],
    ['hosts', 'ansible', 'r1 ansible_network_os=ios\n'],
    ['inventory.ini', 'ansible', 'r1\n[all:vars]\nrollcall_platform=linux\n'],
    [
      'hosts.json',
      'ansible',
      '{"_meta": {"hostvars": {"r1": {"ansible_network_os": "ios"}}}, "core": {"hosts": ["r1"]}}',
    ],
    ['export.csv', 'csv', 'name,host,platform\nr1,a,ios\n'],
    ['export.tsv', 'csv', 'name\tip address\tPlatform\nr1\t192.0.2.1\tios\n'],
  ])('%s: %s', (file, format, text) => {
    expect(names(text, file)).toEqual(['r1']);
    expect(names(text, file, format)).toEqual(['r1']);
  });
});

test('a program that may not be started is no broken YAML', () => {
  expect(() => names('#!/usr/bin/env python3\nimport json, sys\nif x:\n    print({})\n', 'inventory')).toThrow(
    'inventory:1:1: this is a program that may not be started: chmod +x it, and what it prints is read',
  );
});

describe('a table', () => {
  const first = (text: string) => parseInventory(text, { file: 'd.csv', platforms });

  test('has its names in any case, its delimiter found out, a byte order mark, quotes and comments', () => {
    const text =
      '\ufeff# exported\n\nName;IP Address;OS;Password;Groups;Site\nr1;192.0.2.1;ios;"a;b ""c""";core edge;"St. Gallen; CH"\n\n# end\n';
    const [r1] = first(text).devices;
    expect(r1).toMatchObject({
      name: 'r1',
      host: '192.0.2.1',
      groups: ['core', 'edge'],
      data: { Site: 'St. Gallen; CH' },
    });
    expect(reveal(r1?.password)).toBe('a;b "c"');
    expect(r1?.source?.line).toBe(4);
  });

  test("is NetBox's export as it comes: prefixes, names of makers, rows of nothing", () => {
    const [one, ...others] = first('Name,IP Address,Platform,Rack\nr1,192.0.2.1/24,Cisco IOS,\n,,,\n').devices;
    expect([one?.name, one?.host, one?.platform, others]).toEqual(['r1', '192.0.2.1', 'cisco_ios', []]);
  });

  test('gives data the types of YAML, and leaves leading zeros alone', () => {
    const text = 'host,platform,a,b,c,d,data.e,f\nx,ios,5,true,007,1.5,"[1, ""x""]",null\n';
    expect(first(text).devices[0]?.data).toEqual({ a: 5, b: true, c: '007', d: 1.5, e: [1, 'x'], f: null });
  });

  test('tells of a column that is almost a key', () => {
    expect(first('host,platform,usrname\na,ios,x\n').warnings).toEqual([
      "d.csv: the column 'usrname' is no key and becomes data; did you mean 'username'?; data.usrname says that it is data",
    ]);
    expect(first('host,platform,data.usrname\na,ios,x\n').warnings).toEqual([]);
  });

  test('shows no value where it has passwords: a comma too much moves one under another name', () => {
    const wrong = () => first('host,platform,port,password\na,ios,hunter2,\n');
    expect(wrong).toThrow('d.csv:2:7: port must be 1 to 65535, got "…"');
  });
});

describe('Ansible', () => {
  const load = (text: string, file = 'hosts.ini') => parseInventory(text, { file, platforms });

  test('templates that are names of variables are filled in for each host', () => {
    const { devices } = load(
      '[core]\nr[1:2].lab\n[core:vars]\nansible_host={{ inventory_hostname_short }}.mgmt.example.net\nansible_network_os=ios\nansible_password="{{ vault_password }}"\nvault_password=known\nnote={{ what }}\n',
    );
    expect(devices.map(({ host, password }) => [host, reveal(password)])).toEqual([
      ['r1.mgmt.example.net', 'known'],
      ['r2.mgmt.example.net', 'known'],
    ]);
    expect(devices[0]?.data).toEqual({ vault_password: 'known', note: '{{ what }}' });
  });

  test('what rollcall_ says goes before what Ansible has, also where that is encrypted', () => {
    const text = `all:
  vars:
    ansible_network_os: cisco.ios.ios
    ansible_password: !vault |
      $ANSIBLE_VAULT;1.1;AES256
      6162
    rollcall_password: plain
    other: !vault abc
    unsafe: !unsafe "{{ as it is }}"
  hosts: { r1: }
`;
    const { devices } = load(text, 'hosts.yml');
    expect(reveal(devices[0]?.password)).toBe('plain');
    expect(devices[0]?.data).toEqual({ unsafe: '{{ as it is }}' });
  });

  test('a password in the vault is nothing, with a warning, and hides that of a weaker group', () => {
    const { devices, warnings } = load(
      '[all:vars]\nansible_password=weaker\n[core:vars]\nansible_network_os=ios\nansible_user=ops\nansible_password="{{ vaulted }}"\n[core]\nr[1:2]\n',
    );
    expect(devices.map(({ username, password }) => [username, password])).toEqual([
      ['ops', undefined],
      ['ops', undefined],
    ]);
    expect(warnings.filter((one) => one.includes('password'))).toEqual([
      expect.stringMatching(/:6: password is a template that only Ansible can fill in: .*--ask-password$/),
    ]);
  });

  test('a secret may be named where it is in place of what Ansible has', () => {
    const text =
      '[core:vars]\nansible_network_os=ios\nansible_password="{{ vaulted }}"\nrollcall_password={"env": "R1_PASSWORD"}\n[core]\nr1\n';
    expect(load(text).devices[0]?.password).toEqual({ env: 'R1_PASSWORD' });
  });

  test.each([
    ['-o ProxyJump=ops@b1:2222,b2', { jump: [{ host: 'b1', port: 2222, username: 'ops' }, { host: 'b2' }] }],
    [
      "-o 'ProxyCommand=ssh -W %h:%p -q -l ops b1' -o StrictHostKeyChecking=no",
      { jump: [{ host: 'b1', username: 'ops' }] },
    ],
    ["-C -o 'ProxyCommand nc -x proxy:1080 %h %p'", { proxyCommand: 'nc -x proxy:1080 %h %p' }],
    ['-J b1 -o ServerAliveInterval=30', { jump: [{ host: 'b1' }] }],
  ])('the way in its arguments of ssh: %s', (args, route) => {
    const { devices, warnings } = load(`r1 ansible_network_os=ios ansible_ssh_common_args=${JSON.stringify(args)}\n`);
    expect(devices[0]?.route).toEqual(route);
    expect(warnings).toEqual([]);
  });

  test('what is not read, or is read otherwise than somebody may think, is told once', () => {
    const { devices, warnings } = load(`[core]
r1 site=a
r2 note=abc#1
r1 site=b
[core:vars]
ansible_network_os=ios
ansible_connection=ansible.netcommon.httpapi
ansible_ssh_extra_args=-o KexAlgorithms=x -F /dev/null
[other]
localhost ansible_connection=local
`);
    expect(devices.map(({ name }) => name)).toEqual(['r1', 'r2']);
    expect([...warnings].sort()).toEqual(
      [
        'hosts.ini:3: a value ends where # begins a comment, as in Ansible; one that holds # must be in quotes',
        'hosts.ini:4: a variable of "r1" has another value than on line 2; as in Ansible the last one counts',
        'hosts.ini:7: ansible_connection ansible.netcommon.httpapi: rollcall uses SSH there; rollcall_transport: telnet names another way',
        'hosts.ini:8: ansible_ssh_extra_args has KexAlgorithms, -F, which is not read; ProxyJump and ProxyCommand are',
        "'localhost' is left out: ansible_connection is local, and it has no ansible_network_os",
      ].sort(),
    );
  });
});

test("nornir's options of a connection go before the host's own values, as in nornir", () => {
  const text = `r1:
  hostname: 192.0.2.1
  port: 22
  platform: ios
  username: own
  connection_options:
    napalm: { port: 443, extras: { optional_args: { secret: of-napalm } } }
    scrapli:
      port: 2200
      extras: { auth_strict_key: false, auth_secondary: of-scrapli, transport: telnet, timeout_socket: 7, ssh_config_file: true }
`;
  const [r1] = parseInventory(text, { platforms }).devices;
  expect(r1).toMatchObject({ port: 2200, transport: 'telnet', username: 'own', timeouts: { connectMs: 7000 } });
  expect(reveal(r1?.secret)).toBe('of-scrapli');
  const [napalm] = parseInventory(text.replace(/ {4}scrapli:[\s\S]*/, ''), { platforms }).devices;
  expect(napalm).toMatchObject({ port: 22, transport: 'ssh' });
  expect(reveal(napalm?.secret)).toBe('of-napalm');
});

test('tables and INI of 20,000 devices take time in proportion', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `r${n},10.0.${n >> 8}.${n & 255},ios,g${n % 7}`);
  expect(names(`name,host,platform,groups\n${rows.join('\n')}\n`, 'd.csv')).toHaveLength(20_000);
  const hosts = Array.from({ length: 20_000 }, (_, n) => `r${n} ansible_host=10.0.${n >> 8}.${n & 255} site=s${n % 7}`);
  const text = `[core]\n${hosts.join('\n')}\n[core:vars]\nansible_network_os=ios\n[edge:children]\ncore\n`;
  expect(names(text, 'hosts.ini')).toHaveLength(20_000);
}, 30_000);
