import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { routerosReadOnly } from './read-only-like.js';

// The identity may hold nearly everything but the bracket that ends it; the user stands without the suffix of the login.
const WHO = String.raw`\[(?<user>[^\s@\]]{1,64})@(?<host>[^\]]{1,64})\] {1,2}`;
// Slashes between the words since version 7, spaces before it, no slash at the beginning before version 6.
const PATH = String.raw`/?[a-z0-9][a-z0-9 /-]{0,98}`;

// The prompt, blanks up to the edge of a terminal of 511 columns, the line again: after every key.
const blank = (line: string): string => `${line}${' '.repeat(509 - line.length)}\r`;
const ROOT = '[admin@MikroTik] >';

const cases: PlatformCases = {
  prompts: {
    exec: [
      '[admin@MikroTik] > ',
      '[admin@core router, hall 2 (old)] > ',
      `[a.b-c@${'R'.repeat(64)}] > `,
      '[admin@Mik.Tik_1]  > ',
      '[admin@MikroTik] >> ',
    ],
    menu: ['[admin@MikroTik] /ip/address> ', '[admin@MikroTik] /interface ethernet> ', '[admin@MikroTik] ip route> '],
    safe: [
      '[admin@MikroTik] <SAFE> ',
      '[admin@MikroTik] ip route<SAFE> ',
      '[admin@core router] /ip/firewall/filter<SAFE> ',
    ],
  },
  noPrompts: [
    '[admin@MikroTik] > /ip address print',
    'sometext [admin@MikroTik] >',
    '  MikroTik RouterOS 6.49.17 (c) 1999-2024       http://www.mikrotik.com/',
    '[Safe Mode taken]',
    '/ip address>',
    '[Tab]           Completes the command/word. If the input is ambiguous,',
  ],
  refused: [
    { answer: ['bad command name sho (line 1 column 1)'], line: 'bad command name sho (line 1 column 1)' },
    { answer: ['', 'expected end of command (line 1 column 5)'], line: 'expected end of command (line 1 column 5)' },
    { answer: ['syntax error (line 1 column 17)'], line: 'syntax error (line 1 column 17)' },
    { answer: ['input does not match any value of interface'], line: 'input does not match any value of interface' },
    { answer: ['failure: already have such address'], line: 'failure: already have such address' },
    { answer: ['no such item'], line: 'no such item' },
    { answer: ['not enough permissions (9)'], line: 'not enough permissions (9)' },
  ],
  notRefused: [
    [' 0   ;;; failure: of the old link', '     address=10.0.0.1/24 network=10.0.0.0 interface=ether1'],
    ['21:10:11 system,error,critical login failure for user root from 192.0.2.7 via ssh'],
    [
      '# 2026-01-05 10:17:11 by RouterOS 7.16',
      '# software id = ABCD-EFGH',
      '/ip address',
      'add comment="syntax error"',
    ],
  ],
  pagers: ['-- [Q quit|D dump|down]', '-- [Q quit|D dump|right|up|down]', '-- [Q quit|D dump|C-z pause]'],
  questions: [
    'Reboot, yes? [y/N]: ',
    'Dangerous! Reset anyway? [y/N]: ',
    'numbers: ',
    "Hijacking Safe Mode from someone - unroll/release/don't take it [u/r/d]:",
    'new password> ',
  ],
  renames: {
    '/system identity set name=core1': 'core1',
    '/system/identity/set name="core router (hall 2)"': 'core router (hall 2)',
  },
  transcripts: [
    {
      title: 'every key repaints the line (SSH, version 6.49)',
      before: `\r\r\r\r\r${blank(`${ROOT} `)}${ROOT} `,
      command: '/log',
      received: [
        `/\r\r${blank(`${ROOT} /`)}\x1b[K\r${ROOT} /l\r\r${blank(`${ROOT} /l`)}\x1b[K\r${ROOT} /lo\r`,
        `\r${blank(`${ROOT} /lo`)}\x1b[K\r${ROOT} /log\r${ROOT} /log\r\n`,
        `\r\r\r\r[admin@MikroTik] /log> ${' '.repeat(480)}\r[admin@MikroTik] /log> `,
      ].join(''),
      output: '',
      mode: 'menu',
    },
    {
      title: 'a mistyped word',
      before: `${ROOT} `,
      command: 'show version',
      received: [
        `show version\r${ROOT} show version\r\n\rbad command name show (line 1 column 1)\r\n`,
        `\r\r\r\r${blank(`${ROOT} `)}${ROOT} `,
      ].join(''),
      output: 'bad command name show (line 1 column 1)',
      mode: 'exec',
      refusal: 'bad command name show (line 1 column 1)',
    },
  ],
};

export const mikrotikRouteros: Platform = {
  name: 'mikrotik_routeros',
  title: 'MikroTik RouterOS',
  verified: [
    {
      by: 'recording',
      what: "gnetcli's recorded session of RouterOS 6.49.17 on an RB3011 over SSH: repainting, prompts",
    },
    { by: 'documentation', what: 'help.mikrotik.com, Command Line Interface: safe mode, its prompts and questions' },
    { by: 'documentation', what: 'wiki.mikrotik.com, Manual:Console login process: the suffix of the login name' },
  ],
  sources: [
    'https://help.mikrotik.com/docs/display/ROS/Command+Line+Interface',
    'https://wiki.mikrotik.com/wiki/Manual:Console_login_process',
    'oxidized model routeros (every command in a channel of its own)',
    'gnetcli pkg/device/ros (prompts, errors, pagers); netmiko mikrotik_ssh.py, community.routeros terminal plugin (login)',
    'recog, ssh_banners: the server names itself ROSSSH',
    'Files: netmiko 4, mikrotik_ssh.py (no checksum, sizes rounded to KiB)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 4098, newline: '\r' },
  modes: {
    // `>>` is the same prompt with completion of words as they are typed (HotLock).
    exec: { prompt: `^${WHO}>{1,2}$`, enter: [] },
    menu: { prompt: `^${WHO}${PATH}>{1,2}$`, enter: [], leave: { send: '/' } },
    // Ctrl-X takes it and gives it back without an Enter: a person's decision, and the session only knows its prompts.
    safe: { prompt: `^${WHO}(?:${PATH})?<SAFE>$`, enter: [] },
  },
  login: {
    ...commonLogin,
    refusals: [...commonLogin.refusals, '^Login failed, incorrect username or password'],
    // Without colours, without asking the terminal what it is, in dumb mode, 511 columns and 4098 rows.
    usernameSuffix: '+cte511w4098h',
    answers: [
      { prompt: String.raw`^Do you want to see the software license\? \[Y/n\]: ?$`, answer: 'n' },
      { prompt: '^Please press "Enter" to continue!$', answer: '\r' },
    ],
  },
  prepare: [],
  pager: [
    { prompt: String.raw`^-- \[Q quit\|D dump\|(?:[a-z]{1,8}\|){0,3}[a-z]{1,8}\]$`, answer: 'd' },
    // What goes on measuring never ends by itself: what stands is the answer.
    { prompt: String.raw`^-- \[Q quit\|D dump\|C-z pause\]$`, answer: 'q' },
  ],
  questions: [
    ...commonQuestions,
    '^numbers: ?$',
    String.raw`\[u/r/d\]: ?$`,
    // Asked at the first login. Nobody changes a password by asking something else of a device.
    '^(?:new|repeat new) password> ?$',
  ],
  refusals: [
    '^(?:bad command name|syntax error|expected (?:end of command|command name|closing brace)) ?',
    '^(?:input does not match any value of|invalid value for argument|ambiguous value of|invalid internal item number)',
    '^(?:no such item|failure: |not enough permissions)',
  ],
  beforeRefusal: [],
  renames: [String.raw`^\s*/?system[ /]identity[ /]set\s+name="?(?<host>(?<=")[^"]{1,64}|(?<!")[^\s"]{1,64})"?\s*$`],
  helpKey: '?',
  configureIn: 'exec',
  detect: {
    ident: String.raw`\bROSSSH\b`,
    banner: '^ *MikroTik RouterOS ',
    prompt: String.raw`^\[[^\s@\]]+@[^\]]+\] {1,2}>$`,
  },
  files: { protocols: ['scp', 'sftp'] },
  exec: 'many',
  readOnly: routerosReadOnly,
  exit: '/quit',
  cases,
};
