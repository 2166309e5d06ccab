import type { Action, CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';

const COMMITTED = 'All changes have been committed. Starting new transaction.';

/** What every mode takes. */
const EVERYWHERE: readonly CommandData[] = [
  { line: 'environment cli-engine type basic' },
  { line: 'environment complete-on-space false', does: { completion: 'off' } },
  { line: 'environment complete-on-space true', does: { completion: 'on' } },
  {
    line: 'show version',
    prints: [
      '--------------------------------------------------',
      'Hostname             : {host}',
      'Chassis Type         : 7220 IXR-D2L',
      'Software Version     : v24.10.1',
      '--------------------------------------------------',
    ],
  },
  { line: 'show interface all', prints: [{ repeat: 40, line: 'ethernet-1/{i} is up, speed 25G, type None' }] },
  { line: ['info flat', 'info flat from running'], prints: '{running}' },
  {
    line: 'save startup',
    does: 'save',
    prints: [
      '/system:',
      "    Saved current running configuration as initial (startup) configuration '/etc/opt/srlinux/config.json'",
      '',
    ],
  },
  { line: 'quit', does: 'logout' },
];

const candidate = (line: string, does: Action): CommandData => ({ line, does });

const CONFIGURE: readonly CommandData[] = [
  candidate('enter candidate', { enter: 'config', candidate: 'shared' }),
  candidate('enter candidate private', { enter: 'private', candidate: 'private' }),
  candidate('enter candidate exclusive', { enter: 'exclusive', candidate: 'exclusive' }),
];

const EDIT: readonly CommandData[] = [
  { line: ['set / {statement...}', 'set {statement...}'], does: 'set' },
  { line: ['delete / {statement...}', 'delete {statement...}'], does: 'delete' },
  { line: ['info flat', 'info flat from candidate'], prints: '{candidate}' },
  { line: 'diff', prints: '{changes}' },
  { line: 'commit validate', does: 'check', prints: 'All changes are valid. ' },
  { line: 'commit stay', does: 'commit', prints: COMMITTED },
  {
    line: 'commit now',
    does: ['commit', 'leave'],
    prints: 'All changes have been committed. Leaving candidate mode.',
  },
  { line: 'commit confirmed timeout {n:1-86400}', does: { commitFor: '{n}', unitMs: 1_000 }, prints: COMMITTED },
  { line: 'commit confirmed accept', does: 'confirm' },
  {
    line: 'discard now',
    does: ['discard', 'leave'],
    prints: 'All changes have been discarded. Leaving candidate mode.',
  },
  { line: 'discard stay', does: 'discard', prints: 'All changes have been discarded. Starting new transaction.' },
  { line: 'enter running', does: 'leave' },
];

const prompt = (mode: string): string => `\n--{ ${mode} }--[ {path} ]--\nA:{host}# `;
const UNKNOWN = "Parsing error: Unknown token '{word}'. Options are ['#', '>', '>>', '|']";

/** SR Linux in its basic engine, as its tutorials show it. */
export const nokiaSrl: Dialect = {
  name: 'nokia_srl',
  title: 'Nokia SR Linux',
  sources: [
    'Nokia, learn.srlinux.dev: tutorials (prompt, candidate modes, `commit`, `discard`)',
    'published sessions of SR Linux 24.10 (`Parsing error: Unknown token`)',
  ],
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: ['Welcome to the srlinux CLI.', "Type 'help' (and press <ENTER>) if you need any help using this.", ''],
    ssh: { ident: 'OpenSSH_9.2p1 Debian-2+deb12u3' },
  },
  start: 'exec',
  modes: {
    exec: { prompt: prompt('{unsaved}running'), commands: [...CONFIGURE, ...EVERYWHERE] },
    config: { prompt: prompt('{uncommitted}candidate shared default'), commands: [...EDIT, ...EVERYWHERE] },
    private: { prompt: prompt('{uncommitted}candidate private private-{user}'), commands: [...EDIT, ...EVERYWHERE] },
    exclusive: { prompt: prompt('{uncommitted}candidate exclusive'), commands: [...EDIT, ...EVERYWHERE] },
  },
  marks: { unsaved: ['', '+ '], uncommitted: ['', '* '] },
  refusals: { unknown: UNKNOWN, incomplete: 'Parsing error: Missing token after the last one' },
  configuration: {
    candidate: true,
    render: { style: 'set', verb: 'set /' },
    commitRefused: 'Error: {reason}',
    locked: "Error: Candidate 'default' is exclusively locked by {holder}",
    statements: [
      'system > name > host-name {host}',
      'system > information > location {text}',
      'system > information > contact {text}',
      'interface {name} > description {text}',
      'interface {name} > admin-state {state:enable|disable}',
      { line: 'interface {name} > subinterface {index:0-9999} > ipv4 > address {address:prefix}', many: true },
    ],
    initial: ['system name host-name {host}', 'interface ethernet-1/1 admin-state enable'],
  },
  examples: {
    prompt: 'A:edge-1#',
    show: { send: 'show version', holds: 'v24.10.1' },
    unknown: { send: 'show foo', holds: "Unknown token 'foo'" },
    running: 'info flat from running',
    configure: {
      enter: ['enter candidate private'],
      prompt: 'A:edge-1#',
      lines: ['set / system information location HQ', 'set / system information contact noc'],
      refused: { send: 'set / system information locatio', holds: 'Parsing error' },
      show: { send: 'info flat', from: 'rest', holds: ['location HQ', 'contact noc'] },
      commit: { send: 'commit stay', holds: 'All changes have been committed' },
      confirmed: {
        send: 'commit confirmed timeout 60',
        holds: 'committed',
        afterMs: 60_000,
        confirm: 'commit confirmed accept',
      },
      discard: ['discard stay'],
      leave: ['enter running'],
      save: { send: ['save startup'], holds: 'Saved current running configuration' },
    },
    exit: ['quit'],
  },
};
