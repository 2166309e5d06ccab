import type { Dialect } from '../dialect/index.js';
import { iosFamily } from './ios-family.js';

const base = iosFamily({
  name: 'dell_sonic',
  title: 'Enterprise SONiC by Dell',
  sources: [
    'sonic-net/SONiC issue 781 and sonic-buildimage issue 22743: sessions with sonic-cli (prompts, errors)',
    'sonic-net/sonic-mgmt-framework, CLI (klish): pager, write memory',
  ],
  withoutExec: true,
  prompts: { privileged: '{host}# ', config: '{host}(config)# ', inside: '{host}(conf-{section})# ' },
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: ['', 'Login incorrect'],
    welcome: ['You are on', '-- Software for Open Networking in the Cloud --'],
  },
  refusals: {
    unknown: ['{marker}', "% Error: Invalid input detected at '^' marker."],
    incomplete: '% Error: The command is not completed.',
    ambiguous: '% Error: Ambiguous command.',
  },
  pager: { prompt: '--more--', erase: '\r\x1b[K' },
  terminal: [{ line: 'terminal length {n:0-1000}', does: { pageLength: '{n}' } }],
  version: [
    'Software Version  : 4.2.0-Enterprise_Premium',
    'Product           : Enterprise SONiC Distribution by Dell Technologies',
  ],
  versionHolds: 'Enterprise_Premium',
  save: { command: { line: 'write memory', does: 'save' }, send: ['write memory'], holds: '' },
  statements: [
    'hostname {host}',
    'snmp-server contact {text...}',
    { line: 'interface Ethernet {port}', label: 'if-Ethernet{port}' },
    'interface Ethernet {port} > description {text...}',
    { line: 'ip route {network:prefix} {gateway:ip}', many: true },
  ],
  unknownHolds: '% Error: Invalid input',
});

const NOT_FOUND = '-bash: {word}: command not found';

/** A Linux shell first; sonic-cli is a program on it. */
export const dellSonic: Dialect = {
  ...base,
  start: 'shell',
  modes: {
    shell: {
      prompt: '{user}@{host}:~$ ',
      commands: [
        { line: 'uname', prints: 'Linux' },
        {
          line: 'show version',
          prints: ['', 'SONiC Software Version: SONiC-OS-4.2.0-Enterprise_Premium', 'Distribution: Debian 10.13'],
        },
        { line: 'sonic-cli', does: { enter: 'privileged' } },
        { line: 'exit', does: 'logout', prints: 'logout' },
      ],
      refusals: { unknown: NOT_FOUND, incomplete: NOT_FOUND },
    },
    privileged: {
      prompt: '{host}# ',
      commands: [
        { line: 'exit', does: 'leave' },
        ...(base.modes.privileged?.commands ?? []).filter(({ line }) => line !== 'exit'),
      ],
    },
    config: {
      prompt: '{host}(config)# ',
      ...base.modes.config,
      commands: [
        { line: 'end', does: ['top', 'leave'] },
        ...(base.modes.config?.commands ?? []).filter(({ line }) => line !== 'end'),
      ],
    },
  },
  examples: {
    prompt: 'cisco@edge-1:~$',
    show: { send: 'uname', holds: 'Linux' },
    unknown: { send: 'shwo version', holds: '-bash: shwo: command not found' },
    inSession: {
      show: { send: 'show version', holds: 'Enterprise_Premium' },
      unknown: { send: 'shwo version', holds: '% Error: Invalid input' },
    },
    enable: { send: ['sonic-cli'], prompt: 'edge-1#' },
    configure: {
      enter: ['configure terminal'],
      prompt: 'edge-1(config)#',
      lines: ['snmp-server contact noc', 'ip route 10.9.0.0/16 10.0.0.1'],
      refused: { send: 'snmp-sever contact noc', holds: '% Error: Invalid input' },
      show: { send: 'show running-config', holds: ['snmp-server contact noc', 'ip route 10.9.0.0/16'], from: 'rest' },
      leave: ['end'],
      save: { send: ['write memory'], holds: '' },
    },
    exit: ['exit'],
  },
};
