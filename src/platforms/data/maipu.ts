import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['Maipu>', 'S4320.hall_2>'],
    privileged: ['Maipu#', `${'M'.repeat(63)}#`],
    config: ['Maipu(config)#', 'Maipu(config-if-gigabitethernet0/1)#'],
  },
  noPrompts: ['---MORE---', '....press ENTER to next line, Q to quit, other key to next page....', '#'],
  refused: [
    {
      answer: ['      ^', "% Unrecognized command, and error detected at '^' marker."],
      line: "% Unrecognized command, and error detected at '^' marker.",
    },
    { answer: ["% Invalid input detected at '^' marker."], line: "% Invalid input detected at '^' marker." },
    { answer: ['Command authorization failed'], line: 'Command authorization failed' },
  ],
  notRefused: [['% The port is down'], ['Total: 3', 'a', 'b', 'c', '% Unrecognized command']],
  pagers: ['---MORE---', '....press ENTER to next line, Q to quit, other key to next page....'],
  questions: [
    'Startup config in flash will be updated, are you sure(y/n)? [n]',
    'Are you sure to overwrite /flash/startup (Yes|No)?',
  ],
  renames: { 'hostname core1': 'core1' },
  transcripts: [
    {
      title: 'a word that is none',
      before: 'Maipu#',
      command: 'foo',
      received: "foo\r\n      ^\r\n% Unrecognized command, and error detected at '^' marker.\r\nMaipu#",
      output: "      ^\n% Unrecognized command, and error detected at '^' marker.",
      mode: 'privileged',
      refusal: "% Unrecognized command, and error detected at '^' marker.",
    },
  ],
};

export const maipu: Platform = {
  name: 'maipu',
  title: 'Maipu MyPower',
  verified: [],
  sources: [
    'NOC profile Maipu.OS (pagers, errors, question)',
    'community.network terminal plugin maipu (prompts of configuration, authorization); netmiko maipu.py (more off, write)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: iosModes(),
  login: iosLogin,
  prepare: [{ send: 'more off', in: ['privileged'] }],
  pager: [
    iosMore,
    { prompt: '^---MORE---$', answer: ' ' },
    { prompt: String.raw`^\.{4}press ENTER to next line, Q to quit, other key to next page\.{4}$`, answer: ' ' },
  ],
  questions: [...iosQuestions, String.raw`\(Yes\|No\) ?\?? ?$`, String.raw`\(y/n\)\? ?\[n\] ?$`],
  refusals: [
    '^% ?(?:Unrecognized command|Invalid input|Incomplete command|Ambiguous command)',
    '^(?:Command authorization failed|Command Rejected: )',
  ],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: {
    send: 'write',
    in: 'privileged',
    answers: [
      { prompt: String.raw`^Startup config in flash will be updated, are you sure ?\(y/n\)\? ?\[n\] ?$`, answer: 'y' },
      { prompt: String.raw`^Are you sure to overwrite .{1,60} \(Yes\|No\) ?\?? ?$`, answer: 'Yes\r' },
    ],
  },
  detect: { probe: { send: 'show version', answer: String.raw`^MyPower \(R\) Operating System Software` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
