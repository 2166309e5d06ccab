import type { Dialect } from '../dialect/index.js';
import { iosWords, longExample, longInterfaces, terminalCommands } from './cisco-parts.js';
import { confdCommands, confdWords } from './cisco-viptela.js';

/** IOS-XE in controller mode: IOS's exec modes, and a configuration that is a transaction. */
export const ciscoXeSdwan: Dialect = {
  name: 'cisco_xe_sdwan',
  title: 'Cisco IOS-XE in controller mode (Catalyst SD-WAN)',
  sources: [
    'Cisco IOS XE SD-WAN Qualified CLI Command Reference: configuration modes and their prompts',
    'unicon.plugins iosxe/sdwan: config-transaction, its errors, the question on leaving',
  ],
  login: {
    banner: '\nUser Access Verification\n',
    username: 'Username: ',
    password: 'Password: ',
    failure: '% Login invalid',
    ssh: { ident: 'Cisco-1.25' },
  },
  start: ['exec', 'privileged'],
  modes: {
    exec: {
      prompt: '{host}>',
      commands: [
        ...terminalCommands,
        {
          line: 'show version',
          prints: ['Cisco IOS XE Software, Version 17.06.03a', 'Router operating mode: Controller-Managed'],
        },
        longInterfaces,
        { line: 'show sdwan running-config', prints: '{running}' },
        {
          line: 'enable',
          asks: [{ asks: 'Password: ', hidden: true, takes: 'secret', wrong: '% Access denied' }],
          does: { go: 'privileged' },
        },
        { line: 'exit|logout', does: 'logout' },
      ],
    },
    privileged: {
      prompt: '{host}#',
      commands: [
        { line: 'configure [terminal]', prints: 'This command is not supported' },
        {
          line: 'config-transaction',
          does: { enter: 'config', candidate: 'private' },
          prints: ['', '{user} connected from 127.0.0.1 using console on {host}'],
        },
        { line: 'disable', does: { go: 'exec' } },
      ],
      also: ['exec'],
    },
    config: {
      prompt: '{host}(config)# ',
      inside: '{host}({section})# ',
      commands: confdCommands,
      escapes: { do: 'privileged' },
      statements: true,
      refusals: confdWords,
    },
  },
  refusals: iosWords,
  pager: { prompt: ' --More-- ', erase: '\r\x1b[K' },
  pipes: { include: 'include', exclude: 'exclude', begin: 'begin' },
  configuration: {
    candidate: true,
    fallsBack: true,
    commitRefused: "Aborted: '{statement}': {reason}",
    render: { style: 'indented', between: '!' },
    statements: [
      'hostname {host}',
      { line: 'interface {name}', label: 'config-if' },
      'interface {name} > description {text...}',
      { line: 'interface {name} > tunnel mode sdwan', refusedAtCommit: 'illegal reference' },
      { line: 'ip route {network:ip} {m:mask} {gateway:ip}', many: true },
      'ip domain name {text}',
    ],
    initial: ['hostname {host}', 'interface GigabitEthernet1 description transport'],
  },
  syslog:
    '*{month} {date} {hours}:{minutes}:{seconds}.{ms}: %LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet1, changed state to up',
  examples: {
    prompt: 'edge-1>',
    show: { send: 'show version', holds: 'Controller-Managed' },
    long: longExample,
    pagingOff: ['terminal length 0'],
    unknown: { send: 'shwo version', holds: "% Invalid input detected at '^' marker." },
    enable: { send: ['enable', 'cisco'], prompt: 'edge-1#' },
    configure: {
      enter: ['config-transaction'],
      prompt: 'edge-1(config)#',
      lines: ['ip route 10.9.0.0 255.255.0.0 192.0.2.1', 'ip domain name example.net'],
      refused: { send: 'ip route 10.9.0.0', holds: 'syntax error: ' },
      show: { send: 'show full-configuration', holds: ['ip route 10.9.0.0', 'ip domain name example.net'] },
      commit: { send: 'commit', holds: 'Commit complete.' },
      leave: ['end'],
    },
    running: 'show sdwan running-config',
    exit: ['exit'],
  },
};
