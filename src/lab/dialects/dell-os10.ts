import type { Dialect } from '../dialect/index.js';
import { iosFamily, MORE } from './ios-family.js';

const base = iosFamily({
  name: 'dell_os10',
  title: 'Dell SmartFabric OS10',
  sources: [
    'Dell, SmartFabric OS10 User Guide 10.5: CLI basics, Configuration modes, Copy running configuration, system bash',
  ],
  withoutExec: true,
  prompts: { privileged: '{host}# ', config: '{host}(config)# ', inside: '{host}(conf-{section})# ' },
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: '% Warning : Default password for admin account should be changed to secure the system',
  },
  refusals: {
    unknown: '% Error: Unrecognized command.',
    unexpected: ['{marker}', "% Error: Illegal parameter near '^' marker."],
    incomplete: '% Error: Incomplete command.',
    ambiguous: '% Error: Ambiguous command.',
  },
  pager: MORE,
  terminal: [{ line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } }],
  pagingOff: 'terminal length 0',
  version: [
    'Dell SmartFabric OS10 Enterprise',
    'Copyright (c) 1999-2026 by Dell Inc. All Rights Reserved.',
    'OS Version: 10.5.4.1',
  ],
  versionHolds: 'OS Version: 10.5.4.1',
  save: {
    command: {
      line: ['copy running-configuration startup-configuration', 'write memory'],
      does: 'save',
      prints: 'Copy completed',
    },
    send: ['copy running-configuration startup-configuration'],
    holds: 'Copy completed',
  },
  statements: [
    'hostname {host}',
    'snmp-server contact {text...}',
    { line: 'interface {name}', label: 'if-{name}' },
    'interface {name} > description {text...}',
    { line: 'ip route {network:prefix} {gateway:ip}', many: true },
  ],
  lines: ['snmp-server contact noc', 'ip route 10.9.0.0/16 10.0.0.1'],
  unknownHolds: '% Error: Unrecognized command.',
});

export const dellOs10: Dialect = {
  ...base,
  modes: {
    ...base.modes,
    privileged: {
      prompt: '{host}# ',
      commands: [{ line: 'system bash', does: { enter: 'shell' } }, ...(base.modes.privileged?.commands ?? [])],
    },
    shell: {
      prompt: '{user}@{host}:/home/{user}$ ',
      commands: [
        { line: 'uname', prints: 'Linux' },
        { line: 'exit', does: 'leave', prints: 'exit' },
      ],
      refusals: { unknown: '-bash: {word}: command not found', incomplete: '-bash: {word}: command not found' },
    },
  },
};
