import type { CommandData, QuestionData } from '../dialect/command-data.js';
import type { ConfigurationData } from '../dialect/config-data.js';
import type { Dialect } from '../dialect/index.js';
import type { RefusalData } from '../dialect/terminal-data.js';

/** The words of ConfD: its marker is drawn with dashes. */
export const confdWords: RefusalData = {
  unknown: ['{dashMarker}', 'syntax error: unknown command'],
  unexpected: ['{dashMarker}', 'syntax error: unknown argument'],
  value: ['{dashMarker}', 'syntax error: "{word}" is not a valid value.'],
  incomplete: ['{dashMarker}', 'syntax error: incomplete path'],
  ambiguous: ['{dashMarker}', 'syntax error: unknown command'],
};

const uncommitted: QuestionData = {
  asks: 'Uncommitted changes found, commit them? [yes/no/CANCEL] ',
  answers: { yes: { does: 'commit' }, no: { does: 'discard' }, '*': { stops: true, says: 'Aborted: by user' } },
};

/** What is typed in ConfD's mode of configuration. */
export const confdCommands: readonly CommandData[] = [
  { line: 'commit', when: 'committed', prints: '% No modifications to commit.' },
  { line: 'commit', does: 'commit', prints: 'Commit complete.' },
  { line: 'abort', does: ['discard', 'rest'] },
  { line: 'top', does: 'top' },
  { line: 'show configuration', prints: '{changes}' },
  { line: 'show full-configuration', prints: '{here}' },
  { line: 'no {statement...}', does: 'delete' },
  { line: 'exit', when: 'in section', does: 'up' },
  { line: ['exit', 'end'], when: 'uncommitted', asks: [uncommitted], does: 'rest' },
  { line: ['exit', 'end'], does: 'rest' },
];

const CONFIGURATION: ConfigurationData = {
  candidate: true,
  fallsBack: true,
  commitRefused: "Aborted: '{statement}': {reason}",
  render: { style: 'indented', between: '!' },
  statements: [
    { line: 'system', label: 'config-system' },
    'system > host-name {host}',
    'system > location {text}',
    'system > site-id {n:1-4294967295}',
    { line: 'system > sp-organization-name {text}', refusedAtCommit: 'cannot be changed while the device is attached' },
    { line: 'vpn {id:0-65530}', label: 'config-vpn-{id}' },
    'vpn {id:0-65530} > name {text}',
    { line: 'vpn {id:0-65530} > ip route {prefix:prefix} {gateway:ip}', many: true },
  ],
  initial: ['system host-name {host}', 'system site-id 100', 'vpn 0 name transport'],
};

/** Viptela OS: a command line made with ConfD. */
export const ciscoViptela: Dialect = {
  name: 'cisco_viptela',
  title: 'Cisco Viptela OS (vEdge, vSmart, vBond, vManage)',
  sources: [
    'netmiko 4 cisco_viptela and unicon.plugins sdwan/viptela: what was seen on devices (prompts, questions, commit)',
  ],
  login: {
    username: '{host} login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: ['Welcome to Viptela CLI', '{user} connected from 127.0.0.1 using console on {host}'],
  },
  start: 'privileged',
  modes: {
    privileged: {
      prompt: '{host}# ',
      commands: [
        { line: 'paginate false', does: { pageLength: 0 } },
        { line: 'paginate true', does: { pageLength: 24 } },
        { line: 'screen-length {n:0-256}', does: { pageLength: '{n}' } },
        { line: 'screen-width {n:0-512}', does: { width: '{n}' } },
        { line: 'autowizard {v:true|false}' },
        { line: 'show version', prints: '20.6.3' },
        {
          line: 'show system status',
          prints: [
            '',
            'Viptela (tm) vedge Operating System Software',
            'Copyright (c) 2013-2022 by Viptela, Inc.',
            'Version: 20.6.3',
          ],
        },
        {
          line: 'show interface',
          prints: [
            'VPN  INTERFACE  ADDRESS',
            { repeat: 60, line: '0    ge0/{i}      10.0.{i}.1/24' },
            '512  eth0       10.1.1.1/24',
          ],
        },
        { line: 'show running-config', prints: '{running}' },
        {
          line: 'config [terminal]',
          does: { enter: 'config', candidate: 'private' },
          prints: 'Entering configuration mode terminal',
        },
        {
          line: 'reboot',
          asks: [{ asks: 'Are you sure you want to reboot? [yes,NO] ', answers: { yes: {}, '*': { stops: true } } }],
          does: 'logout',
        },
        { line: 'vshell', does: { enter: 'shell' } },
        { line: 'exit|logout', does: 'logout' },
      ],
    },
    config: {
      prompt: '{host}(config)# ',
      inside: '{host}({section})# ',
      commands: confdCommands,
      escapes: { do: 'privileged' },
      statements: true,
    },
    shell: {
      prompt: '{host}:~$ ',
      commands: [
        { line: 'pwd', prints: '/home/{user}' },
        { line: 'exit', does: 'leave', prints: 'exit' },
      ],
      refusals: { unknown: '-sh: {word}: command not found', incomplete: '-sh: {word}: command not found' },
    },
  },
  refusals: confdWords,
  pager: { prompt: '--More--', erase: '\r        \r' },
  pipes: { include: 'include', exclude: 'exclude', begin: 'begin', nomore: 'unpaged' },
  configuration: CONFIGURATION,
  examples: {
    prompt: 'edge-1#',
    show: { send: 'show system status', holds: 'Viptela, Inc.' },
    long: { send: 'show interface', first: 'VPN  INTERFACE', last: '512  eth0' },
    pagingOff: ['paginate false'],
    unknown: { send: 'shwo version', holds: 'syntax error: unknown command' },
    configure: {
      enter: ['config terminal'],
      prompt: 'edge-1(config)#',
      lines: ['system location hall-2', 'system site-id 200'],
      refused: { send: 'system site-id many', holds: 'is not a valid value.' },
      show: { send: 'show full-configuration', holds: ['location hall-2', 'site-id 200'] },
      commit: { send: 'commit', holds: 'Commit complete.' },
      leave: ['end'],
    },
    running: 'show running-config',
    exit: ['exit'],
  },
};
