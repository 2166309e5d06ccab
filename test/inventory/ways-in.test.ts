import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Device, InventoryError, parseInventory, Secret } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';
import { reveal } from './reveal.ts';

function device(text: string): Device {
  const [first] = parseInventory(`- host: 192.0.2.1\n  device_type: cisco_ios\n${text}`).devices;
  if (first === undefined) throw new Error('no device');
  return first;
}

function problems(text: string, head = '- host: 192.0.2.1\n  device_type: cisco_ios\n'): string[] {
  try {
    parseInventory(`${head}${text}`);
  } catch (error) {
    if (error instanceof InventoryError) return error.problems.map(({ line, message }) => `${line}: ${message}`);
    throw error;
  }
  return [];
}

describe('the way to a device', () => {
  test('jump hosts are written as ssh takes them, or as mappings', () => {
    const { route } = device(`
  jump:
    - ops@bastion.example.net:2222
    - { host: 2001:db8::1, username: ops, password: s3cret-hop, key_file: ~/.ssh/hop }
`);
    expect(route?.jump).toEqual([
      { host: 'bastion.example.net', port: 2222, username: 'ops' },
      {
        host: '2001:db8::1',
        username: 'ops',
        password: expect.any(Secret),
        ssh: { keyFile: [join(homedir(), '.ssh/hop')] },
      },
    ]);
    expect(reveal(route?.jump?.[1]?.password)).toBe('s3cret-hop');
  });

  test.each([
    ['one', 'jump: bastion', [{ host: 'bastion' }]],
    [
      'a chain in one text',
      "jump: 'a@one, [2001:db8::7]:22'",
      [
        { host: 'one', username: 'a' },
        { host: '2001:db8::7', port: 22 },
      ],
    ],
    ['none', 'jump: none', []],
    ['an empty list', 'jump: []', []],
    ['one mapping', 'jump: { host: one }', [{ host: 'one' }]],
  ])('jump may be %s', (_name, line, expected) => {
    expect(device(`  ${line}`).route?.jump).toEqual(expected);
  });

  test('a password in a jump host’s short form is refused, and not shown', () => {
    for (const short of ['ops:s3cret@one', 'ssh://ops:s3cret@one', '"a@two,ops:s3cret@one:2222"', '[ops:s3cret@one]']) {
      const [problem = ''] = problems(`  jump: ${short}`);
      expect(problem).toMatch(/^3: jump .*mapping with host, username and password$/);
    }
  });

  test.each([
    ['socks: 127.0.0.1:1080', { host: '127.0.0.1', port: 1080 }],
    ['socks: socks5://proxy.example.net:1081', { host: 'proxy.example.net', port: 1081 }],
    [
      'socks: { host: proxy, username: me, password: s3cret-proxy }',
      { host: 'proxy', username: 'me', password: expect.any(Secret) },
    ],
  ])('%s', (line, expected) => {
    expect(device(`  ${line}`).route?.socks).toEqual(expected);
  });

  test('the rest of it', () => {
    expect(
      device(`
  proxy_command: ssh -W %h:%p bastion
  source_address: 198.51.100.7
  network_device: vrf-mgmt
  address_family: inet6
`).route,
    ).toEqual({
      proxyCommand: 'ssh -W %h:%p bastion',
      sourceAddress: '198.51.100.7',
      networkDevice: 'vrf-mgmt',
      addressFamily: 6,
    });
  });

  test('a device without any of it has no route', () => {
    expect(device('')).not.toHaveProperty('route');
    expect(device('  address_family: any')).not.toHaveProperty('route');
  });

  test.each([
    ['jump: { port: 22 }', '3: jump needs a host for each jump host'],
    ['jump: ops@', '3: jump must be hosts such as bastion.example.net, ops@bastion:2222, or mappings with host'],
    ['jump: [one, [two]]', '3: jump must be a mapping with host, port,'],
    ['jump: { hots: one }', "3: unknown key 'hots' of a jump host; did you mean 'host'?"],
    ['socks: me:pass@proxy', '3: socks must be host:port, or a mapping with host, port, username and password'],
    ['source_address: eth0', '3: source_address must be an IPv4 or IPv6 address, got "eth0"'],
    [
      'network_device: a name that is far too long',
      '3: network_device must be the name of a network device or VRF, such as eth1',
    ],
    ['address_family: 5', '3: address_family must be one of 4, 6, inet, inet6, any, got "5"'],
  ])('%s is refused with its line', (line, message) => {
    expect(problems(`  ${line}`)).toEqual([expect.stringContaining(message)]);
  });
});

describe('SSH', () => {
  test('its settings', () => {
    expect(
      device(`
  key_file: [~/.ssh/one, two]
  certificate_file: two-cert.pub
  identities_only: yes
  agent_socket: /run/agent.sock
  host_key_alias: site-a.r1
  legacy_algorithms: diffie-hellman-group1-sha1, ssh-rsa
  keepalive: 30
  ssh_config_file: NONE
`).ssh,
    ).toEqual({
      keyFile: [join(homedir(), '.ssh/one'), resolve('two')],
      certificateFile: resolve('two-cert.pub'),
      identitiesOnly: true,
      agentSocket: resolve('/run/agent.sock'),
      hostKeyAlias: 'site-a.r1',
      legacyAlgorithms: ['diffie-hellman-group1-sha1', 'ssh-rsa'],
      keepaliveMs: 30_000,
      configFile: 'none',
    });
  });

  test("netmiko's default keepalive of 0 is none, and one key file is a list of one", () => {
    expect(device('  keepalive: 0\n  key_file: /k')).toMatchObject({ ssh: { keyFile: [resolve('/k')] } });
    expect(device('  keepalive: 0')).not.toHaveProperty('ssh');
  });
});

describe('credentials', () => {
  test('are tried in the order of the list', () => {
    const { credentials } = device(`
  credentials:
    - { username: local, password: s3cret-local, secret: s3cret-enable }
    - { username: rescue, key_file: /keys/rescue, passphrase: s3cret-phrase, certificate_file: /keys/signed.pub }
`);
    expect(credentials?.map(({ username, password, secret }) => [username, reveal(password), reveal(secret)])).toEqual([
      ['local', 's3cret-local', 's3cret-enable'],
      ['rescue', undefined, undefined],
    ]);
    expect(credentials?.[1]?.ssh).toMatchObject({
      keyFile: [resolve('/keys/rescue')],
      certificateFile: resolve('/keys/signed.pub'),
    });
  });

  test('what is wrong in them is told without the secrets', () => {
    const found = problems(
      '  credentials:\n    - { usrname: local, password: s3cret-local }\n    - s3cret-text\n    - {}\n',
    );
    expect(found).toEqual([
      "4: unknown key 'usrname' of a credential; did you mean 'username'?",
      '5: credentials must be a mapping with username, password, secret, key_file, passphrase, certificate_file; got a text',
      '6: credentials needs a username, a password or a key_file',
    ]);
  });
});

describe('programs and terminal servers', () => {
  test('a device may be a program of this machine', () => {
    const { devices } = parseInventory(`
- { name: r1, device_type: linux, transport: process, command: [docker, exec, -it, r1, vtysh] }
- { device_type: linux, transport: process, command: bash }
`);
    expect(devices.map(({ name, host, transport, command }) => ({ name, host, transport, command }))).toEqual([
      { name: 'r1', host: 'docker', transport: 'process', command: ['docker', 'exec', '-it', 'r1', 'vtysh'] },
      { name: 'bash', host: 'bash', transport: 'process', command: ['bash'] },
    ]);
  });

  test('a program without a command, and a command without a program, are refused', () => {
    expect(problems('', '- { device_type: linux, transport: process }')).toEqual([
      '1: a device that is a program needs it: command: [docker, exec, -it, r1, vtysh]',
    ]);
    expect(problems('  command: [vtysh]')).toEqual(['3: command goes with `transport: process` only']);
    expect(problems('', '- { device_type: linux, transport: process, command: [a, [b]] }')).toEqual([
      '1: command must be a list of texts',
    ]);
  });

  test('a terminal server has a login of its own', () => {
    const { terminalServer } = device(
      '  terminal_server: { username: ts, password: s3cret-ts, platform: cisco_ios, command: telnet 10.0.0.1 2005 }',
    );
    expect(terminalServer).toEqual({
      username: 'ts',
      password: expect.any(Secret),
      platform: 'cisco_ios',
      command: 'telnet 10.0.0.1 2005',
    });
    expect(problems('  terminal_server: s3cret')).toEqual([
      '3: terminal_server must be a mapping with username, password, secret, platform, command; got a text',
    ]);
  });
});
