import type { StatementData } from '../dialect/config-data.js';
import type { ModeData } from '../dialect/dialect.js';
import type { Dialect } from '../dialect/index.js';

/** Tables and their lines; the same with VDOMs, one level further in. */
const GLOBAL: readonly StatementData[] = [
  { line: 'config system global', label: 'global', closes: 'end' },
  { line: 'config system global > set hostname {host}' },
  { line: 'config system global > set admintimeout {minutes:1-480}' },
  { line: 'config system global > set alias {text}' },
  { line: 'config system console', label: 'console', closes: 'end' },
  { line: 'config system console > set output standard', does: { pageLength: 0 } },
  { line: 'config system console > set output more', does: { pageLength: 24 } },
  { line: 'config system interface', label: 'interface', closes: 'end' },
  { line: 'config system interface > edit {port}', label: '{port}', closes: 'next' },
  { line: 'config system interface > edit {port} > set ip {address:ip} {mask:mask}' },
  { line: 'config system interface > edit {port} > set alias {text}' },
  { line: 'config system interface > edit {port} > set mtu {mtu:68-65535}' },
];
const VIRTUAL: readonly StatementData[] = [
  { line: 'config firewall address', label: 'address', closes: 'end' },
  { line: 'config firewall address > edit {name}', label: '{name}', closes: 'next' },
  { line: 'config firewall address > edit {name} > set subnet {address:ip} {mask:mask}' },
  { line: 'config firewall address > edit {name} > set comment {text}' },
  { line: 'config router static', label: 'static', closes: 'end' },
  { line: 'config router static > edit {number:0-4294967295}', label: '{number}', closes: 'next' },
  { line: 'config router static > edit {number:0-4294967295} > set gateway {gateway:ip}' },
  { line: 'config router static > edit {number:0-4294967295} > set device {device}' },
];

const inside = (outer: string, statements: readonly StatementData[]): StatementData[] =>
  statements.map((one) => ({ ...one, line: `${outer} > ${one.line}` }));

const EXEC: ModeData = {
  prompt: '{host} # ',
  inside: '{host} ({section}) # ',
  statements: true,
  commands: [
    {
      line: 'get system status',
      prints: [
        'Version: FortiGate-VM64 v7.2.5,build1517,230606 (GA.F)',
        'Hostname: {host}',
        'Virtual domain configuration: disable',
        'System time: {day} {month} {date} {hours}:{minutes}:{seconds} {year}',
      ],
    },
    {
      line: 'get router info routing-table all',
      prints: [
        'Codes: K - kernel, C - connected, S - static, R - RIP, B - BGP',
        { repeat: 90, line: 'S       10.{i}.0.0/16 [10/0] via 10.0.0.254, port1, [1/0]' },
        'C       10.0.0.0/24 is directly connected, port1',
      ],
    },
    { line: ['show full-configuration', 'show'], when: 'not in section', prints: '{running}' },
    { line: ['show full-configuration', 'show'], prints: '{here}' },
    { line: 'next', when: 'in section', does: { leaveSection: 'edit' } },
    { line: ['end', 'abort'], when: 'in section', does: { leaveSection: 'config' } },
    { line: 'unset {name...}', when: 'in section', does: { takeOut: 'set {name}' } },
    { line: 'delete {name...}', when: 'in section', does: { takeOut: 'edit {name}' } },
    {
      line: 'execute reboot',
      says: 'This operation will reboot the system !',
      asks: [{ asks: 'Do you want to continue? (y/n)', key: true, answers: { y: {}, '*': { stops: true } } }],
      does: 'logout',
    },
    { line: 'exit', when: 'not in section', does: 'logout' },
  ],
  refusalsInside: {
    unknown: ["command parse error before '{word}'", 'Command fail. Return code -61'],
  },
};

/** FortiOS: tables and their entries are entered and left again, and every line counts at once. */
export const fortinet: Dialect = {
  name: 'fortinet',
  title: 'Fortinet FortiOS',
  sources: [
    'Fortinet, FortiOS CLI Reference and Administration Guide (config, edit, next, end, get, show, console output)',
    'published answers of diagnose sys vd list (name=root/root index=0)',
    'netmiko 4.8 fortinet and public transcripts (command parse error before, Return code -61, -160, -651)',
  ],
  login: {
    username: 'login: ',
    password: 'Password: ',
    mask: '*',
    failure: 'Login incorrect\n',
    welcome: 'Welcome!\n',
    ssh: { ident: 'aRuxO' },
  },
  start: 'exec',
  modes: { exec: EXEC },
  refusals: {
    unknown: ['Unknown action 0', 'Command fail. Return code -1'],
    unexpected: ["command parse error before '{word}'", 'Command fail. Return code -61'],
    value: ["value parse error before '{word}'", 'Command fail. Return code -651'],
    incomplete: ['incomplete command in the end', 'Command fail. Return code -160'],
    ambiguous: ["ambiguous command before '{word}'", 'Command fail. Return code -1'],
  },
  pager: { prompt: '--More-- ', erase: '\r         \r' },
  pipes: { grep: 'include' },
  help: { key: '?', row: '{word}', none: '' },
  configuration: {
    render: { style: 'indented', indent: 4 },
    statements: [...GLOBAL, ...VIRTUAL],
    initial: [
      'config system global set hostname {host}',
      'config system interface edit port1 set ip 10.0.0.1 255.255.255.0',
    ],
  },
  examples: {
    prompt: 'edge-1 #',
    show: { send: 'get system status', holds: 'FortiGate-VM64 v7.2.5' },
    long: { send: 'get router info routing-table all', first: 'Codes: K', last: 'C       10.0.0.0/24' },
    pagingOff: ['config system console', 'set output standard', 'end'],
    unknown: { send: 'gte system status', holds: 'Unknown action 0' },
    configure: {
      enter: ['config system global'],
      prompt: 'edge-1 (global) #',
      lines: ['set alias HQ', 'set admintimeout 30'],
      refused: { send: 'set admintimeout soon', holds: "value parse error before 'soon'" },
      show: { send: 'show', holds: ['set alias HQ', 'set admintimeout 30'] },
      leave: ['end'],
    },
    exit: ['exit'],
  },
  variants: {
    vdom: {
      modes: {
        exec: {
          ...EXEC,
          commands: [
            ...EXEC.commands,
            {
              line: 'diagnose sys vd list',
              when: 'in section',
              prints: [
                'list virtual firewall info:',
                { each: 'config vdom', line: 'name={vdom}/{vdom} index={i} enabled fib_ver=12 use=63 rt_num=8' },
                '',
              ],
            },
          ],
        },
      },
      configuration: {
        render: { style: 'indented', indent: 4 },
        statements: [
          { line: 'config global', label: 'global', closes: 'end' },
          ...inside('config global', GLOBAL),
          { line: 'config vdom', label: 'vdom', closes: 'end' },
          { line: 'config vdom > edit {vdom}', label: '{vdom}', closes: 'next' },
          ...inside('config vdom > edit {vdom}', VIRTUAL),
        ],
        initial: ['config global config system global set hostname {host}', 'config vdom edit root'],
      },
      examples: {
        prompt: 'edge-1 #',
        show: { send: 'get system status', holds: 'FortiGate-VM64' },
        unknown: { send: 'gte system status', holds: 'Unknown action 0' },
        configure: {
          enter: ['config vdom', 'edit root', 'config firewall address', 'edit web'],
          prompt: 'edge-1 (web) #',
          lines: ['set comment HQ', 'set subnet 10.1.0.0 255.255.0.0'],
          refused: { send: 'sett comment HQ', holds: "command parse error before 'sett'" },
          show: { send: 'show', holds: ['set comment HQ', 'set subnet 10.1.0.0'] },
          leave: ['end', 'end'],
        },
        exit: ['exit'],
      },
    },
    'banner to accept': {
      login: {
        username: 'login: ',
        password: 'Password: ',
        mask: '*',
        failure: 'Login incorrect\n',
        after: [
          {
            asks: ['Authorised users only.', "(Press 'a' to accept):"],
            key: true,
            answers: { a: {}, '*': { stops: true } },
          },
        ],
        welcome: 'Welcome!\n',
        ssh: { ident: 'aRuxO' },
      },
      examples: {
        after: 'a',
        prompt: 'edge-1 #',
        show: { send: 'get system status', holds: 'FortiGate-VM64' },
        unknown: { send: 'gte system status', holds: 'Unknown action 0' },
        exit: ['exit'],
      },
    },
  },
};
