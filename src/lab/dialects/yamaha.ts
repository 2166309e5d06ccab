import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';

const SHARED: readonly CommandData[] = [
  { line: 'console lines infinity', does: { pageLength: 0 } },
  { line: 'console columns {n:80-200}', does: { width: '{n}' } },
  { line: 'console character {name}' },
  {
    line: 'show copyright',
    prints: [
      'RTX1210 Rev.14.01.38 (Fri Jul 10 09:59:21 2020)',
      '  Copyright (c) 1994-2020 Yamaha Corporation. All Rights Reserved.',
    ],
  },
  { line: 'show environment', prints: ['RTX1210 Rev.14.01.38 (Fri Jul 10 09:59:21 2020)', 'Error: none'] },
  {
    line: 'show log',
    prints: [{ repeat: 60, line: '2026/01/06 10:00:00: [SSHD] Error: message {i}' }, 'last message'],
  },
];

/** Yamaha RT: no name in the prompt; the variant has been given one. */
export const yamaha: Dialect = {
  name: 'yamaha',
  title: 'Yamaha RT and RTX',
  sources: [
    'netmiko yamaha.py (administrator, prompts, save)',
    'oxidized model yamaha (pager, error, the question at the end)',
  ],
  login: { username: 'Username: ', password: 'Password: ', failure: 'Error: Authentication failed' },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{name}> ',
      commands: [
        ...SHARED,
        {
          line: 'administrator',
          asks: [{ asks: 'Password: ', hidden: true, takes: 'secret', tries: 1, wrong: 'Error: Incorrect password' }],
          does: { enter: 'privileged' },
        },
        { line: 'exit', does: 'logout' },
      ],
    },
    privileged: {
      prompt: '{name}# ',
      statements: true,
      commands: [
        ...SHARED,
        { line: 'show config', prints: '{running}' },
        { line: 'save', does: 'save', prints: 'Saving ... CONFIG0 Done .' },
        {
          line: 'exit',
          when: 'unsaved',
          asks: [{ asks: 'Save new configuration ? (Y/N)', key: true, answers: { y: { does: 'save' }, n: {} } }],
          does: 'leave',
        },
        { line: 'exit', does: 'leave' },
      ],
    },
  },
  variables: { name: '' },
  refusals: {
    unknown: ['{marker}', 'Error: Invalid command name'],
    unexpected: ['{marker}', 'Error: Invalid parameter'],
    incomplete: 'Error: Parameter missing',
  },
  pager: { prompt: '---more---', erase: '\r          \r' },
  configuration: {
    render: { style: 'indented' },
    statements: ['description {text...}', { line: 'ip route {name} gateway {gateway:ip}', many: true }],
    initial: ['ip route default gateway 10.0.0.254'],
  },
  examples: {
    prompt: '>',
    show: { send: 'show environment', holds: 'RTX1210 Rev.14.01.38' },
    long: { send: 'show log', first: 'message 1', last: 'last message' },
    pagingOff: ['console lines infinity'],
    unknown: { send: 'shwo environment', holds: 'Error: Invalid command name' },
    enable: { send: ['administrator', 'cisco'], prompt: '#' },
    configure: {
      enter: [],
      prompt: '#',
      lines: ['ip route 10.9.0.0/16 gateway 10.0.0.1'],
      refused: { send: 'ipp route default gateway 10.0.0.1', holds: 'Error: Invalid command name' },
      show: { send: 'show config', holds: ['ip route 10.9.0.0/16 gateway 10.0.0.1'] },
      leave: [],
      save: { send: ['save'], holds: 'Done' },
    },
    exit: ['exit'],
  },
  variants: {
    named: {
      variables: { name: 'RTX1210' },
      examples: {
        prompt: 'RTX1210>',
        show: { send: 'show environment', holds: 'RTX1210 Rev.14.01.38' },
        unknown: { send: 'shwo environment', holds: 'Error: Invalid command name' },
        enable: { send: ['administrator', 'cisco'], prompt: 'RTX1210#' },
        exit: ['exit'],
      },
    },
  },
};
