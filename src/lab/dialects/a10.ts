import type { CommandData } from '../dialect/command-data.js';
import type { ExampleData } from '../dialect/example-data.js';
import type { Dialect } from '../dialect/index.js';

const SHOW: readonly CommandData[] = [
  {
    line: 'show version',
    prints: [
      'Thunder Series Unified Application Service Gateway vThunder',
      '          64-bit Advanced Core OS (ACOS) version 4.1.4-GR1-P5, build 81 (Aug-24-2020,17:41)',
      '          Booted from Hard Disk primary image',
    ],
  },
  { line: 'show clock', prints: '.{hours}:{minutes}:{seconds} GMT {day} {month} {date} {year}' },
  {
    line: 'show interfaces brief',
    prints: [
      'Port    Link  Dupl  Speed  Trunk Vlan MAC             IP Address          IPs  Name',
      { repeat: 60, line: '{i}       Up    Full  10000  none  1    001f.a004.c0e6  10.0.{i}.1/24       1' },
      'Global Throughput:0 bits/sec (0 bytes/sec)',
    ],
  },
];

const leaving: CommandData = {
  line: 'exit',
  asks: [{ asks: 'Are you sure to quit (N/Y)?: ', answers: { y: { does: 'logout' }, '*': { stops: true } } }],
};

const examples = (role: string): ExampleData => ({
  prompt: `edge-1${role}>`,
  show: { send: 'show version', holds: 'Advanced Core OS (ACOS)' },
  long: { send: 'show interfaces brief', first: 'Port    Link', last: 'Global Throughput' },
  unknown: { send: 'shwo version', holds: '% Unrecognized command' },
  enable: { send: ['enable', 'cisco'], prompt: `edge-1${role}#` },
  configure: {
    enter: ['configure'],
    prompt: `edge-1${role}(config)#`,
    lines: ['ip route 198.51.100.0 255.255.255.0 192.0.2.254', 'snmp-server location HQ'],
    refused: { send: 'ip rout', holds: '% ' },
    show: { send: 'show running-config', holds: ['ip route 198.51.100.0', 'location HQ'], from: 'rest' },
    leave: ['end'],
    save: { send: ['write memory'], holds: '[OK]' },
  },
  exit: ['exit', 'y'],
});

/** ACOS as A10's guides show it. */
export const a10: Dialect = {
  name: 'a10',
  title: 'A10 Networks ACOS',
  sources: [
    'A10 Networks, ACOS System Configuration and Administration Guide 2.7.2; Configuring ACOS Virtual Chassis Systems 4.1.4',
    'netmiko and oxidized (what is privileged, the question of `exit`)',
  ],
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: ['', 'ACOS system is ready now.', '', '[type ? for help]', ''],
    ssh: { ident: 'OpenSSH_7.6' },
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host}{role}>',
      commands: [
        {
          line: 'enable',
          asks: [{ asks: 'Password:', hidden: true, takes: 'secret', wrong: '% Bad passwords', tries: 1 }],
          does: { enter: 'privileged' },
        },
        ...SHOW,
        leaving,
      ],
    },
    privileged: {
      prompt: '{host}{role}#',
      commands: [
        { line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } },
        { line: 'terminal width {n:0-512}', does: { width: '{n}' } },
        ...SHOW,
        { line: 'show running-config', prints: ['!Current configuration: 512 bytes', '!', '{running}', 'end'] },
        { line: 'configure', does: { enter: 'config' } },
        {
          line: 'write memory',
          does: 'save',
          prints: ['Building configuration...', 'Write configuration to default primary startup-config', '[OK]'],
        },
        { line: 'disable', does: 'leave' },
        leaving,
      ],
    },
    config: {
      prompt: '{host}{role}(config)#',
      inside: '{host}{role}(config-{section})#',
      statements: true,
      endKey: 'rest',
      escapes: { do: 'privileged' },
      commands: [
        { line: 'no {statement...}', does: 'delete' },
        { line: 'exit', does: 'up' },
        { line: 'end', does: 'leave' },
      ],
    },
  },
  variables: { role: '' },
  refusals: {
    unknown: ['{marker}', "% Unrecognized command.Invalid input detected at '^' marker."],
    incomplete: '% Incomplete command.',
    ambiguous: '% Ambiguous command.',
  },
  pager: { prompt: '--MORE--', erase: '\r        \r' },
  help: { key: '?', row: '  {word}', none: '% Unrecognized command' },
  configuration: {
    render: { style: 'indented', between: '!' },
    fallsBack: true,
    statements: [
      'hostname {host}',
      { line: 'interface ethernet {number:1-32}', label: 'if:ethernet:{number}', many: true },
      'interface ethernet {number:1-32} > name {text...}',
      'interface ethernet {number:1-32} > ip address {address:ip} {mask:mask}',
      { line: 'ip route {network:ip} {mask:mask} {gateway:ip}', many: true },
      'snmp-server location {text...}',
    ],
    initial: ['hostname {host}', 'interface ethernet 1 name uplink'],
  },
  examples: examples(''),
  variants: { 'the active one of a pair': { variables: { role: '-Active' }, examples: examples('-Active') } },
};
