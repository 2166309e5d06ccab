import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['B6-256>', 'blc6318.site_2>'],
    privileged: ['B6-256#', `${'B'.repeat(63)}#`],
    config: ['B6-256(config)#', 'blc6318(config-if)#'],
  },
  noPrompts: ['#', 'login as:', '--More--'],
  refused: [
    { answer: ['   ^', "% Invalid input detected at '^' marker."], line: "% Invalid input detected at '^' marker." },
  ],
  notRefused: [['Port  State', '1  up', '2  up', '3  up', '% Invalid input']],
  pagers: ['--More--'],
  questions: ['login as:', 'Password:'],
  renames: { 'hostname b6': 'b6' },
  transcripts: [
    {
      title: 'a command that prints nothing',
      before: 'B6-256# ',
      command: 'terminal length 0',
      received: 'terminal length 0\r\nB6-256# ',
      output: '',
      mode: 'privileged',
    },
  ],
};

export const calixB6: Platform = {
  name: 'calix_b6',
  title: 'Calix B6',
  verified: [],
  sources: ['netmiko calix_b6.py (login in the shell after SSH without authentication, width, paging, copy run start)'],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r\n' },
  modes: iosModes({ submode: '[^()]{1,60}' }),
  login: { ...iosLogin, username: '^(?:login as|login|user ?name): ?$', afterSsh: true },
  prepare: [{ send: 'terminal width 511' }, { send: 'terminal length 0' }],
  pager: [iosMore],
  questions: iosQuestions,
  // Not written down by the vendor's users; they are the family's.
  refusals: ['^% ?(?:Invalid input|Incomplete command|Ambiguous command|Unrecognized command)'],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'copy run start', in: 'privileged' },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
