import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';

const SHOW: readonly CommandData[] = [
  {
    line: 'display version',
    prints: [
      'Huawei Versatile Routing Platform Software',
      'VRP (R) software, Version 5.170 (S5735 V200R019C10SPC500)',
      'Copyright (C) 2000-2020 HUAWEI TECH Co., Ltd.',
    ],
  },
  { line: 'display clock', prints: '{year}-{monthNumber}-{date} {hours}:{minutes}:{seconds}' },
  {
    line: 'display interface brief',
    prints: [
      'PHY: Physical',
      '*down: administratively down',
      'Interface                   PHY   Protocol  InUti OutUti   inErrors  outErrors',
      { repeat: 100, line: 'GigabitEthernet0/0/{i}        up    up        0.01%  0.01%          0          0' },
      'NULL0                       up    up(s)        0%     0%          0          0',
    ],
  },
  {
    line: 'display current-configuration',
    prints: ['!Software Version V200R019C10SPC500', '#', '{running}', 'return'],
  },
  { line: 'display saved-configuration', prints: ['!Software Version V200R019C10SPC500', '#', '{startup}', 'return'] },
  { line: 'display this', prints: ['#', '{here}', '#', 'return'] },
];

const TERMINAL: readonly CommandData[] = [
  {
    line: 'screen-length {n:0-512} temporary',
    does: { pageLength: '{n}' },
    prints: 'Info: The configuration takes effect on the current user terminal interface only.',
  },
  { line: 'screen-width {n:60-512}', does: { width: '{n}' } },
];

/** What `save` asks and says. */
const save: CommandData = {
  line: 'save',
  says: 'The current configuration will be written to the device.',
  asks: [
    { asks: 'Are you sure to continue?[Y/N]', answers: { y: {}, n: { stops: true } } },
    { asks: 'Info: Please input the file name ( *.cfg, *.zip ) [vrpcfg.zip]:' },
  ],
  does: 'save',
  prints: ['Now saving the current configuration to the slot 0.', 'Save the configuration successfully.'],
};

export const STATEMENTS = [
  'sysname {host}',
  { line: 'interface {interface}', label: '{interface}' },
  'interface {interface} > description {text...}',
  'interface {interface} > ip address {address:ip} {mask:mask}',
  'interface {interface} > mtu {mtu:46-9600}',
  'interface {interface} > shutdown',
  { line: 'vlan {vlan:1-4094}', label: 'vlan{vlan}' },
  'vlan {vlan:1-4094} > description {text...}',
  { line: 'aaa', label: 'aaa' },
  { line: 'aaa > local-user {name} password irreversible-cipher {secret}', many: true },
  { line: 'ip route-static {network:ip} {mask:mask} {gateway:ip}', many: true },
  'snmp-agent sys-info location {text...}',
  'snmp-agent sys-info contact {text...}',
  { line: 'ntp-service unicast-server {server:ip}', many: true },
] as const;

export const INITIAL = [
  'sysname {host}',
  'interface GigabitEthernet0/0/1 description uplink',
  'interface GigabitEthernet0/0/1 ip address 10.0.0.1 255.255.255.0',
  'ip route-static 0.0.0.0 0.0.0.0 10.0.0.254',
];

const REFUSALS = {
  unknown: ['{marker}', "Error: Unrecognized command found at '^' position."],
  value: ['{marker}', "Error: Wrong parameter found at '^' position."],
  incomplete: ['{marker}', "Error:Incomplete command found at '^' position."],
  ambiguous: ['{marker}', "Error:Ambiguous command found at '^' position."],
} as const;

const changeNow = [
  'Warning: The initial password poses security risks.',
  'The password needs to be changed. Change now? [Y/N]:',
] as const;

/** VRP 5: every line counts at once. */
export const huaweiVrp: Dialect = {
  name: 'huawei_vrp',
  title: 'Huawei VRP',
  sources: [
    'Huawei, S-series CLI guides: system-view, save, screen-length temporary, and the messages of each',
    'ntc-templates recordings of huawei_vrp (display version, display interface brief)',
  ],
  login: {
    banner: ['', 'Login authentication', '', ''],
    username: 'Username:',
    password: 'Password:',
    failure: ['Error: The username or password is invalid.', ''],
    welcome: [
      'Info: The max number of VTY users is 5, and the number',
      '      of current VTY users on line is 1.',
      '      The current login time is {year}-{monthNumber}-{date} {hours}:{minutes}:{seconds}.',
    ],
    ssh: { ident: 'HUAWEI-1.5' },
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{role}<{host}>',
      commands: [
        ...SHOW,
        ...TERMINAL,
        save,
        {
          line: 'system-view',
          does: { enter: 'config' },
          prints: 'Enter system view, return user view with Ctrl+Z.',
        },
        { line: 'quit', does: 'logout' },
      ],
    },
    config: {
      prompt: '{role}[{host}]',
      inside: '{role}[{host}-{section}]',
      statements: true,
      endKey: 'rest',
      commands: [
        ...SHOW,
        { line: 'undo {statement...}', does: 'delete' },
        { line: 'return', does: 'rest' },
        { line: 'quit', does: 'up' },
      ],
    },
  },
  refusals: REFUSALS,
  variables: { role: '' },
  pager: {
    prompt: '  ---- More ----',
    erase: '\x1b[16D                \x1b[16D',
  },
  pipes: { include: 'include', exclude: 'exclude', begin: 'begin', count: 'count', 'no-more': 'unpaged' },
  help: { key: '?', row: '  {word}', none: ['{marker}', "Error: Unrecognized command found at '^' position."] },
  configuration: {
    render: { style: 'indented', between: '#' },
    fallsBack: true,
    statements: STATEMENTS,
    initial: INITIAL,
  },
  examples: {
    prompt: '<edge-1>',
    show: { send: 'display version', holds: 'Version 5.170' },
    long: { send: 'display interface brief', first: 'PHY: Physical', last: 'NULL0' },
    pagingOff: ['screen-length 0 temporary'],
    unknown: { send: 'dispaly version', holds: "Error: Unrecognized command found at '^' position." },
    configure: {
      enter: ['system-view'],
      prompt: '[edge-1]',
      lines: ['snmp-agent sys-info location HQ', 'ip route-static 10.9.0.0 255.255.0.0 10.0.0.254'],
      refused: { send: 'ip route-static 10.9.0.0 255.255.0.0', holds: 'Error:Incomplete command' },
      show: { send: 'display current-configuration', holds: ['sys-info location HQ', 'ip route-static 10.9.0.0'] },
      leave: ['return'],
      save: { send: ['save', 'y', ''], holds: 'Save the configuration successfully.' },
    },
    exit: ['quit'],
  },
  variants: {
    'asks for a new password': {
      login: {
        username: 'Username:',
        password: 'Password:',
        failure: ['Error: The username or password is invalid.', ''],
        after: [{ asks: changeNow, answers: { n: {}, y: { says: 'Error: The password is not changed.' } } }],
        ssh: { ident: 'HUAWEI-1.5' },
      },
      examples: {
        after: 'N\r',
        prompt: '<edge-1>',
        show: { send: 'display version', holds: 'Version 5.170' },
        unknown: { send: 'dispaly version', holds: 'Error: Unrecognized command' },
        exit: ['quit'],
      },
    },
    'one of two firewalls': {
      variables: { role: 'HRP_M' },
      examples: {
        prompt: 'HRP_M<edge-1>',
        show: { send: 'display version', holds: 'Version 5.170' },
        unknown: { send: 'dispaly version', holds: 'Error: Unrecognized command' },
        exit: ['quit'],
      },
    },
  },
};
