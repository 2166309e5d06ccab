import type { CommandData } from '../dialect/command-data.js';
import type { ExampleData } from '../dialect/example-data.js';
import type { Dialect } from '../dialect/index.js';

const TMOS = '{user}@({host})(cfg-sync Standalone)(Active)(/Common)(tmos)# ';
const BASH = '[{user}@{host}:Active:Standalone] ~ # ';

const VIRTUALS = [
  { repeat: 120, line: 'ltm virtual /Common/vs{i} { destination /Common/10.0.0.{i}:443 }' },
  'ltm virtual /Common/vs_last { destination /Common/10.0.1.1:80 }',
] as const;

const SHELL: readonly CommandData[] = [
  { line: 'uname', prints: 'Linux' },
  {
    line: 'help',
    prints: [
      'GNU bash, version 4.2.46(2)-release (x86_64-redhat-linux-gnu)',
      "Type `help name' to find out more about the function `name'.",
    ],
  },
  { line: 'tmsh', does: { enter: 'inner' } },
];

const COMMANDS: readonly CommandData[] = [
  {
    line: 'help',
    prints: ['tmsh - the traffic management shell', 'Type help and a component to find out more about it.'],
  },
  {
    line: ['show sys version', 'show /sys version'],
    prints: [
      '',
      'Sys::Version',
      'Main Package',
      '  Product     BIG-IP',
      '  Version     16.1.3',
      '  Build       0.0.12',
      '',
    ],
  },
  {
    line: 'show sys clock',
    prints: ['---------------', 'Sys::Clock', '---------------', '{hours}:{minutes}:{seconds}'],
  },
  { line: 'list ltm virtual one-line', prints: [...VIRTUALS] },
  {
    line: 'list ltm virtual',
    asks: [{ asks: 'Display all 121 items? (y/n) ', key: true, answers: { y: {}, '*': { stops: true } } }],
    prints: [...VIRTUALS],
  },
  { line: 'modify cli preference pager disabled display-threshold 0', does: { pageLength: 0 } },
  {
    line: ['save sys config', 'save /sys config'],
    prints: ['Saving running configuration...', '  /config/bigip.conf', '  /config/bigip_base.conf'],
  },
  {
    line: ['list ltm pool {name}', 'show ltm pool {name}'],
    prints: '01020036:3: The requested Pool (/Common/{name}) was not found.',
  },
  { line: 'run /util bash', does: { enter: 'bash' } },
];

const examples: ExampleData = {
  prompt: 'cisco@(edge-1)(cfg-sync Standalone)(Active)(/Common)(tmos)#',
  show: { send: 'show sys version', holds: 'BIG-IP' },
  long: { send: 'list ltm virtual one-line', first: '/Common/vs1 ', last: 'vs_last' },
  pagingOff: ['modify cli preference pager disabled display-threshold 0'],
  unknown: { send: 'shwo sys version', holds: 'Syntax Error: unexpected argument "shwo"' },
  exit: ['quit'],
};

/** tmsh as its reference guide and published sessions show it. */
export const f5Tmsh: Dialect = {
  name: 'f5_tmsh',
  title: 'F5 BIG-IP tmsh',
  sources: [
    'F5, Traffic Management Shell (tmsh) Reference Guide: show, list, modify, save, run, cli preference',
    'published sessions and terminal scripts (prompts of both shells, `Display all … items?`, `---(less`)',
  ],
  login: { username: 'login: ', password: 'Password: ', failure: 'Login incorrect', ssh: { ident: 'OpenSSH_7.4' } },
  start: 'tmsh',
  modes: {
    tmsh: { prompt: TMOS, commands: [...COMMANDS, { line: 'quit', does: 'logout' }] },
    /** Started from a shell: it leads back there. */
    inner: { prompt: TMOS, commands: [...COMMANDS, { line: 'quit', does: 'leave' }] },
    bash: {
      prompt: BASH,
      commands: [...SHELL, { line: 'exit', does: 'leave', prints: 'exit' }],
      refusals: { unknown: '-bash: {word}: command not found', incomplete: '-bash: {word}: command not found' },
    },
    'login shell': {
      prompt: BASH,
      commands: [...SHELL, { line: 'exit', does: 'logout', prints: 'logout' }],
      refusals: { unknown: '-bash: {word}: command not found', incomplete: '-bash: {word}: command not found' },
    },
  },
  refusals: {
    unknown: 'Syntax Error: unexpected argument "{word}"',
    incomplete: 'Syntax Error: "{line}" is incomplete',
  },
  pager: { prompt: '\x1b[7m---(less 12%)---\x1b[m', erase: '\r\x1b[K' },
  examples,
  variants: {
    'bash at login': {
      start: 'login shell',
      examples: {
        prompt: '[cisco@edge-1:Active:Standalone] ~ #',
        show: { send: 'help', holds: 'to find out more about' },
        unknown: { send: 'shwo', holds: 'shwo' },
        exit: ['exit'],
      },
    },
  },
};
