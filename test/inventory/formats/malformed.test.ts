import { InventoryError, type InventoryFormat, parseInventory } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';

const platforms = { names: ['cisco_ios', 'arista_eos', 'linux'] };

function messagesOf(text: string, file: string, format: InventoryFormat = 'auto'): string[] {
  try {
    parseInventory(text, { file, format, platforms });
  } catch (error) {
    if (error instanceof InventoryError) return error.message.split('\n');
    throw error;
  }
  throw new Error('nothing was wrong');
}

type Case = readonly [why: string, text: string, ...messages: string[]];

const NETMIKO: readonly Case[] = [
  [
    'a value that netmiko has encrypted',
    'r1:\n  device_type: cisco_ios\n  host: a\n  password: __encrypt__fernet:abc:def\n',
    '.netmiko.yml:4:13: password was encrypted by netmiko-encrypt, which only netmiko can read: write it as { env: NAME }, or leave it out and use --ask-password or ROLLCALL_PASSWORD',
  ],
  [
    'a group of what there is not',
    'r1: { device_type: cisco_ios, host: a }\ncore: [r1, r2]\n',
    ".netmiko.yml:2:12: no device of this file is called 'r2'",
  ],
  [
    'a group of groups',
    'r1: { device_type: cisco_ios, host: a }\ncore: [r1]\nall2: [core]\n',
    ".netmiko.yml:3:8: a group lists devices, and 'core' is a group; netmiko has no groups of groups",
  ],
  [
    'a text for a device',
    'r1: 192.0.2.1\n',
    ".netmiko.yml:1:5: expected a device (a mapping of netmiko's arguments) or a group (a list of names) here, got a text",
  ],
  [
    'a device twice',
    'r1: { device_type: cisco_ios, host: a }\nr1: { device_type: cisco_ios, host: b }\n',
    ".netmiko.yml:2:1: 'r1' stands twice here, first on line 1",
  ],
  ['a list', '- host: a\n', '.netmiko.yml:1:1: expected a mapping with a key for each device (rtr1:), got a list'],
  [
    'a mistyped argument',
    'r1: { device_type: cisco_ios, host: a, usrname: x }\n',
    ".netmiko.yml:1:40: unknown key 'usrname' of a device; did you mean 'username'?",
  ],
];

const NORNIR: readonly Case[] = [
  [
    'a text for a host',
    'r1: 192.0.2.1\n',
    'hosts.yaml:1:5: a host must be a mapping with hostname, platform …, got a text',
  ],
  [
    'a list of hosts',
    '- hostname: a\n',
    'hosts.yaml:1:1: expected a mapping with a key for each host (r1:), got a list',
  ],
  [
    'a group that there is not',
    'r1:\n  hostname: a\n  platform: ios\n  groups: [core]\n',
    'hosts.yaml:4:12: unknown group "core"; this inventory has no groups: write them under `groups:`',
  ],
  [
    'groups that are no list',
    'r1: { hostname: a, platform: ios, groups: { a: b } }\n',
    'hosts.yaml:1:43: groups must be a list of names, such as [core], got a mapping',
  ],
  [
    'a port out of range, in what a plugin is told',
    'r1:\n  hostname: a\n  platform: ios\n  connection_options:\n    netmiko: { port: 99999 }\n',
    'hosts.yaml:5:22: port must be 1 to 65535, got "99999"',
  ],
  [
    'options that are no mapping',
    'r1: { hostname: a, platform: ios, connection_options: { netmiko: [] } }\n',
    'hosts.yaml:1:66: netmiko must be a mapping, got a list',
  ],
  [
    'a platform that nobody has',
    'r1: { hostname: a, platform: junoss }\n',
    'hosts.yaml:1:30: unknown platform "junoss"; known: arista_eos, cisco_ios, linux',
  ],
  [
    'a host twice',
    'r1: { hostname: a, platform: ios }\nr1: { hostname: b, platform: ios }\n',
    "hosts.yaml:2:1: 'r1' stands twice here, first on line 1",
  ],
];

const ANSIBLE_INI: readonly Case[] = [
  [
    'no platform',
    'r1\n',
    'hosts.ini:1:1: this host has no platform: it, one of its groups or all needs ansible_network_os (cisco.ios.ios …), or rollcall_platform, such as linux for a server',
  ],
  [
    'a value with a space',
    'r1 ansible_network_os=ios password=a b\n',
    'hosts.ini:1:38: expected key=value behind the host; a value with spaces must be in quotes',
  ],
  [
    'an open quote',
    'r1 ansible_network_os=ios x="abc\n',
    'hosts.ini:1:29: this line has a quote (") that does not end on this line',
  ],
  [
    'a section with a space',
    '[my routers]\nr1\n',
    'hosts.ini:1:1: a section must be [group], [group:children] or [group:vars], without spaces',
  ],
  [
    'a section of another kind',
    '[core:hostvars]\nx=1\n',
    "hosts.ini:1:1: a section of 'core' that is neither hosts nor :children nor :vars",
  ],
  [
    'variables of no group',
    'r1 ansible_network_os=ios\n[core:vars]\nx=1\n',
    'hosts.ini:2:1: [core:vars] is of a group that there is not: it needs a section [core]',
  ],
  [
    'children that there are not',
    '[a]\nr1 ansible_network_os=ios\n[b:children]\na\nc\n',
    "hosts.ini:5:1: [b:children] names a group that there is not, 'c': it needs a section of its own",
  ],
  [
    'no variable',
    '[a]\nr1 ansible_network_os=ios\n[a:vars]\njust words\n',
    'hosts.ini:4:1: expected key=value in [a:vars]',
  ],
  [
    'a group in itself',
    '[a:children]\nb\n[b:children]\na\n[c]\nr1 ansible_network_os=ios\n',
    "hosts.ini:2:1: a group cannot be in itself: 'a' comes round to itself here",
  ],
  [
    'a range without an end',
    'r[1:] ansible_network_os=ios\n',
    'hosts.ini:1:1: a range of hosts must have numbers or single letters at both ends, such as [01:20] or [a:f]',
  ],
  [
    'a range of unequal width',
    'r[01:100] ansible_network_os=ios\n',
    'hosts.ini:1:1: both ends of a range with leading zeros must have as many digits',
  ],
  [
    'a range without its bracket',
    'r[1:3 ansible_network_os=ios\n',
    'hosts.ini:1:1: a range that begins with [ needs its ]',
  ],
  [
    'a range of millions',
    'r[1:9][1:9999999] ansible_network_os=ios\n',
    'hosts.ini:1:1: a range of more than 1000000 hosts',
  ],
  [
    'a colon without a port',
    'r1: ansible_network_os=ios\n',
    'hosts.ini:1:1: a colon at the end of a host name needs its port behind it',
  ],
  [
    'YAML by another name',
    '---\nall:\n',
    'hosts.ini:1:1: this is no INI: --- begins a file of YAML; name it .yml, or give --inventory-format native',
    'hosts.ini:2:1: a colon at the end of a host name needs its port behind it',
  ],
  [
    'a wrong port',
    'r1 ansible_network_os=ios ansible_port=abc\n',
    'hosts.ini:1:40: port must be 1 to 65535, got "abc"',
  ],
  [
    'a wrong priority',
    '[a]\nr1 ansible_network_os=ios\n[a:vars]\nansible_group_priority=high\n',
    'hosts.ini:4:24: ansible_group_priority must be a whole number',
  ],
  [
    'a template that only Ansible can fill in',
    'r1 ansible_network_os=ios ansible_port="{{ port_of_lab }}"\n',
    'hosts.ini:1:40: port is a template that only Ansible can fill in: write its value, or give it beside as rollcall_port, which Ansible does not look at',
  ],
  [
    'an unknown key of ours',
    'r1 ansible_network_os=ios rollcall_prot=22\n',
    "hosts.ini:1:27: unknown key 'prot' of a device; did you mean 'port'?",
  ],
];

const ANSIBLE_YAML: readonly Case[] = [
  [
    'a list of hosts',
    'all:\n  hosts:\n    - r1\n',
    'hosts.yml:3:5: hosts must be a mapping with a key for each name (r1:), not a list',
  ],
  [
    'a text for a group',
    'all:\n  children:\n    core: r1\n',
    'hosts.yml:3:11: a group must be a mapping with hosts, vars and children, got a text',
  ],
  [
    'a plugin',
    'plugin: netbox.netbox.nb_inventory\n',
    'hosts.yml:1:1: this is the configuration of an inventory plugin of Ansible and no inventory; let Ansible ask it: ansible-inventory --list > hosts.json, and give that file with --inventory-format ansible',
  ],
  [
    'an encrypted value that is needed',
    'all:\n  hosts:\n    r1:\n      ansible_network_os: ios\n      ansible_host: !vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        6162\n',
    'hosts.yml:5:28: host is encrypted by ansible-vault: write its value, or give it beside as rollcall_host, which Ansible does not look at',
  ],
  [
    'variables that are no mapping',
    'all:\n  hosts: { r1: x }\n',
    'hosts.yml:2:12: this host has no platform: it, one of its groups or all needs ansible_network_os (cisco.ios.ios …), or rollcall_platform, such as linux for a server',
    'hosts.yml:2:16: expected a mapping of variables (ansible_host: 192.0.2.1), got a text',
  ],
  [
    'a group twice',
    'all:\n  children:\n    a: {}\n    a: {}\n',
    "hosts.yml:4:5: 'a' stands twice here, first on line 3",
  ],
  ['a tab', 'all:\n\thosts:\n', 'hosts.yml:2:1: not valid YAML: a tab indents this line; YAML is indented with spaces'],
];

const CSV: readonly Case[] = [
  [
    'no header',
    'r1,192.0.2.1,ios\n',
    'f.csv:1:1: the first row must name the columns, one of them host (or ip), such as: name,host,device_type,username',
  ],
  [
    'a value too many',
    'host,platform\na,ios\nb,ios,secret\n',
    'f.csv:3:1: 3 values in this row, and 2 in the header: a value that holds the delimiter must be in quotes',
  ],
  [
    'a value too few',
    'host,platform\na\n',
    'f.csv:2:1: 1 values in this row, and 2 in the header: a value that holds the delimiter must be in quotes',
  ],
  [
    'a quote that does not end',
    'host,platform\na,"ios\nb,ios\n',
    'f.csv:2:3: not valid CSV: a quote (") opens here that is never closed',
  ],
  [
    'a quote inside',
    'host,platform,password\na,ios,"x"y\n',
    'f.csv:2:1: not valid CSV: a quote (") stands inside a value; in a value in quotes it is written twice ("")',
  ],
  [
    'a wrong value',
    'host;device_type;port\n192.0.2.1;ios;22\n192.0.2.2;ios;ssh\n',
    'f.csv:3:15: port must be 1 to 65535, got "ssh"',
  ],
  [
    'a column twice',
    'host,ip_address,site,site\na,b,c,d\n',
    'f.csv:1:22: columns 3 and 4 both are the same data; keep one of them',
    'f.csv:2:1: a device needs device_type (or platform)',
  ],
  ['a column without a name', 'host,,platform\na,b,ios\n', 'f.csv:1:6: a column without a name in the first row'],
  [
    'a device twice',
    'name,host,platform\nr1,a,ios\nr2,b,ios\nr1,c,ios\n',
    'f.csv:4:1: the name "r1" stands twice, first on line 2',
  ],
  ['no platform', 'host\tuser\na\tb\n', 'f.csv:2:1: a device needs device_type (or platform)'],
  [
    'an unknown platform',
    'host,platform\na,cisco_ois\n',
    `f.csv:2:3: unknown platform "cisco_ois"; did you mean 'cisco_ios'?`,
  ],
  [
    'nothing',
    '',
    'f.csv: no devices in this file; expected a row for each device below the row that names the columns',
  ],
  [
    'nothing but a header',
    'host,platform\n',
    'f.csv: no devices in this file; expected a row for each device below the row that names the columns',
  ],
];

describe.each([
  ['netmiko', '.netmiko.yml', NETMIKO],
  ['nornir', 'hosts.yaml', NORNIR],
  ['ansible', 'hosts.ini', ANSIBLE_INI],
  ['ansible', 'hosts.yml', ANSIBLE_YAML],
  ['csv', 'f.csv', CSV],
] as const)('%s (%s)', (format, file, cases) => {
  test.each(cases)('%s', (_why, text, ...messages) => {
    expect(messagesOf(text, file, format)).toEqual(messages);
  });
});

test('a text of a format that needs a file is refused at the door', () => {
  expect(() => parseInventory('x', { format: 'module' })).toThrow('a text is no module; loadInventory(path) loads one');
  expect(() => parseInventory('x', { format: 'cvs' as never })).toThrow("format must be 'auto', 'native'");
});
