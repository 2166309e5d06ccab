import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';
import { leavingAtOnce } from './cisco-parts.js';

const SHOW: readonly CommandData[] = [
  {
    line: 'show version',
    prints: [
      'Active-image: flash://system/images/image_tesla_hybrid_2.5.0.83.bin',
      '  Version: 2.5.0.83',
      '  MD5 Digest: 0d4e4f7c2c1b3a9e8f6d5c4b3a291807',
      '  Date: 11-Jul-2019',
    ],
  },
  {
    line: 'show vlan',
    prints: ['Vlan       Name', { repeat: 60, line: ' {i}         users-{i}' }, ' 99         last'],
  },
  { line: 'terminal datadump', does: { pageLength: 0 } },
  { line: 'terminal no datadump', does: { pageLength: 24 } },
  { line: 'terminal width {n:0-512}', does: { width: '{n}' } },
];

/** The small business switches: a login inside the shell, keys that answer without Enter. */
export const ciscoS300: Dialect = {
  name: 'cisco_s300',
  title: 'Cisco Small Business 300, 350, 500 and 550',
  sources: [
    'netmiko 4 cisco_s300, scrapli_community cisco_cbs, The NOC Project Cisco.SMB: login, terminal datadump, pager, errors',
  ],
  login: {
    username: 'User Name:',
    password: 'Password:',
    mask: '*',
    failure: 'authentication failed',
    ssh: { asksInShell: true, ident: 'OpenSSH_7.3p1.RL' },
  },
  start: ['exec', 'privileged'],
  modes: {
    exec: {
      prompt: '{host}>',
      commands: [
        ...SHOW,
        {
          line: 'enable',
          asks: [{ asks: 'Password:', hidden: '*', takes: 'secret', wrong: 'authentication failed' }],
          does: { go: 'privileged' },
        },
        { line: 'exit', does: 'logout' },
      ],
    },
    privileged: {
      prompt: '{host}#',
      commands: [
        ...SHOW,
        { line: 'show running-config', prints: ['config-file-header', '{running}'] },
        { line: 'configure [terminal]', does: { enter: 'config' } },
        {
          line: 'write [memory]',
          asks: [
            {
              asks: 'Overwrite file [startup-config].... (Y/N)[N] ?',
              key: true,
              answers: { y: {}, '*': { stops: true } },
            },
          ],
          does: 'save',
          prints:
            '{date}-{month}-{year} {hours}:{minutes}:{seconds} %COPY-N-TRAP: The copy operation was completed successfully',
        },
        { line: 'disable', does: { go: 'exec' } },
        { line: 'exit', does: 'logout' },
      ],
    },
    config: {
      prompt: '{host}(config)#',
      inside: '{host}({section})#',
      commands: leavingAtOnce,
      escapes: { do: 'privileged' },
      statements: true,
      endKey: 'rest',
    },
  },
  refusals: {
    unknown: '% Unrecognized command',
    unexpected: '% bad parameter value',
    incomplete: '% Incomplete command',
    ambiguous: '% Ambiguous command',
  },
  pager: {
    prompt: 'More: <space>,  Quit: q or CTRL+Z, One line: <return> ',
    erase: '\r                                                      \r',
    all: ['a'],
  },
  help: { key: '?', row: '  {word}', none: '  <cr>' },
  configuration: {
    fallsBack: true,
    render: { style: 'indented', between: '!' },
    statements: [
      'hostname {host}',
      { line: 'vlan {id:1-4094}', label: 'config-vlan' },
      { line: 'interface {name}', label: 'config-if' },
      'interface {name} > description {text...}',
      'interface {name} > switchport mode {m:access|trunk}',
      'snmp-server location {text...}',
      'snmp-server contact {text...}',
      { line: 'ip route {network:ip} {m:mask} {gateway:ip}', many: true },
    ],
    initial: ['hostname {host}', 'interface gi1 description uplink'],
  },
  syslog: '{date}-{month}-{year} {hours}:{minutes}:{seconds} %LINK-I-Up:  gi1',
  examples: {
    prompt: 'edge-1>',
    show: { send: 'show version', holds: 'Version: 2.5.0.83' },
    long: { send: 'show vlan', first: 'Vlan       Name', last: 'last' },
    pagingOff: ['terminal datadump'],
    unknown: { send: 'shwo version', holds: '% Unrecognized command' },
    enable: { send: ['enable', 'cisco'], prompt: 'edge-1#' },
    configure: {
      enter: ['configure terminal'],
      prompt: 'edge-1(config)#',
      lines: ['snmp-server location hall', 'ip route 10.9.0.0 255.255.0.0 192.0.2.1'],
      refused: { send: 'ip route 10.9.0.0', holds: '% Incomplete command' },
      show: { send: 'show running-config', holds: ['snmp-server location hall', 'ip route 10.9.0.0'], from: 'rest' },
      leave: ['end'],
      save: { send: ['write memory', 'Y'], holds: 'completed successfully' },
    },
    exit: ['exit'],
  },
};
