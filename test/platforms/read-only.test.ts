import fc from 'fast-check';
import { loadPlatform, platformCatalogue, readOnlyProblem } from 'rollcall/platforms';
import { describe, expect, test } from 'vitest';
import { checkPlatform } from '#dist/platforms/index.js';

interface Lines {
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

/** What no command line may be sent in read-only mode, whatever it is. */
const NEVER = [
  'reload',
  'write',
  'wr',
  'write erase',
  'clear counters',
  'delete flash:x',
  'copy run start',
  'conf t',
  '',
];
const show: Lines = {
  allowed: [
    'show version',
    'sh ver',
    'sho run',
    '  show clock ',
    'SHOW VERSION',
    'show run | include ^ip',
    'show run | i x',
  ],
  refused: ['shutdown', 'showx', 'show run | redirect flash:x', 'show run | tee flash:x', 'show run|append flash:x'],
};
const cases: Readonly<Record<string, Lines>> = {
  cisco_ios: {
    allowed: [
      ...show.allowed,
      ...[
        'show ip int brief | include up|down',
        'show tech',
        'show ip bgp | i *>',
        'dir flash:',
        'show run | sec ^router',
      ],
      ...[
        'ping 192.0.2.1',
        'ping vrf MGMT 192.0.2.1 repeat 100 source Lo0',
        'traceroute 192.0.2.1',
        'show run | count ^!',
      ],
    ],
    refused: [
      ...show.refused,
      ...['show run | i x | redirect flash:x', 'show run > flash:x', 'show run | r flash:x', 'show run | t flash:x'],
      ...[
        'ping 192.0.2.1 repeat 100000',
        'ping 192.0.2.1 timeout 0',
        'ping',
        'debug all',
        'test crash',
        'sh run;reload',
      ],
      ...['terminal shell', 'configure terminal', 'do reload', 'tclsh', 'more flash:x | redirect flash:y'],
    ],
  },
  cisco_nxos: {
    allowed: [...show.allowed, 'show version | json', 'show run | no-more', 'show int | grep Eth | wc', 'show tech'],
    refused: [
      ...show.refused,
      ...[
        'show version ; conf t',
        'show run > bootflash:x',
        'show run | vsh',
        'show run | sed s/a/b/w',
        'show run | diff',
      ],
      'show tech-support all binary bootflash:',
    ],
  },
  arista_eos: {
    allowed: [
      ...show.allowed,
      'show version | json | no-more',
      'show run | grep ip | head -n 3',
      'ping 192.0.2.1 repeat 3',
    ],
    refused: [
      ...show.refused,
      ...[
        'show run | awk BEGIN',
        'show run > flash:x',
        'show run | grep `reboot`',
        'show run | grep $(reboot)',
        'bash',
      ],
      ...['show run | tail -f', 'show run | sort -o x', 'show run | bash'],
    ],
  },
  cisco_xr: {
    allowed: [...show.allowed, 'show run | utility egrep ^int', 'admin show platform', 'sh bgp | begin x'],
    refused: [
      ...show.refused,
      'show tech-support',
      'show run | file disk0:x',
      'admin reload',
      'commit',
      'admin config',
    ],
  },
  cisco_asa: {
    allowed: ['show version', 'sh run | grep nat', 'show tech-support'],
    refused: [...show.refused, 'show tech-support file disk0:x', 'show tech file x', 'write memory'],
  },
  juniper_junos: {
    allowed: [
      ...['show version', 'show configuration | display set | no-more', 'show interfaces terse | match ge-', 'sh ver'],
      ...[
        'ping 192.0.2.1 count 5',
        'ping 192.0.2.1 rapid',
        'traceroute 192.0.2.1',
        'show configuration | compare rollback 1',
      ],
    ],
    refused: [
      ...['show configuration | save x', 'show version | append x', 'show version | tee x', 'request system reboot'],
      ...[
        'ping 192.0.2.1',
        'set system x',
        'delete',
        'show log | request message all',
        'edit',
        'start shell',
        'rollback',
      ],
    ],
  },
  huawei_vrp: {
    allowed: ['display version', 'dis cur | include ip', 'disp int brief', 'ping -c 5 192.0.2.1', 'tracert 192.0.2.1'],
    refused: [
      'display cur > flash:/x',
      'di ver | redirect x',
      'save',
      'reset saved',
      'display diagnostic-information x.txt',
    ],
  },
  hp_comware: {
    allowed: ['display version', 'display current-configuration | begin int', 'dis int | by-linenum'],
    refused: ['display version > x.txt', 'display version >> x.txt', 'system-view', 'reboot', 'ping -t 192.0.2.1'],
  },
  nokia_sros: {
    allowed: ['show version', '/show router interface', 'admin show configuration', 'show log | match x | count'],
    refused: ['show version > cf3:x', 'admin reboot', 'admin save', 'configure', 'tools perform x'],
  },
  frr: {
    allowed: ['show version', 'sh ip route', 'show running-config | include ip', 'show ip bgp summary json', 'who'],
    refused: ['ping 192.0.2.1', 'write memory', 'show version > x', 'clear ip bgp *', 'show run | redirect x', 'shell'],
  },
  vyos: {
    allowed: [
      'show version',
      'show configuration commands',
      'show configuration | commands | match eth0',
      'show log | no-more',
    ],
    refused: [
      'show version; reboot',
      'show version | tee x',
      'show $(reboot)',
      'show `reboot`',
      'show version > x',
      'reboot',
    ],
  },
  paloalto_panos: {
    allowed: ['show system info', 'show routing route | match 10.'],
    refused: ['request restart system', 'set cli x', 'show x > y', 'ping host 192.0.2.1', 'debug x'],
  },
  fortinet: {
    allowed: [
      'get system status',
      'show full-configuration | grep set',
      'execute ping 192.0.2.1',
      'exec traceroute 192.0.2.1',
    ],
    refused: [
      'execute reboot',
      'config system global',
      'exec formatlogdisk',
      'diagnose sys kill 9 1',
      'end',
      'set x y',
    ],
  },
  mikrotik_routeros: {
    allowed: [
      '/ip address print',
      'ip route print detail',
      '/system resource print',
      '/export',
      '/interface export terse',
    ],
    refused: [
      ...[
        '/export file=x',
        '/ip address print file=x',
        '/system reboot',
        '/ip address print where comment=[/system reboot]',
      ],
      ...['/interface print follow', '/ip address add address=1.1.1.1', ':put x', '/ip address print; /system reboot'],
    ],
  },
  linux: {
    allowed: [
      ...[
        'uptime',
        'df -h',
        'cat /etc/os-release',
        'ip addr',
        'ip -br link show',
        'ip route get 192.0.2.1',
        'uname -a',
        'date',
      ],
      ...[
        'ls -l /var/log/*.log',
        'ss -tlnp',
        'ping -c 3 192.0.2.1',
        'systemctl status sshd',
        'hostname',
        'vtysh -c "show ip route"',
      ],
    ],
    refused: [
      ...[
        'reboot',
        'rm x',
        'cat x > y',
        'cat x | tee y',
        'cat x; reboot',
        'df & reboot',
        'ls $(reboot)',
        'ls `reboot`',
        'date -s x',
      ],
      ...[
        'hostname x',
        'ip addr add 1.1.1.1/8 dev lo',
        'ip link set lo down',
        'ip route flush',
        'ip -b x',
        'ss -K',
        'ss -E',
      ],
      ...[
        'ping 192.0.2.1',
        'sudo ls',
        'systemctl restart sshd',
        'free -s 1',
        'dmesg -c',
        'ip netns exec x reboot',
        'tail -f x',
      ],
      ...[
        'vtysh -c "conf t"',
        'vtysh -c "show ver" -c "conf t"',
        'ls\\\nreboot',
        'head -n 3 -f x',
        'env reboot',
        'uptime\u2028reboot',
      ],
    ],
  },
};

const platformOf = (name: string) => loadPlatform(name);

describe.each(Object.entries(cases))('%s', (name, { allowed, refused }) => {
  test.each(allowed)("lets '%s' through", (command) => {
    expect(readOnlyProblem(platformOf(name), command)).toBeUndefined();
  });
  test.each([...refused, ...NEVER])("refuses '%s'", (command) => {
    expect(readOnlyProblem(platformOf(name), command)).toMatch(/^read-only: /);
  });
});

/** Each platform once, under the name of its file. */
const own = platformCatalogue().filter(({ covered }) => covered === 'own file');
const listed = own.filter(({ platform }) => platform.readOnly !== undefined);

test('most platforms have a list', () => {
  expect(listed.length).toBeGreaterThan(own.length / 2);
});

test.each(listed.map(({ name, platform }) => [name, platform] as const))(
  '%s: none of its own lines that change something is harmless',
  (_, platform) => {
    const { save, commit, modes, exit } = platform;
    const entering = Object.entries(modes)
      .filter(([mode]) => mode.startsWith('config'))
      .flatMap(([, { enter, leave }]) => [...enter.map(({ send }) => send), leave?.send]);
    const changing = [save?.send, commit?.send, commit?.discard?.send, ...entering, exit, ...NEVER];
    for (const command of changing.filter((one) => one !== undefined)) {
      expect(readOnlyProblem(platform, command), command).toMatch(/^read-only: /);
    }
  },
);

test.each(listed.map(({ name, platform }) => [name, platform] as const))(
  '%s: whatever stands before it, a second command is refused',
  (_, platform) => {
    fc.assert(
      fc.property(
        fc.constantFrom('show version', 'display version', 'get x', 'uptime'),
        fc.constantFrom(';', '`', ' > x', '| tee x', '| redirect x', '| save x', '| append x'),
        (first, more) => {
          expect(readOnlyProblem(platform, `${first}${more}`)).toBeDefined();
        },
      ),
    );
  },
);

test('a platform without a list refuses every command, and says so', () => {
  expect(readOnlyProblem(platformOf('generic'), 'show version')).toBe(
    "read-only: the platform 'generic' has no list of harmless commands (readOnly), so that none may be sent",
  );
});

test('no secret of a command is in what is said of it', () => {
  const said = readOnlyProblem(platformOf('cisco_ios'), 'username ann secret 0 hunter2-of-ann');
  expect(said).toMatch(/^read-only: /);
  expect(said).not.toContain('hunter2');
});

test('cases beside the data are looked at', () => {
  const { cases: _, ...ios } = platformOf('cisco_ios');
  const base = { prompts: {}, noPrompts: [], refused: [], notRefused: [] };
  const problemsOf = (readOnly: object) =>
    checkPlatform({ ...ios, cases: { ...base, readOnly } }).problems.filter(({ severity }) => severity === 'error');
  expect(problemsOf({ allowed: ['show version'], refused: ['reload'] })).toEqual([]);
  expect(problemsOf({ allowed: ['reload'], refused: ['show version'] })).toMatchObject([
    { path: ['cases', 'readOnly', 'allowed', 0], message: expect.stringContaining('not on the list') },
    { path: ['cases', 'readOnly', 'refused', 0], message: expect.stringContaining('must be refused') },
  ]);
});

/** Commands that once got past a list, and harmless ones that did not. */
const escaped: Readonly<Record<string, Lines>> = {
  cisco_nxos: { allowed: ['show int | inc "a|b"', 'show int | egrep "up|down"'], refused: ['show tac-pac bootflash:'] },
  arista_eos: {
    allowed: ['show run | grep -E "a|b"'],
    refused: [`show run | grep '"'| bash '"'`, String.raw`show run | grep \"| bash \"`],
  },
  juniper_junos: {
    allowed: ['show configuration | match "a|b"', 'show configuration | display set | match "a|b" | count'],
    refused: ['show x | match "a|b" | request message', String.raw`show x | match "a\" | match "| request message"`],
  },
  paloalto_panos: { allowed: ['show system info | match "a|b"'], refused: [] },
  fortinet: { allowed: ['sh sys int', 'show | grep "a|b"'], refused: [] },
  huawei_vrp: { allowed: ['display ip routing-table | include 10.|192.'], refused: ['display cur | include a|save x'] },
  mikrotik_routeros: {
    allowed: [
      ...['/ip pr', '/file print', '/ip arp print where mac-address=00:11:22:33:44:55', '/system script print'],
      ...['/interface print where in-interface=ether1', '/ipv6 address print where address~"2001:db8::1"'],
    ],
    refused: [
      ...['/ip address print fi=x', '/log print fol', '/interface print int=1', '/log print where topics~"x" follow'],
      ...[
        '/interface disable print',
        '/system reboot print',
        '/system script run print',
        '/ip address remove 0 export',
      ],
      '/ip address print where a=1 :put x',
    ],
  },
  linux: {
    allowed: [
      ...['grep -i foo /etc/hosts', 'tail -n 100 /var/log/syslog', 'hostname -f', 'date -u', 'dmesg', 'sysctl -a'],
      ...['journalctl -n 50 --no-pager', 'cat /etc/udev/rules.d/x'],
    ],
    refused: [
      ...['cat /dev/watchdog', 'cat ../dev/zero', 'tail -f /var/log/syslog', 'hostname -F x', 'sysctl -w a=1'],
      ...['journalctl -n 5', 'journalctl --no-pager --vacuum-time=1s', 'date -s 1'],
    ],
  },
};

describe.each(Object.entries(escaped))('what once went wrong on %s', (name, { allowed, refused }) => {
  test('is right', () => {
    const problems = [...allowed, ...refused].filter((line) => readOnlyProblem(platformOf(name), line) !== undefined);
    expect(problems).toEqual(refused);
  });
});

test.each(listed.map(({ platform }) => platform.name))('a line with a control character is refused on %s', (name) => {
  for (const end of ['\n', '\r', '\t', '\0', '\x03', '\x1a', '\b', '\x85', '\u2028']) {
    for (const first of ['show version', 'display version', 'ls', '/export', 'get x', 'show run | include x']) {
      expect(readOnlyProblem(platformOf(name), `${first}${end}reload`)).toBeDefined();
    }
  }
});
