import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const HOST = String.raw`(?<host>[A-Za-z0-9_][\w.-]{0,62})`;
// Ctrl-P leads from every process back to the first.
const BACK = { send: '\x10' };

const cases: PlatformCases = {
  prompts: {
    exec: ['Teldat *', 'atlas.hall_2 *', `${'T'.repeat(63)} *`],
    monitor: ['Teldat +', 'atlas.hall_2 IP+'],
    config: ['Teldat Config>', 'Teldat IP config>', 'Teldat ethernet0/0 config>'],
    'running-config': ['Teldat Config$', 'Teldat IP config$'],
  },
  noPrompts: ['*', '* *', 'Do you wish to end', '+', 'Config>'],
  refused: [
    {
      answer: ['CLI Error: Unrecognized command or invalid value'],
      line: 'CLI Error: Unrecognized command or invalid value',
    },
  ],
  notRefused: [['; Showing System Configuration ...', 'a', 'b', 'c', 'CLI Error: x']],
  questions: ['Do you wish to end', 'Username:', 'Password:'],
  renames: { 'set hostname atlas2': 'atlas2' },
  transcripts: [
    {
      title: 'into the process of the configuration',
      before: 'Teldat *',
      command: 'p 4',
      received: 'p 4\r\nTeldat Config>',
      output: '',
      mode: 'config',
    },
  ],
};

export const teldatCit: Platform = {
  name: 'teldat_cit',
  title: 'Teldat CIT',
  verified: [],
  sources: ['netmiko teldat_cit.py (processes 3, 4 and 5, their prompts, Ctrl-P, save yes, logout)'],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: String.raw`^${HOST} ?\*$`, enter: [] },
    monitor: {
      prompt: String.raw`^${HOST}(?: [\w/.-]{1,40})? ?\+$`,
      enter: [{ from: 'exec', send: 'p 3', refusals: [] }],
      leave: BACK,
    },
    config: {
      prompt: String.raw`^${HOST}(?: [\w/.-]{1,40}){0,2} [cC]onfig>$`,
      enter: [{ from: 'exec', send: 'p 4', refusals: [] }],
      leave: BACK,
    },
    'running-config': {
      prompt: String.raw`^${HOST}(?: [\w/.-]{1,40}){0,2} [cC]onfig\$$`,
      enter: [{ from: 'exec', send: 'p 5', refusals: [] }],
      leave: BACK,
    },
  },
  login: commonLogin,
  prepare: [],
  // It has no pager.
  pager: [],
  questions: [...commonQuestions, '^Do you wish to end'],
  // Common knowledge, not read in a source: this beginning.
  refusals: ['^CLI Error: '],
  beforeRefusal: [],
  // Common knowledge, not read in a source: this line.
  renames: [String.raw`^\s*set hostname\s+(?<host>[\w.-]{1,63})\s*$`],
  helpKey: '?',
  save: { send: 'save yes', in: 'config' },
  exit: 'logout',
  cases,
};
