import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['Router>', 'NV3448.hall_2>'],
    privileged: ['Router#', `${'A'.repeat(63)}#`],
    config: ['Router(config)#', 'NV3448(config-eth 0/1)#', 'Router(config-giga-eth 0/2.100)#'],
  },
  noPrompts: ['--MORE--', '#', '! boot config flash nonvol startup-config'],
  refused: [
    { answer: ['       ^', '% Unrecognized command'], line: '% Unrecognized command' },
    { answer: ['%Unrecognized command'], line: '%Unrecognized command' },
    { answer: ['% Incomplete command'], line: '% Incomplete command' },
  ],
  notRefused: [['eth 0/1 is DOWN', 'a', 'b', 'c', '% Unrecognized command']],
  pagers: ['--MORE--'],
  questions: ['Password:', 'Save System Configuration?[y/n]'],
  renames: { 'hostname nv1': 'nv1' },
  transcripts: [
    {
      title: 'a long echo is redrawn with a blank and a step back',
      before: 'Router#',
      command: 'show interfaces eth 0/1',
      received: 'show interfaces \x1b[1Deth 0/1'
        .replace(' \x1b[1D', '  \x1b[1D')
        .concat('\r\neth 0/1 is UP\r\nRouter#'),
      output: 'eth 0/1 is UP',
      mode: 'privileged',
    },
  ],
};

export const adtranOs: Platform = {
  name: 'adtran_os',
  title: 'Adtran AOS',
  verified: [],
  sources: ['netmiko adtran.py (paging, the redrawn echo of long commands)', 'oxidized model adtran'],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: iosModes(),
  login: iosLogin,
  prepare: [{ send: 'terminal length 0', in: ['privileged'] }],
  pager: [iosMore],
  questions: [...iosQuestions, String.raw`\?\[y/n\] ?$`],
  // Not written down by the vendor's users; they are the family's.
  refusals: ['^% ?(?:Unrecognized|Invalid|Incomplete|Ambiguous) '],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  // Common knowledge, not read in a source: this line.
  save: { send: 'write memory', in: 'privileged' },
  detect: { probe: { send: 'show version', answer: String.raw`^ADTRAN, Inc\. OS version ` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
