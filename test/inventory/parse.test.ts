import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseInventory } from 'rollcall/inventory';
import { expect, test } from 'vitest';
import { DEVICE_KEYS, SERIAL_KEY, WITHOUT_EFFECT } from '#dist/inventory/keys.js';
import { reveal } from './reveal.ts';

const platforms = { names: ['cisco_ios', 'frr', 'linux', 'generic'] };
const parse = (text: string) => parseInventory(text, { file: 'devices.yaml', platforms });
const namesOf = (text: string) => parse(text).devices.map(({ name }) => name);

const ROUTERS = `routers:
- device_type: cisco_ios
  ip: 192.168.100.1        # a comment
  username: cisco
  password: cisco
  secret: cisco
- device_type: cisco_ios_telnet
  host: 192.168.100.2
  port: 2301
`;

test('the mapping with a list and the list alone give the same devices', () => {
  const list = ROUTERS.replace('routers:\n', '\n');
  const { devices, warnings, file } = parse(ROUTERS);
  expect(devices).toEqual(parse(list).devices);
  expect({ warnings, file }).toEqual({ warnings: [], file: 'devices.yaml' });
  const [first, second] = devices;
  expect(first).toMatchObject({
    name: '192.168.100.1',
    host: '192.168.100.1',
    platform: 'cisco_ios',
    transport: 'ssh',
  });
  expect(first).not.toHaveProperty('port');
  expect(first?.source).toEqual({ file: 'devices.yaml', line: 2 });
  expect([first?.username, reveal(first?.password), reveal(first?.secret)]).toEqual(['cisco', 'cisco', 'cisco']);
  expect(second).toMatchObject({ host: '192.168.100.2', port: 2301, platform: 'cisco_ios', transport: 'telnet' });
});

test('every list under a key counts, and JSON is YAML', () => {
  expect(namesOf('devices: [{host: a, platform: frr}]\nswitches:\n- {host: b, platform: frr}\n')).toEqual(['a', 'b']);
  expect(namesOf('[{"host": "a", "device_type": "frr", "password": null, "port": 22}]')).toEqual(['a']);
});

test('the suffix of device_type names the transport, and so does transport', () => {
  const text = `
- {host: a, device_type: cisco_ios_ssh}
- {host: b, device_type: frr_telnet}
- {host: c, device_type: frr, transport: TELNET}
- device_type: cisco_ios_serial
  port: 22
  serial_settings: {port: /dev/ttyUSB0, baudrate: 9600, parity: N, stopbits: 1.5, bytesize: 7, rtscts: 1}
`;
  const { devices, warnings } = parse(text);
  expect(devices.map(({ platform, transport }) => `${platform} ${transport}`)).toEqual([
    'cisco_ios ssh',
    'frr telnet',
    'frr telnet',
    'cisco_ios serial',
  ]);
  expect(devices[3]).toMatchObject({
    name: '/dev/ttyUSB0',
    host: '/dev/ttyUSB0',
    serial: { baudRate: 9600, parity: 'none', stopBits: 1.5, dataBits: 7 },
  });
  expect(devices[3]).not.toHaveProperty('port');
  expect(warnings).toEqual([expect.stringContaining('rtscts')]);
});

test('a platform whose own name ends like a transport is found in the catalogue by its whole name', () => {
  const { devices } = parseInventory('- {host: a, device_type: odd_telnet}', { platforms: { names: ['odd_telnet'] } });
  expect(devices[0]).toMatchObject({ platform: 'odd_telnet', transport: 'telnet' });
});

test("netmiko's arguments are mapped, or named once in one warning", () => {
  const device = `
  device_type: frr
  conn_timeout: 0.5
  read_timeout_override: 90
  use_keys: True
  key_file: ~/.ssh/id_lab
  passphrase: abc
  allow_agent: off
  encoding: latin-1
  context: customer-a
  console: true
  fast_cli: no
  ssh_strict: yes
  disabled_algorithms: {pubkeys: [rsa-sha2-256]}
`;
  const { devices, warnings } = parse(`- host: a${device}- host: b${device}`);
  expect(devices[1]).toMatchObject({
    timeouts: { connectMs: 500, idleMs: 90_000 },
    ssh: { useKeys: true, keyFile: [join(homedir(), '.ssh', 'id_lab')], allowAgent: false },
    encoding: 'windows-1252',
    context: 'customer-a',
    console: true,
  });
  expect(reveal(devices[1]?.ssh?.passphrase)).toBe('abc');
  expect(warnings).toEqual([
    "devices.yaml: accepted for netmiko's sake, and without effect here: disabled_algorithms, fast_cli, ssh_strict (see --host-keys strict)",
  ]);
});

test('every argument of netmiko 4.8 is known', () => {
  // inspect.signature(netmiko.BaseConnection.__init__) of 4.8.0
  const signature = `ip host username password secret port device_type verbose global_delay_factor global_cmd_verify
    use_keys key_file pkey passphrase disabled_algorithms disable_sha2_fix allow_agent ssh_strict system_host_keys
    alt_host_keys alt_key_file ssh_config_file conn_timeout auth_timeout banner_timeout blocking_timeout timeout
    session_timeout read_timeout_override keepalive default_enter response_return serial_settings fast_cli _legacy_mode
    session_log session_log_record_writes session_log_file_mode allow_auto_change encoding sock sock_telnet
    auto_connect delay_factor_compat disable_lf_normalization`.split(/\s+/);
  const known = new Set([...Object.keys(DEVICE_KEYS), SERIAL_KEY, ...WITHOUT_EFFECT.keys()]);
  expect(signature.filter((name) => !known.has(name))).toEqual([]);
});

test('credentials are shared by anchors, aliases, merge keys and block scalars', () => {
  const text = `
x-lab: &lab
  username: cisco
  password: &pw |
    s3cret
  device_type: cisco_ios
core: &core {<<: *lab, secret: *pw, port: 2201}
routers:
- <<: *core
  host: a
- {<<: [{port: 2202}, *core], host: b, username: ops}
- host: c
  secret: >-
    folded
    words
  <<: *lab
`;
  const shown = parse(text).devices.map(({ host, username, password, secret, port }) => [
    host,
    username,
    reveal(password),
    reveal(secret),
    port,
  ]);
  expect(shown).toEqual([
    ['a', 'cisco', 's3cret', 's3cret', 2201],
    ['b', 'ops', 's3cret', 's3cret', 2202],
    ['c', 'cisco', 's3cret', 'folded words', undefined],
  ]);
});

test('an alias is the last anchor of its name before it', () => {
  const text = `
- {host: &h a, device_type: frr}
- {name: R2, username: *h, host: &h b, device_type: frr}
- {name: R3, host: *h, device_type: frr}
`;
  expect(parse(text).devices.map(({ host, username }) => [host, username])).toEqual([
    ['a', undefined],
    ['b', 'a'],
    ['b', undefined],
  ]);
});

test('a name is the own one, else the host, with the port where the host stands twice', () => {
  const at = (host: string, rest = '') => `- {host: '${host}', device_type: frr${rest}}\n`;
  expect(namesOf(at('127.0.0.1', ', port: 2201') + at('127.0.0.1') + at('::1') + at('r1'))).toEqual([
    '127.0.0.1:2201',
    '127.0.0.1:22',
    '::1',
    'r1',
  ]);
  expect(namesOf(at('::1') + at('::1', ', transport: telnet') + at('::1', ', name: R 3'))).toEqual([
    '[::1]:22',
    '[::1]:23',
    'R 3',
  ]);
});

test('an empty password is one, and an empty or null secret is none', () => {
  const [device] = parse("- {host: a, device_type: frr, password: '', secret: '', username: ~}").devices;
  expect(reveal(device?.password)).toBe('');
  expect(device).not.toHaveProperty('secret');
  expect(device).not.toHaveProperty('username');
});

test('without a catalogue a platform is not checked', () => {
  expect(parseInventory('- {host: a, device_type: my_os_telnet}').devices[0]).toMatchObject({
    platform: 'my_os',
    transport: 'telnet',
  });
});
