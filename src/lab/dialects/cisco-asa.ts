import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';
import { leavingAtOnce } from './cisco-parts.js';

const EXEC: readonly CommandData[] = [
  {
    line: 'show version',
    prints: [
      '',
      'Cisco Adaptive Security Appliance Software Version 9.16(4) ',
      'SSP Operating System Version 2.10(1.217)',
      '',
      '{host} up 3 days 4 hours',
    ],
  },
  { line: 'show clock', prints: '{hours}:{minutes}:{seconds}.{ms} UTC {day} {month} {date} {year}' },
];

const PRIVILEGED: readonly CommandData[] = [
  { line: 'terminal pager {n:0-1000}', does: { pageLength: '{n}' } },
  {
    line: 'show conn',
    prints: [
      {
        repeat: 80,
        line: 'TCP outside 198.51.100.{i}:443 inside 10.0.0.{i}:50000, idle 0:00:01, bytes 1200, flags UIO',
      },
      'UDP outside 198.51.100.250:53 inside 10.0.0.1:50001, idle 0:00:00, bytes 90, flags -',
    ],
  },
  { line: 'show running-config', prints: [': Saved', ':', '{running}', ': end'] },
  {
    line: 'write memory',
    does: 'save',
    prints: [
      'Building configuration...',
      'Cryptochecksum: 4a1f3c6b 0d3e52a7 91b2c8f0 6d5e4f3a ',
      '',
      '8452 bytes copied in 0.90 secs',
      '[OK]',
    ],
  },
  { line: 'changeto system', does: [{ context: '' }, { go: 'privileged' }] },
  { line: 'changeto context {name}', does: [{ context: '{name}' }, { go: 'context' }] },
  {
    line: 'reload',
    asks: [{ asks: 'Proceed with reload? [confirm]', key: true, answers: { '': {}, y: {}, '*': { stops: true } } }],
    does: 'logout',
  },
  { line: 'disable', does: { go: 'exec' } },
  { line: 'exit|quit|logout', prints: ['', 'Logoff', ''], does: 'logout' },
];

/** ASA as its configuration guides show it. */
export const ciscoAsa: Dialect = {
  name: 'cisco_asa',
  title: 'Cisco ASA',
  sources: [
    'Cisco ASA 5500 Series Configuration Guide using the CLI, appendix A: modes and prompts',
    'Cisco Security Appliance Command Line Configuration Guide OL-6721-01, chapter 5: changeto, prompts in a context',
    'unicon.plugins asa (errors, pri/act); The NOC Project, Cisco.ASA profile (the pager)',
  ],
  login: {
    username: 'Username: ',
    password: 'Password: ',
    mask: '*',
    failure: 'Login incorrect',
    welcome: [
      'User {user} logged in to {host}',
      'Logins over the last 1 days: 1.  ',
      'Failed logins since the last login: 0.  ',
      "Type help or '?' for a list of available commands.",
    ],
    ssh: { ident: 'Cisco-1.25' },
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host}{state}> ',
      commands: [
        ...EXEC,
        {
          line: 'enable',
          asks: [{ asks: 'Password: ', hidden: '*', takes: 'secret', wrong: 'Invalid password' }],
          does: { go: 'privileged' },
        },
        { line: 'exit|quit|logout', prints: ['', 'Logoff', ''], does: 'logout' },
      ],
    },
    privileged: {
      prompt: '{host}{state}# ',
      commands: [...EXEC, ...PRIVILEGED, { line: 'configure terminal', does: { enter: 'config' } }],
    },
    context: {
      prompt: '{host}/{context}{state}# ',
      commands: [...EXEC, ...PRIVILEGED, { line: 'configure terminal', does: { enter: 'context-config' } }],
    },
    config: {
      prompt: '{host}{state}(config)# ',
      inside: '{host}{state}({section})# ',
      commands: leavingAtOnce,
      also: ['privileged'],
      statements: true,
    },
    'context-config': {
      prompt: '{host}/{context}{state}(config)# ',
      inside: '{host}/{context}{state}({section})# ',
      commands: leavingAtOnce,
      also: ['context'],
      statements: true,
    },
  },
  refusals: {
    unknown: ['{marker}', "ERROR: % Invalid input detected at '^' marker."],
    incomplete: 'ERROR: % Incomplete command',
    ambiguous: 'ERROR: % Ambiguous command:  "{line}"',
  },
  variables: { state: '' },
  pager: { prompt: '<--- More --->', erase: '\r              \r' },
  pipes: { include: 'include', exclude: 'exclude', begin: 'begin' },
  help: { key: '?', row: '  {word}', none: '  <cr>' },
  contexts: { names: ['admin', 'customer-a'], unknown: "ERROR: '{name}' is not valid" },
  configuration: {
    fallsBack: true,
    render: { style: 'indented', between: '!' },
    statements: [
      'hostname {host}',
      'domain-name {text}',
      { line: 'interface {name}', label: 'config-if' },
      'interface {name} > description {text...}',
      'interface {name} > nameif {text}',
      'interface {name} > security-level {n:0-100}',
      'interface {name} > ip address {address:ip} {m:mask}',
      { line: 'object network {name}', label: 'config-network-object' },
      'object network {name} > host {address:ip}',
      { line: 'access-list {name} extended {rule...}', many: true },
      { line: 'route {interface} {network:ip} {m:mask} {gateway:ip}', many: true },
    ],
    initial: [
      'hostname {host}',
      'interface GigabitEthernet0/0 nameif outside',
      'interface GigabitEthernet0/0 security-level 0',
    ],
  },
  syslog: '%ASA-5-111008: User {user} executed the command',
  examples: {
    prompt: 'edge-1>',
    show: { send: 'show version', holds: 'Adaptive Security Appliance Software Version 9.16(4)' },
    unknown: { send: 'shwo version', holds: "ERROR: % Invalid input detected at '^' marker." },
    enable: { send: ['enable', 'cisco'], prompt: 'edge-1#' },
    pagingOff: ['terminal pager 0'],
    configure: {
      enter: ['configure terminal'],
      prompt: 'edge-1(config)#',
      lines: ['access-list A extended permit ip any any', 'route outside 10.9.0.0 255.255.0.0 192.0.2.1'],
      refused: { send: 'route outside', holds: 'ERROR: % Incomplete command' },
      show: {
        send: 'show running-config',
        holds: ['access-list A extended permit ip any any', 'route outside 10.9.0.0'],
      },
      leave: ['end'],
      save: { send: ['write memory'], holds: '[OK]' },
    },
    exit: ['exit'],
  },
  variants: {
    failover: {
      variables: { state: '/pri/act' },
      examples: {
        prompt: 'edge-1/pri/act>',
        show: { send: 'show version', holds: 'Appliance Software' },
        unknown: { send: 'shwo version', holds: 'ERROR: % Invalid input' },
        exit: ['exit'],
      },
    },
  },
};
