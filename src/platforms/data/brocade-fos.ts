import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['sw0:admin> ', 'DCX_1:FID128:admin> ', 'san-a.example:user> ', 'sw0:FID20:root> '],
  },
  noPrompts: ['admin> ', 'Type <CR> to continue, Q<CR> to stop: ', '0:FID:> x', 'switchName:     sw0'],
  refused: [
    { answer: ['rbash: foo: command not found'], line: 'rbash: foo: command not found' },
    { answer: ['-rbash: foo: command not found'], line: '-rbash: foo: command not found' },
  ],
  notRefused: [['switchName:\tsw0', 'switchType:\t71.2', 'switchState:\tOnline', 'a', 'rbash: x: command not found']],
  pagers: ['Type <CR> to continue, Q<CR> to stop: '],
  questions: [
    'Do you want to save the Defined zoning configuration only?  (yes, y, no, n): [no] ',
    'Are you sure you want to reboot the switch [y/n]?',
  ],
  renames: { 'switchname san-b': 'san-b' },
  transcripts: [
    {
      title: 'a word that is none',
      before: 'DCX_1:FID128:admin> ',
      command: 'foo',
      received: 'foo\r\nrbash: foo: command not found\r\nDCX_1:FID128:admin> ',
      output: 'rbash: foo: command not found',
      mode: 'exec',
      refusal: 'rbash: foo: command not found',
    },
  ],
};

export const brocadeFos: Platform = {
  name: 'brocade_fos',
  title: 'Brocade Fabric OS',
  verified: [],
  sources: [
    'netmiko brocade_fos_ssh.py (no enable, no mode of configuration, Enter key)',
    'oxidized model fabricos (prompt; every command in a channel of its own)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // The name, the virtual fabric where there are several, the account.
    exec: {
      prompt: String.raw`^(?<host>[A-Za-z][\w.-]{0,63}):(?:FID(?<context>\d{1,3}):)?(?<user>[\w.-]{1,64})>$`,
      enter: [],
    },
  },
  login: {
    ...commonLogin,
    // With the passwords of the factory, every login offers to change them.
    answers: [{ prompt: "Use Control-C to exit or press 'Enter' key to proceed\\.$", answer: '\x03' }],
  },
  prepare: [],
  // Common knowledge, not read in a source: the pager, the restricted shell's refusal, the offer to change passwords.
  pager: [{ prompt: '^Type <CR> to continue, Q<CR> to stop: ?$', answer: '\r' }],
  questions: [...commonQuestions, String.raw`\(yes, y, no, n\): ?(?:\[\w{1,3}\])? ?$`, String.raw`\[y/n\] ?\? ?$`],
  refusals: [String.raw`^-?r?bash: .{1,200}: command not found$`],
  beforeRefusal: [],
  renames: [String.raw`^\s*switchname\s+(?:-s\s+)?"?(?<host>[A-Za-z][\w.-]{0,63})"?\s*$`],
  configureIn: 'exec',
  exec: 'many',
  exit: 'exit',
  cases,
};
