import type { CommandData, QuestionData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';
import { iosWords, longExample, longInterfaces, terminalCommands } from './cisco-parts.js';

const uncommitted: QuestionData = {
  asks: 'Uncommitted changes found, commit them before exiting(yes/no/cancel)? [cancel]:',
  answers: { yes: { does: 'commit' }, no: { does: 'discard' }, '*': { stops: true } },
};

const leaving = (line: string, does: 'rest' | 'leave'): CommandData[] => [
  { line, when: 'uncommitted', asks: [uncommitted], does },
  { line, does },
];

const failed =
  "% Failed to commit one or more configuration items during a pseudo-atomic operation. All changes made have been reverted. Please issue 'show configuration failed [inheritance]' from this session to view the errors";

const MODES = {
  privileged: {
    prompt: '{node}{host}#',
    commands: [
      ...terminalCommands,
      { line: 'terminal exec prompt no-timestamp', does: { stamp: 'off' } },
      { line: 'terminal exec prompt timestamp', does: { stamp: 'on' } },
      {
        line: 'show version',
        prints: [
          'Cisco IOS XR Software, Version 7.5.2',
          'Copyright (c) 2013-2022 by Cisco Systems, Inc.',
          '',
          '{host} uptime is 3 days',
        ],
      },
      longInterfaces,
      {
        line: 'show running-config',
        prints: ['Building configuration...', '!! IOS XR Configuration 7.5.2', '{running}', 'end', ''],
      },
      { line: 'configure exclusive', does: { enter: 'config', candidate: 'exclusive' } },
      { line: 'configure [terminal]', does: { enter: 'config', candidate: 'private' } },
      {
        line: 'clear logging',
        asks: [
          {
            asks: 'Clear logging buffer [confirm] [y/n] :',
            key: true,
            answers: { y: {}, '': {}, '*': { stops: true } },
          },
        ],
      },
      { line: 'admin', does: { enter: 'admin' } },
      { line: 'run', does: { enter: 'shell' } },
      { line: 'exit', does: 'logout' },
    ],
  },
  config: {
    prompt: '{node}{host}(config)#',
    inside: '{node}{host}({section})#',
    hostLimit: 17,
    commands: [
      { line: 'commit confirmed {n:30-65535}', does: { commitFor: '{n}', unitMs: 1000 } },
      { line: ['commit label {name} comment {text...}', 'commit comment {text...}', 'commit'], does: 'commit' },
      { line: 'abort', does: ['discard', 'rest'] },
      { line: 'root', does: 'top' },
      { line: 'show configuration', prints: ['Building configuration...', '{changes}', 'end', ''] },
      { line: 'show configuration merge', prints: ['Building configuration...', '{candidate}', 'end', ''] },
      { line: 'show running-config', prints: ['Building configuration...', '{running}', 'end', ''] },
      { line: 'no {statement...}', does: 'delete' },
      { line: 'exit', when: 'in section', does: 'up' },
      ...leaving('exit', 'leave'),
      ...leaving('end', 'rest'),
    ],
    escapes: { do: 'privileged' },
    statements: true,
  },
  admin: {
    prompt: 'sysadmin-vm:0_RP0# ',
    commands: [
      { line: 'show platform', prints: ['Node    Type        State', '0/RP0   R-IOSXRV9K  OPERATIONAL'] },
      { line: 'exit', does: 'leave' },
    ],
  },
  shell: {
    prompt: '[xr-vm_node0_RP0_CPU0:~]$',
    commands: [
      { line: 'pwd', prints: '/root' },
      { line: 'exit', does: 'leave', prints: 'logout' },
    ],
    refusals: { unknown: '-bash: {word}: command not found', incomplete: '-bash: {word}: command not found' },
  },
} satisfies Dialect['modes'];

/** IOS-XR as its System Management Command Reference and Getting Started Guide show it. */
export const ciscoXr: Dialect = {
  name: 'cisco_xr',
  title: 'Cisco IOS-XR',
  sources: [
    'Cisco 8000 and ASR 9000 System Management Command References, Configuration Management Commands',
    'Cisco ASR 9000 Getting Started Guide OL-17502-01, chapter 3: target configuration, commit, trial, leaving',
  ],
  login: {
    banner: '\nUser Access Verification\n',
    username: 'Username: ',
    password: 'Password: ',
    failure: '% User Authentication failed',
    ssh: { ident: 'Cisco-2.0' },
  },
  start: 'privileged',
  modes: MODES,
  refusals: iosWords,
  variables: { node: 'RP/0/RP0/CPU0:' },
  stamp: { text: '{day} {month} {date} {hours}:{minutes}:{seconds}.{ms} UTC', atLogin: 'on' },
  pager: { prompt: ' --More-- ', erase: '\r\x1b[K' },
  pipes: { include: 'include', exclude: 'exclude', begin: 'begin' },
  help: { key: '?', row: '  {word}', none: '  <cr>' },
  configuration: {
    candidate: true,
    fallsBack: true,
    render: { style: 'indented', between: '!' },
    commitRefused: failed,
    locked: 'Configuration database is locked by {holder}.',
    statements: [
      'hostname {host}',
      'clock timezone {name}',
      'domain name {text}',
      { line: 'interface {name}', label: 'config-if' },
      'interface {name} > description {text...}',
      'interface {name} > mtu {n:64-65535}',
      'interface {name} > ipv4 address {address:prefix}',
      {
        line: 'interface {name} > ipv4 access-group {acl} ingress compress level {n:0-3}',
        refusedAtCommit: 'the platform does not support it',
      },
      { line: 'router static', label: 'config-static' },
      { line: 'router static > address-family ipv4 unicast', label: 'config-static-afi' },
      { line: 'router static > address-family ipv4 unicast > {prefix:prefix} {gateway:ip}', many: true },
    ],
    initial: ['hostname {host}', 'interface GigabitEthernet0/0/0/0 description uplink'],
  },
  syslog:
    '{month} {date} {hours}:{minutes}:{seconds}.{ms} UTC: ifmgr[402]: %PKT_INFRA-LINK-3-UPDOWN : Interface GigabitEthernet0/0/0/0, changed state to Up',
  examples: {
    prompt: 'RP/0/RP0/CPU0:edge-1#',
    show: { send: 'show version', holds: 'Cisco IOS XR Software, Version 7.5.2' },
    long: longExample,
    pagingOff: ['terminal length 0'],
    unknown: { send: 'shwo version', holds: "% Invalid input detected at '^' marker." },
    configure: {
      enter: ['configure terminal'],
      prompt: 'RP/0/RP0/CPU0:edge-1(config)#',
      lines: ['domain name example.net', 'clock timezone UTC'],
      refused: { send: 'domain nam', holds: '%' },
      show: { send: 'show configuration merge', holds: ['domain name example.net', 'clock timezone UTC'] },
      commit: { send: 'commit', holds: 'UTC' },
      confirmed: { send: 'commit confirmed 60', holds: 'UTC', afterMs: 60_000, confirm: 'commit' },
      leave: ['abort'],
    },
    running: 'show running-config',
    exit: ['exit'],
  },
  variants: {
    'admin of the old systems': {
      modes: { ...MODES, admin: { ...MODES.admin, prompt: '{node}{host}(admin)#' } },
    },
  },
};
