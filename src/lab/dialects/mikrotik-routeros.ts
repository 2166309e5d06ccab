import type { Dialect } from '../dialect/index.js';

const CYAN = '\x1b[36m';
const PLAIN = '\x1b[m';

/** RouterOS: menus instead of modes, every line counts and is kept at once. */
export const mikrotikRouteros: Dialect = {
  name: 'mikrotik_routeros',
  title: 'MikroTik RouterOS',
  sources: [
    'MikroTik documentation: Command Line Interface, Console login process (user name parameters +ct, license question)',
    'netmiko 4.8 mikrotik_ssh (login suffix, prompt), public transcripts (bad command name, expected end of command)',
  ],
  login: {
    banner: 'MikroTik v6.49.6 (stable)',
    username: 'Login: ',
    password: 'Password: ',
    failure: 'Login failed, incorrect username or password\n',
    welcome: ['', '  MikroTik RouterOS 6.49.6 (c) 1999-2022       http://www.mikrotik.com/', ''],
    ssh: { ident: 'ROSSSH', usernameSuffix: '+' },
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: `[${CYAN}{user}${PLAIN}@${CYAN}{host}${PLAIN}] > `,
      inside: `[${CYAN}{user}${PLAIN}@${CYAN}{host}${PLAIN}] {path}> `,
      statements: true,
      commands: [
        {
          line: ['/system resource print', 'system resource print'],
          prints: [
            '                   uptime: 4w2d3h',
            '                  version: 6.49.6 (stable)',
            '               board-name: CHR',
          ],
        },
        {
          line: ['/interface print [without-paging]', 'interface print [without-paging]'],
          prints: [
            'Flags: D - dynamic, X - disabled, R - running, S - slave ',
            { repeat: 90, line: ' {i}  R  ether{i}                              ether            1500  1596' },
            ' X   lo                                  loopback        65536',
          ],
        },
        {
          line: ['/export', 'export'],
          prints: ['# {month}/{date}/{year} {hours}:{minutes}:{seconds} by RouterOS 6.49.6', '{running}'],
        },
        {
          line: ['/system reboot', 'system reboot'],
          asks: [{ asks: 'Reboot, yes? [y/N]: ', key: true, answers: { y: {}, '*': { stops: true } } }],
          does: 'logout',
        },
        { line: '/', does: 'top' },
        { line: '..', does: 'up' },
        { line: ['/quit', 'quit'], does: 'logout', prints: 'interrupted' },
      ],
    },
  },
  refusals: {
    unknown: 'bad command name {word} (line 1 column {column})',
    unexpected: 'expected end of command (line 1 column {column})',
    value: 'invalid value for argument {word}',
    incomplete: 'syntax error (line 1 column {column})',
    ambiguous: 'ambiguous command name {word} (line 1 column {column})',
  },
  echo: { manner: 'repainted', query: '\x1b[6n' },
  pager: { prompt: '-- [Q quit|D dump|down]', erase: '\r\x1b[K', page: [' '], line: ['\r', '\n'], all: ['d', 'D'] },
  help: { key: '?', row: '{word}', none: '' },
  configuration: {
    render: { style: 'menus' },
    pathSeparator: ' ',
    fallsBack: true,
    statements: [
      '/system identity > set name={host}',
      '/snmp > set location={text}',
      '/snmp > set contact={text} [enabled=yes]',
      { line: '/ip address > add address={address:prefix} interface={interface}', many: true },
      { line: '/ip route > add dst-address={network:prefix} gateway={gateway:ip}', many: true },
      '/ip dns > set servers={servers}',
    ],
    initial: ['/system identity set name={host}', '/ip address add address=10.0.0.1/24 interface=ether1'],
  },
  examples: {
    prompt: '[cisco@edge-1] >',
    show: { send: '/system resource print', holds: 'version: 6.49.6' },
    long: { send: '/interface print', first: 'Flags: D - dynamic', last: 'loopback' },
    unknown: { send: '/sytem resource print', holds: 'bad command name /sytem (line 1 column 1)' },
    configure: {
      enter: [],
      prompt: '[cisco@edge-1] >',
      lines: ['/snmp set location=HQ', '/ip address add address=10.9.0.1/24 interface=ether2'],
      refused: { send: '/ip address add address=10.9.0.1/24', holds: 'syntax error' },
      show: { send: '/export', holds: ['set location=HQ', 'add address=10.9.0.1/24'] },
      leave: [],
    },
    exit: ['/quit'],
  },
  variants: {
    'asks about its licence': {
      login: {
        username: 'Login: ',
        password: 'Password: ',
        failure: 'Login failed, incorrect username or password\n',
        after: [
          { asks: 'Do you want to see the software license? [Y/n]: ', key: true, answers: { n: {}, y: {}, '': {} } },
        ],
        ssh: { ident: 'ROSSSH', usernameSuffix: '+' },
      },
      examples: {
        after: 'n',
        prompt: '[cisco@edge-1] >',
        show: { send: '/system resource print', holds: 'version: 6.49.6' },
        unknown: { send: '/sytem resource print', holds: 'bad command name' },
        exit: ['/quit'],
      },
    },
  },
};
