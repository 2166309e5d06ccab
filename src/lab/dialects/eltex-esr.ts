import { iosFamily } from './ios-family.js';

/** Eltex ESR: lines make a candidate, and every commit is taken back unless it is confirmed in time. */
export const eltexEsr = iosFamily({
  name: 'eltex_esr',
  title: 'Eltex ESR and vESR',
  sources: [
    'docs.eltex-co.ru, VoIP management (prompts)',
    'netmiko eltex_esr_ssh.py (commit, confirm)',
    'published laboratory works with vESR (show candidate-config, commit confirm-timeout 120-86400, end, commit, confirm)',
  ],
  prompts: { privileged: '{host}# ', config: '{host}(config)# ', inside: '{host}(config-{section})# ' },
  login: { username: 'login: ', password: 'Password: ', failure: 'Login incorrect' },
  refusals: {
    unknown: ['{marker}', 'Syntax error: Unknown command'],
    unexpected: ['{marker}', 'Syntax error: Illegal parameter'],
    incomplete: 'Syntax error: Illegal command line',
  },
  pager: {
    prompt: 'More? Enter - next line; Space - next page; Q - quit; R - show the rest.',
    erase: '\r\x1b[K',
    all: ['r', 'R'],
    quit: ['q', 'Q'],
  },
  terminal: [{ line: 'terminal datadump', does: { pageLength: 0 } }],
  pagingOff: 'terminal datadump',
  configure: 'configure',
  withoutExec: true,
  candidate: true,
  version: ['Boot version:', '  1.18.1 build 4 (2023-02-01)', 'SW version:', '  1.18.1 build 4'],
  versionHolds: '1.18.1 build 4',
  more: [
    { line: 'show candidate-config', prints: '{candidate}' },
    { line: 'commit', does: { commitFor: 600, unitMs: 1000 } },
    { line: 'commit confirm-timeout {n:120-86400}', does: { commitFor: '{n}', unitMs: 1000 } },
    { line: 'commit comment {text}', does: { commitFor: 600, unitMs: 1000 } },
    { line: 'confirm', when: 'confirming', does: 'confirm' },
    { line: 'confirm', prints: 'Nothing to confirm in configuration' },
    { line: 'restore', when: 'confirming', does: 'rollback' },
    { line: 'restore', prints: "Can't find backup of previous configuration!" },
  ],
  statements: [
    'hostname {host}',
    'snmp-server contact {text...}',
    { line: 'interface {name} {unit}', label: 'if-gi' },
    'interface {name} {unit} > description {text...}',
    { line: 'ip route {prefix:prefix} {gateway:ip}', many: true },
  ],
  lines: ['snmp-server contact noc', 'ip route 10.9.0.0/16 10.0.0.1'],
  example: {
    show: { send: 'do show candidate-config', holds: ['snmp-server contact noc', 'ip route 10.9.0.0/16 10.0.0.1'] },
    confirmed: { send: 'do commit confirm-timeout 120', holds: '', afterMs: 120_000, confirm: 'do confirm' },
  },
  unknownHolds: 'Syntax error: Unknown command',
});
