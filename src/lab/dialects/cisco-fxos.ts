import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';
import { terminalCommands } from './cisco-parts.js';

const INVENTORY: CommandData = {
  line: 'show fabric-interconnect firmware',
  prints: [
    { repeat: 60, line: '    Fabric Interconnect A slot {i}: Running-Vers: 5.0(3)N2(4.141)' },
    '    Startup-Sys-Vers: 5.0(3)N2(4.141)',
  ],
};

/** FXOS: objects that are entered, and a buffer that is committed. */
export const ciscoFxos: Dialect = {
  name: 'cisco_fxos',
  title: 'Cisco FXOS (Firepower and Secure Firewall chassis)',
  sources: ['Cisco FXOS CLI Configuration Guide 2.16, CLI Overview: objects, prompts, pending commands, commit-buffer'],
  login: {
    username: '{host} login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: [
      'Cisco Firepower Extensible Operating System (FX-OS) Software',
      'TAC support: http://www.cisco.com/tac',
      'Copyright (c) 2009-2023, Cisco Systems, Inc. All rights reserved.',
    ],
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host}{uncommitted}# ',
      inside: '{host} /{path}{uncommitted} # ',
      commands: [
        ...terminalCommands,
        {
          line: 'show version',
          prints: [
            'FPRM:',
            '    Running-Vers: 4.12(0.128)',
            '    Package-Vers: 2.16(0.128)',
            '    Activate-Status: Ready',
          ],
        },
        INVENTORY,
        { line: 'show configuration pending', prints: '{changes}' },
        { line: 'show configuration', prints: '{here}' },
        { line: 'show system detail', prints: '{running}' },
        { line: 'scope|enter {statement...}', does: 'edit' },
        { line: ['set {statement...}', 'create {statement...}'], does: 'set' },
        { line: 'delete {statement...}', does: 'delete' },
        { line: 'commit-buffer', does: 'commit' },
        { line: 'discard-buffer', does: 'discard' },
        { line: 'up', does: 'level' },
        { line: 'top', does: 'top' },
        { line: 'connect local-mgmt', does: { enter: 'local-mgmt' } },
        { line: 'connect fxos', does: { enter: 'fxos' } },
        { line: 'exit', when: 'in section', does: 'level' },
        { line: 'exit', does: 'logout' },
      ],
    },
    'local-mgmt': {
      prompt: '{host}(local-mgmt)# ',
      commands: [
        { line: 'show processes', prints: 'Cpu(s):  2.0%us' },
        {
          line: 'reboot',
          asks: [{ asks: 'Do you still want to reboot? (yes/no):', answers: { yes: {}, '*': { stops: true } } }],
          does: 'logout',
        },
        { line: 'exit', does: 'leave' },
      ],
    },
    fxos: {
      prompt: '{host}(fxos)# ',
      commands: [
        { line: 'show clock', prints: '{hours}:{minutes}:{seconds}.{ms} UTC {day} {month} {date} {year}' },
        { line: 'exit', does: 'leave' },
      ],
    },
  },
  refusals: {
    unknown: ['{marker}', "% Invalid Command at '^' marker"],
    incomplete: ['{marker}', "% Incomplete Command at '^' marker"],
    ambiguous: ['{marker}', "% Ambiguous command at '^' marker"],
  },
  marks: { uncommitted: ['', '*'] },
  pager: { prompt: '--More--', erase: '\r        \r' },
  pipes: { include: 'include', grep: 'include', 'no-more': 'unpaged' },
  help: { key: '?', row: '  {word}', none: '  <CR>' },
  configuration: {
    candidate: true,
    pathSeparator: '/',
    render: { style: 'indented', indent: 4, between: 'exit' },
    commitRefused: 'Error: Update failed: {reason}',
    statements: [
      'system > name {host}',
      'system > contact {text}',
      'system > location {text}',
      { line: 'system > services', label: 'services' },
      { line: 'system > services > ntp-server {server:ip}', many: true },
      { line: 'system > services > dns {server:ip}', many: true },
      { line: 'security', label: 'security' },
      { line: 'security > local-user {name}', many: true, refusedAtCommit: '[a password must be set]' },
    ],
    initial: ['system name {host}', 'system location rack-1'],
  },
  examples: {
    prompt: 'edge-1#',
    show: { send: 'show version', holds: 'Running-Vers: 4.12(0.128)' },
    long: { send: 'show fabric-interconnect firmware', first: 'slot 1:', last: 'Startup-Sys-Vers' },
    pagingOff: ['terminal length 0'],
    unknown: { send: 'shwo version', holds: "% Invalid Command at '^' marker" },
    configure: {
      enter: ['top'],
      prompt: 'edge-1…#',
      lines: ['scope system', 'set contact noc', 'set location hall-2'],
      refused: { send: 'set bogus', holds: '%' },
      show: { send: 'show configuration', holds: ['contact noc', 'location hall-2'] },
      commit: { send: 'commit-buffer', holds: '' },
      discard: ['discard-buffer'],
      leave: ['top'],
    },
    running: 'show system detail',
    exit: ['exit'],
  },
};
