import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['localhost>', 'cpe.example_1>'],
    privileged: ['localhost#', `${'O'.repeat(63)}#`],
    config: ['localhost(configure)#', 'localhost(config)#', 'cpe(config-if)#'],
  },
  noPrompts: ['--More--', '#', 'Current configuration :'],
  refused: [
    { answer: ['Syntax error : unknown command'], line: 'Syntax error : unknown command' },
    { answer: ['% Error: syntax error'], line: '% Error: syntax error' },
  ],
  notRefused: [['Interface  Errors', 'a', 'b', 'c', 'Syntax error 0']],
  pagers: ['--More--', ' --More--  '],
  questions: ['Username:', 'Password:'],
  renames: { 'hostname cpe1': 'cpe1' },
  transcripts: [
    {
      title: 'a command that prints nothing',
      before: 'localhost#',
      command: 'term len 0',
      received: 'term len 0\r\nlocalhost#',
      output: '',
      mode: 'privileged',
    },
  ],
};

export const oneaccessOneos: Platform = {
  name: 'oneaccess_oneos',
  title: 'OneAccess (Ekinops) OneOS 5 and 6',
  verified: [],
  sources: [
    'show version of OneOS 5 and 6 in published programs (Software version    : ONEOS16-MONO_FT-V5.2R2E7_HA8)',
    'netmiko oneaccess_oneos.py (paging, the widths of version 5 and 6, write mem)',
    'oxidized model oneos (prompts, login, pager)',
  ],
  terminal: { type: 'vt100', columns: 255, rows: 24, newline: '\r' },
  modes: iosModes(),
  login: iosLogin,
  // The width is `screen-width` in version 6 and `stty columns` in version 5: each refuses the other's.
  prepare: [{ send: 'term len 0' }, { send: 'screen-width 512' }, { send: 'stty columns 255' }],
  pager: [iosMore, { prompt: String.raw`^\s?--More--\s{0,4}$`, answer: ' ' }],
  questions: iosQuestions,
  // Common knowledge, not read in a source: the words of a refusal; netmiko looks for `error` in it.
  refusals: ['^(?:% ?)?(?:Syntax error|Error ?: )', '^% ?(?:Invalid|Incomplete|Ambiguous|Unknown) '],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'write mem', in: 'privileged' },
  detect: { probe: { send: 'show version', answer: String.raw`^\s*Software version +: OneOS` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
