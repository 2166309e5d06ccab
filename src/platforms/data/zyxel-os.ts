import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['XGS4600> ', 'ES-2108.hall_2>'],
    privileged: ['XGS4600# ', 'sysname#', `${'X'.repeat(63)}#`],
    config: ['XGS4600(config)# ', 'ES-2108(config-interface)#', 'sysname(config-vlan)#'],
  },
  noPrompts: ['-- more --, next page: Space, continue: g, quit: ^C', '#', 'Copyright (c) 1994 - 2020 Zyxel'],
  refused: [
    { answer: ['', 'Invalid command'], line: 'Invalid command' },
    { answer: ['Invalid input'], line: 'Invalid input' },
  ],
  notRefused: [['Current configuration:', '', '  Invalid command counter: 0']],
  pagers: [
    '-- more --, next page: Space, continue: g, quit: ^C',
    '-- more --, next page: Space, continue: c, quit: ESC',
  ],
  questions: ['User name: ', 'Password: '],
  renames: { 'hostname access1': 'access1' },
  transcripts: [
    {
      title: 'the cursor is saved behind the prompt',
      before: 'XGS4600# \x1b7',
      command: 'show foo',
      received: 'show foo\r\nInvalid command\r\nXGS4600# \x1b7',
      output: 'Invalid command',
      mode: 'privileged',
      refusal: 'Invalid command',
    },
  ],
};

export const zyxelOs: Platform = {
  name: 'zyxel_os',
  title: 'Zyxel switches (ZyNOS)',
  verified: [],
  sources: [
    'NOC profile Zyxel.ZyNOS (modes, pager, errors, write memory)',
    'oxidized models zynos and zynoscli (login, what stands behind the prompt); netmiko zyxel_ssh.py (ANSI)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: iosModes({ configure: 'configure', leave: { send: 'exit' } }),
  login: iosLogin,
  prepare: [],
  // There is no way to switch it off that is known to hold for the session alone.
  pager: [{ prompt: '^-- more --.{0,60}$', answer: ' ' }],
  questions: iosQuestions,
  refusals: ['^Invalid (?:command|input)'],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'write memory', in: 'privileged' },
  detect: { probe: { send: 'show version', answer: String.raw`^Current ZyNOS version: ` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
