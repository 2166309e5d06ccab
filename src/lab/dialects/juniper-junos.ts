import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';

const CONFIGURE: readonly CommandData[] = [
  {
    line: 'configure exclusive',
    does: { enter: 'config', candidate: 'exclusive' },
    prints: ['warning: uncommitted changes will be discarded on exit', 'Entering configuration mode'],
  },
  {
    line: 'configure private',
    does: { enter: 'config', candidate: 'private' },
    prints: ['warning: uncommitted changes will be discarded on exit', 'Entering configuration mode'],
  },
  {
    line: 'configure',
    when: 'uncommitted',
    does: { enter: 'config', candidate: 'shared' },
    prints: ['Entering configuration mode', 'The configuration has been changed but not committed'],
  },
  { line: 'configure', does: { enter: 'config', candidate: 'shared' }, prints: 'Entering configuration mode' },
];

const SHOW: readonly CommandData[] = [
  {
    line: 'show version',
    prints: [
      'Hostname: {host}',
      'Model: vmx',
      'Junos: 21.4R3.15',
      'JUNOS OS Kernel 64-bit  [20230124.a4c26d6_builder]',
    ],
  },
  { line: 'show system uptime', prints: 'Current time: {year}-{monthNumber}-{date} {hours}:{minutes}:{seconds} UTC' },
  {
    line: 'show interfaces terse',
    prints: [
      'Interface               Admin Link Proto    Local                 Remote',
      { repeat: 120, line: 'ge-0/0/{i}                up    up   inet     10.0.{i}.1/24' },
      'lo0.0                   up    up   inet     10.1.1.1            --> 0/0',
    ],
  },
  { line: 'show configuration', prints: '{running}' },
  { line: 'ping {name}', prints: 'ping: cannot resolve {name}: Host name lookup failure' },
  {
    line: 'request system reboot',
    asks: [{ asks: 'Reboot the system ? [yes,no] (no) ', answers: { yes: {}, '*': { stops: true } } }],
    does: 'logout',
    prints: 'Shutdown NOW!',
  },
];

const LEAVE = { '': {}, y: {}, yes: {}, n: { stops: true }, no: { stops: true } } as const;
const MODIFIED = 'The configuration has been changed but not committed';
const exiting = 'Exiting configuration mode';

/** What leaves configuration mode asks where something is not committed: a candidate of one's own is lost with it. */
const leaving = (line: string, does: 'rest' | 'up'): CommandData[] => [
  ...(does === 'up' ? [{ line, when: 'in section', does } as const] : []),
  {
    line,
    when: ['uncommitted', 'own candidate'],
    asks: [{ asks: `${MODIFIED}\nDiscard uncommitted changes? [yes,no] (yes) `, answers: LEAVE }],
    does: ['discard', 'leave'],
    prints: exiting,
  },
  {
    line,
    when: 'uncommitted',
    asks: [{ asks: `${MODIFIED}\nExit with uncommitted changes? [yes,no] (yes) `, answers: LEAVE }],
    does: 'leave',
    prints: exiting,
  },
  { line, does: 'leave', prints: exiting },
];

const complete = 'commit complete';

/** Junos as "CLI User Guide for Junos OS" shows it. */
export const juniperJunos: Dialect = {
  name: 'juniper_junos',
  title: 'Juniper Junos',
  sources: ['Juniper, CLI User Guide for Junos OS: configure, commit, commit confirmed, set cli, the messages of each'],
  login: {
    banner: '\n{host} (ttyp0)\n',
    username: 'login: ',
    password: 'Password:',
    failure: 'Login incorrect',
    welcome: '--- JUNOS 21.4R3.15 Kernel 64-bit  JNPR-12.1-20230124.a4c26d6_builder',
    ssh: { ident: 'OpenSSH_7.5' },
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{routingEngine}{user}@{host}> ',
      commands: [
        { line: 'set cli screen-length {n:0-100000}', does: { pageLength: '{n}' }, prints: 'Screen length set to {n}' },
        { line: 'set cli screen-width {n:0-1024}', does: { width: '{n}' }, prints: 'Screen width set to {n}' },
        {
          line: 'set cli complete-on-space off',
          does: { completion: 'off' },
          prints: 'Disabling complete-on-space',
        },
        { line: 'set cli complete-on-space on', does: { completion: 'on' }, prints: 'Enabling complete-on-space' },
        { line: 'set cli timestamp', does: { stamp: 'on' }, prints: 'CLI timestamp set to: %b %d %T' },
        { line: 'set cli timestamp disable', does: { stamp: 'off' }, prints: 'Disabling CLI timestamp' },
        {
          line: 'set cli logical-system {name}',
          does: [{ context: '{name}' }, { variable: 'system', to: ':{name}' }, { go: 'system' }],
          prints: 'Logical system: {name}',
        },
        ...SHOW,
        ...CONFIGURE,
        { line: 'start shell', does: { enter: 'shell' } },
        { line: 'exit|quit', does: 'logout', prints: '' },
      ],
    },
    system: {
      prompt: '{routingEngine}{user}@{host}:{context}> ',
      commands: [
        {
          line: 'clear cli logical-system',
          does: [{ context: '' }, { variable: 'system', to: '' }, { go: 'exec' }],
          prints: 'Cleared default logical system',
        },
      ],
      also: ['exec'],
    },
    shell: {
      prompt: '% ',
      commands: [
        { line: 'cli', does: 'leave' },
        { line: 'exit', does: 'leave', prints: 'exit' },
        { line: 'uname', prints: 'JUNOS' },
      ],
      refusals: { unknown: '{word}: Command not found.', incomplete: '{word}: Command not found.' },
    },
    config: {
      prompt: '\n{routingEngine}[edit]\n{user}@{host}{system}# ',
      inside: '\n{routingEngine}[edit {path}]\n{user}@{host}{system}# ',
      escapes: { run: 'exec' },
      endKey: 'rest',
      commands: [
        { line: 'set {statement...}', does: 'set' },
        { line: 'delete {statement...}', does: 'delete' },
        { line: 'edit {statement...}', does: 'edit' },
        { line: 'up', does: 'level' },
        { line: 'top', does: 'top' },
        { line: 'show | compare', prints: '{changes}' },
        { line: 'show', prints: '{here}' },
        { line: 'commit check', does: 'check', prints: 'configuration check succeeds' },
        { line: 'commit and-quit', does: ['commit', 'leave'], prints: [complete, 'Exiting configuration mode'] },
        {
          line: ['commit confirmed {n:1-65535}', 'commit confirmed {n:1-65535} comment {text...}'],
          does: { commitFor: '{n}', unitMs: 60_000 },
          prints: [
            'commit confirmed will be automatically rolled back in {n} minutes unless confirmed',
            complete,
            '',
            '# commit confirmed will be rolled back in {n} minutes',
          ],
        },
        {
          line: 'commit confirmed',
          does: { commitFor: 10, unitMs: 60_000 },
          prints: [
            'commit confirmed will be automatically rolled back in 10 minutes unless confirmed',
            complete,
            '',
            '# commit confirmed will be rolled back in 10 minutes',
          ],
        },
        { line: ['commit comment {text...}', 'commit synchronize', 'commit'], does: 'commit', prints: complete },
        { line: ['rollback 0', 'rollback'], does: 'discard', prints: 'load complete' },
        { line: 'rollback 1', does: 'rollback', prints: 'load complete' },
        ...leaving('exit configuration-mode', 'rest'),
        ...leaving('exit|quit', 'up'),
      ],
      refusals: { unknown: ['{marker}', 'unknown command.'] },
    },
  },
  refusals: {
    unknown: ['{marker}', 'unknown command.'],
    unexpected: ['{marker}', 'syntax error.'],
    value: ['{marker}', "invalid value '{word}'"],
    incomplete: ['{marker}', 'syntax error, expecting <command>.'],
    ambiguous: ['{marker}', "'{word}' is ambiguous."],
  },
  variables: { routingEngine: '', system: '' },
  echo: { completesOnSpace: true },
  pager: { prompt: '---(more)---', erase: '\r                                        \r', all: ['G'] },
  pipes: { 'no-more': 'unpaged', match: 'include', except: 'exclude', find: 'begin', count: 'count' },
  help: { key: '?', title: 'Possible completions:', row: '  {word}', none: 'No valid completions' },
  stamp: { text: '{month} {date} {hours}:{minutes}:{seconds}', atLogin: 'off' },
  contexts: { names: ['LS1', 'LS2'], unknown: "error: logical-system '{name}' not defined" },
  configuration: {
    candidate: true,
    render: { style: 'braces', indent: 4 },
    commitRefused: ['[edit interfaces]', "  '{statement}'", '    {reason}', 'error: configuration check-out failed'],
    nothingToDelete: 'warning: statement not found',
    locked: [
      'error: configuration database locked by:',
      '  {holder} terminal p0 (pid 5678) on since 2026-01-01 00:00:00 UTC',
    ],
    statements: [
      'system > host-name {host}',
      'system > location > building {text}',
      'system > location > floor {floor}',
      'system > login > message {message}',
      { line: 'system > name-server > {server:ip}', many: true },
      { line: 'system > ntp > server {server:ip}', many: true },
      'interfaces > {interface} > description {text}',
      'interfaces > {interface} > mtu {mtu:256-16000}',
      'interfaces > {interface} > unit {unit:0-16385} > description {text}',
      { line: 'interfaces > {interface} > unit {unit:0-16385} > family inet > address {address:prefix}', many: true },
      'snmp > location {text}',
      'snmp > contact {text}',
      { line: 'snmp > community {community}', refusedAtCommit: "missing mandatory statement: 'authorization'" },
      { line: 'routing-options > static > route {prefix:prefix} > next-hop {gateway:ip}' },
    ],
    initial: [
      'system host-name {host}',
      'interfaces ge-0/0/0 description uplink',
      'interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24',
      'routing-options static route 0.0.0.0/0 next-hop 10.0.0.254',
    ],
  },
  examples: {
    prompt: 'cisco@edge-1>',
    show: { send: 'show version', holds: 'Junos: 21.4R3.15' },
    long: { send: 'show interfaces terse', first: 'Interface               Admin', last: 'lo0.0' },
    pagingOff: ['set cli screen-length 0'],
    unknown: { send: 'shwo version', holds: 'unknown command.' },
    running: 'show configuration',
    configure: {
      enter: ['configure'],
      prompt: 'cisco@edge-1#',
      lines: ['set system location building HQ', 'set snmp contact noc'],
      refused: { send: 'set system host-nam', holds: 'syntax error' },
      show: { send: 'show', holds: ['building HQ;', 'contact noc;'] },
      commit: { send: 'commit', holds: 'commit complete' },
      confirmed: { send: 'commit confirmed 2', holds: 'rolled back in 2 minutes', afterMs: 120_000, confirm: 'commit' },
      discard: ['rollback 0'],
      leave: ['exit configuration-mode'],
    },
    exit: ['exit'],
  },
  variants: {
    'routing engine': { variables: { routingEngine: '{master:0}\n', system: '' } },
  },
};
