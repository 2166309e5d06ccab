import type { CommandData } from '../dialect/command-data.js';
import type { ConfigurationData } from '../dialect/config-data.js';
import type { ModeData } from '../dialect/dialect.js';
import type { PagerData, RefusalData } from '../dialect/terminal-data.js';

/** The statements of a router of the Vyatta family. */
export const VYATTA_CONFIGURATION: ConfigurationData = {
  candidate: true,
  render: { style: 'braces', indent: 4 },
  commitRefused: ['[ {statement} ]', '{reason}', '', '[[{statement}]] failed', 'Commit failed'],
  nothingToDelete: ['', '  Nothing to delete (the specified node does not exist)', ''],
  locked: 'Configuration system temporarily locked due to another commit in progress',
  statements: [
    'system > host-name {host}',
    'system > contact {text}',
    { line: 'system > name-server {server:ip}', many: true },
    { line: 'interfaces > ethernet {interface} > address {address:prefix}', many: true },
    'interfaces > ethernet {interface} > description {text}',
    { line: 'protocols > static > route {prefix:prefix} > next-hop {gateway:ip}', many: true },
    { line: 'service > ssh > port {port:1-65535}', refusedAtCommit: 'port is in use' },
  ],
  initial: [
    'system host-name {host}',
    'interfaces ethernet eth0 address 10.0.0.1/24',
    'interfaces ethernet eth0 description uplink',
  ],
};

export const VYATTA_REFUSALS: RefusalData = {
  unknown: ['', '  Invalid command: [{word}]', ''],
  incomplete: ['', '  Incomplete command: {line}', ''],
  ambiguous: ['', '  Ambiguous command: [{word}]', ''],
};

/** less, as the shell of these routers pages with it. */
export const LESS: PagerData = { prompt: ':\x1b[K', erase: '\r\x1b[K', quit: ['q'] };

/** Configuration mode; `confirmAsks` is the question of `commit-confirm`, which every release words anew. */
export function vyattaConfig(confirm: CommandData['asks'], saved: readonly string[]): ModeData {
  const cannotExit = ['Cannot exit: configuration modified.', "Use 'exit discard' to discard the changes and exit."];
  return {
    prompt: '[edit]\n{user}@{host}# ',
    inside: '[edit {path}]\n{user}@{host}# ',
    escapes: { run: 'exec' },
    commands: [
      { line: 'set {statement...}', does: 'set' },
      { line: 'delete {statement...}', does: 'delete' },
      { line: 'edit {statement...}', does: 'edit', prints: '' },
      { line: 'up', does: 'level', prints: '' },
      { line: 'top', does: 'top', prints: '' },
      { line: 'show', prints: '{here}' },
      { line: 'compare', prints: '{changes}' },
      { line: 'discard', does: 'discard', prints: 'Changes have been discarded' },
      { line: ['commit', 'commit comment {text...}'], when: 'uncommitted', does: 'commit' },
      { line: ['commit', 'commit comment {text...}'], prints: 'No configuration changes to commit' },
      {
        line: 'commit-confirm {n:1-1440}',
        ...(confirm === undefined ? {} : { asks: confirm }),
        does: { commitFor: '{n}', unitMs: 60_000 },
      },
      { line: 'confirm', when: 'confirming', does: 'confirm' },
      { line: 'confirm', prints: 'No confirm pending' },
      { line: 'save', does: 'save', prints: saved },
      { line: 'top; exit discard', does: ['top', 'discard', 'leave'], prints: 'exit' },
      { line: ['exit', 'exit discard'], when: 'in section', does: 'top', prints: '' },
      { line: 'exit discard', does: ['discard', 'leave'], prints: 'exit' },
      { line: 'exit', when: 'uncommitted', prints: cannotExit },
      { line: 'exit', does: 'leave', prints: 'exit' },
    ],
    refusals: {
      unexpected: ['', '  Configuration path: [{rest}] is not valid', '  Set failed', ''],
      value: ['', '  Error: {word} is not a valid value', '', '  Value validation failed', '  Set failed', ''],
      incomplete: ['', '  Configuration path: [{line}] requires a value', '  Set failed', ''],
    },
  };
}
