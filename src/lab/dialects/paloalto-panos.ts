import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';

const DONE = [
  '',
  'Commit job 7 is in progress. Use Ctrl+C to return to command prompt',
  '...........55%......98%..............100%',
  'Configuration committed successfully',
  '',
];

const COMMITS: readonly CommandData[] = [
  { line: 'commit', when: 'committed', prints: ['', 'There are no changes to commit.'] },
  {
    line: ['commit', 'commit force', 'commit description {text...}', 'commit partial admin {name}'],
    does: 'commit',
    prints: DONE,
  },
  {
    line: 'validate full',
    does: 'check',
    prints: [
      '',
      'Validate job 8 is in progress. Use Ctrl+C to return to command prompt',
      '....70%99%100%',
      'Configuration is valid',
      '',
    ],
  },
  { line: 'revert config', does: 'discard', prints: ['', 'Config reverted', ''] },
];

const login = {
  username: 'login: ',
  password: 'Password: ',
  failure: 'Login incorrect',
  welcome: ['', '', 'Number of failed attempts since last successful login: 0', '', ''],
  ssh: { ident: 'OpenSSH_8.0' },
} as const;

/** PAN-OS as the CLI Quick Start shows it. */
export const paloaltoPanos: Dialect = {
  name: 'paloalto_panos',
  title: 'Palo Alto Networks PAN-OS',
  sources: [
    'Palo Alto Networks, PAN-OS CLI Quick Start: Change CLI Modes, Commit Configuration Changes, CLI Cheat Sheet: Device Management',
    'published sessions of PAN-OS 8 to 10 (what a commit and a refused line print)',
  ],
  login,
  start: 'exec',
  modes: {
    exec: {
      prompt: '{user}@{host}{role}> ',
      commands: [
        { line: 'set cli pager off', does: { pageLength: 0 } },
        { line: 'set cli pager on', does: { pageLength: 24 } },
        { line: 'set cli scripting-mode on|off' },
        { line: 'set cli terminal width {n:1-500}', does: { width: '{n}' } },
        {
          line: 'show system info',
          prints: ['', 'hostname: {host}', 'ip-address: 192.0.2.1', 'model: PA-VM', 'sw-version: 10.2.4', ''],
        },
        { line: 'show clock', prints: ['', '{day} {month} {date} {hours}:{minutes}:{seconds} UTC {year}', ''] },
        {
          line: 'show jobs all',
          prints: [
            '',
            'Enqueued              Dequeued           ID  Type     Status Result Completed',
            { repeat: 100, line: '2026/01/01 00:00:00   00:00:00    {i}   Commit     FIN     OK 00:00:10' },
            '0 more jobs',
          ],
        },
        { line: 'show config running', prints: '{running}' },
        { line: 'configure', does: { enter: 'config', candidate: 'shared' }, prints: 'Entering configuration mode' },
        {
          line: 'request restart system',
          asks: [
            {
              asks: 'Executing this command will disconnect the current session. Do you want to continue? (y or n) ',
              answers: { y: { does: 'logout' }, '*': { stops: true } },
            },
          ],
        },
        { line: 'exit|quit', does: 'logout' },
      ],
    },
    config: {
      prompt: '[edit]\n{user}@{host}{role}# ',
      inside: '[edit {path}]\n{user}@{host}{role}# ',
      escapes: { run: 'exec' },
      commands: [
        { line: 'set {statement...}', does: 'set', prints: '' },
        { line: 'delete {statement...}', does: 'delete', prints: '' },
        { line: 'edit {statement...}', does: 'edit' },
        { line: 'up', does: 'level' },
        { line: 'top', does: 'top' },
        { line: 'show', prints: '{here}' },
        ...COMMITS,
        { line: 'exit|quit', when: 'in section', does: 'up' },
        { line: 'exit|quit', does: 'leave', prints: 'Exiting configuration mode' },
      ],
    },
  },
  refusals: {
    unknown: 'Unknown command: {word}',
    unexpected: ['', 'Invalid syntax.'],
    incomplete: ['', 'Invalid syntax.'],
  },
  variables: { role: '' },
  pager: { prompt: 'lines 1-23 ', erase: '\r\x1b[K' },
  help: { key: '?', row: '  {word}', none: 'No completions' },
  configuration: {
    candidate: true,
    render: { style: 'braces', indent: 2 },
    commitRefused: ['Validation Error:', ' {statement} {reason}', 'Commit failed'],
    nothingToDelete: ['Server error : Object not found'],
    statements: [
      'deviceconfig > system > hostname {host}',
      'deviceconfig > system > login-banner {text}',
      'deviceconfig > system > timezone {zone}',
      'network > interface > ethernet > {name} > comment {text}',
      'address > {name} > ip-netmask {address:prefix}',
      'address > {name} > description {text}',
    ],
    initial: ['deviceconfig system hostname {host}', 'deviceconfig system timezone UTC'],
  },
  examples: {
    prompt: 'cisco@edge-1>',
    show: { send: 'show system info', holds: 'sw-version: 10.2.4' },
    long: { send: 'show jobs all', first: 'Enqueued', last: '0 more jobs' },
    pagingOff: ['set cli pager off'],
    unknown: { send: 'shwo system info', holds: 'Unknown command: shwo' },
    running: 'show config running',
    configure: {
      enter: ['configure'],
      prompt: 'cisco@edge-1#',
      lines: ['set deviceconfig system login-banner hello', 'set address web ip-netmask 10.0.0.5/32'],
      refused: { send: 'set deviceconfig foo', holds: 'Invalid syntax.' },
      show: { send: 'show', holds: ['login-banner hello', 'ip-netmask 10.0.0.5/32'] },
      commit: { send: 'commit', holds: 'Configuration committed successfully' },
      discard: ['revert config'],
      leave: ['exit'],
    },
    exit: ['exit'],
  },
  variants: {
    'banner to acknowledge': {
      login: {
        ...login,
        ssh: {
          ident: 'OpenSSH_8.0',
          acknowledge: [{ prompt: 'Do you accept and acknowledge the statement above ? (yes/no) : ', answer: 'yes' }],
        },
      },
    },
  },
};
