import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { showReadOnly } from './read-only-like.js';

// The level of the account stands behind the name: a word, or a number on older models.
const HOST = String.raw`(?<host>[\w.()-]{1,63})`;

const cases: PlatformCases = {
  prompts: {
    exec: ['DGS-3627:user#', 'DES-3028:3#', 'DES-3200-28:6#', 'sw.hall_2:operator#'],
    privileged: ['DGS-3627:admin#', 'DES-3200-28:5#', 'DES-3028:4#', 'DES-3526#', `${'D'.repeat(63)}:admin#`],
  },
  noPrompts: ['#', '# STACK', 'CTRL+C ESC q Quit SPACE n Next Page ENTER Next Entry a All', 'DGS-3627:admin# show'],
  refused: [
    { answer: ['Available commands:', '..                  ?'], line: 'Available commands:' },
    { answer: ['Next possible completions:', 'ports'], line: 'Next possible completions:' },
    { answer: ['Ambiguous token:', 'show'], line: 'Ambiguous token:' },
  ],
  notRefused: [['Command: show switch', '', 'Device Type : DGS-3627', 'Available commands:']],
  pagers: ['CTRL+C ESC q Quit SPACE n Next Page ENTER Next Entry a All ', '---MORE---'],
  questions: [
    'CTRL+C ESC q Quit SPACE n Next Page p Previous Page r Refresh',
    'UserName:',
    'PassWord:',
    'System will reboot immediately after upgrade firmware complete, continue? (y/n) ',
  ],
  renames: { 'config command_prompt core1': 'core1' },
  transcripts: [
    {
      title: 'the command is repeated above the answer',
      before: 'DGS-3627:admin#',
      command: 'save',
      received: 'save\r\nCommand: save\r\n\r\nSaving all configurations to NV-RAM... Done.\r\n\r\nDGS-3627:admin#',
      output: 'Command: save\n\nSaving all configurations to NV-RAM... Done.\n',
      mode: 'privileged',
    },
  ],
};

export const dlinkDs: Platform = {
  name: 'dlink_ds',
  title: 'D-Link DES and DGS (DxS)',
  verified: [],
  sources: [
    'NOC profile DLink.DxS (prompts by level, pagers, errors; paging is switched on again at the end)',
    'netmiko dlink_ds.py; oxidized model dlink',
  ],
  terminal: { type: 'vt100', columns: 127, rows: 127, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST}:(?:3|6|user|operator)#$`, enter: [] },
    privileged: {
      prompt: `^${HOST}(?::(?:4|5|admin))?#$`,
      enter: [
        { from: 'exec', send: 'enable admin', secretPrompt: '^pass ?word: ?$', refusals: ['^Fail!', '^Incorrect'] },
      ],
    },
  },
  login: { ...commonLogin, refusals: [...commonLogin.refusals, '^Fail!', '^Incorrect Login/Password'] },
  // `disable clipaging` changes the configuration for everybody, so the pager is answered instead.
  prepare: [],
  pager: [
    { prompt: String.raw`^CTRL\+C .{0,80}\ba All ?$`, answer: 'a' },
    { prompt: '^---MORE---$', answer: 'a' },
  ],
  questions: [
    ...commonQuestions,
    // A screen that goes on refreshing itself: the keys for the next page and for the end cannot be told from here.
    String.raw`^CTRL\+C .{0,80}\br Refresh ?$`,
    String.raw`\(y/n\) ?$`,
  ],
  refusals: ['^(?:Available commands|Next possible completions|Ambiguous token):', "^This command can't be used when "],
  // Newer software repeats the command above what it answers.
  beforeRefusal: ['^Command: '],
  // Common knowledge, not read in a source: this line.
  renames: [String.raw`^\s*config command_prompt\s+(?<host>[\w.()-]{1,63})\s*$`],
  helpKey: '?',
  configureIn: 'privileged',
  save: { send: 'save', in: 'privileged' },
  readOnly: showReadOnly,
  exit: 'logout',
  cases,
};
