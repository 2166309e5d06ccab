import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['TL-SG3428>', 'T2600G-28TS.hall_2>'],
    privileged: ['TL-SG3428#', 'T2600G-28TS#', `${'T'.repeat(63)}#`],
    config: ['TL-SG3428(config)#', 'T2600G-28TS(config-if)#', 'T2600G-28TS(config-if-range)#'],
  },
  noPrompts: ['Press any key to continue (Q to quit)', '#', '!T2600G-28TS', 'end'],
  refused: [
    { answer: ['Error: Invalid parameter.'], line: 'Error: Invalid parameter.' },
    { answer: ['', 'Error: Bad command'], line: 'Error: Bad command' },
    { answer: ['Error: Missing parameter data'], line: 'Error: Missing parameter data' },
  ],
  notRefused: [[' Port  Error: 0', ' Gi1/0/1 0']],
  pagers: ['Press any key to continue (Q to quit)', 'Press any key to continue(Q to quit)'],
  questions: ['User:', 'Password:', 'Are you sure? (Y/N): '],
  renames: { 'hostname access1': 'access1' },
  transcripts: [
    {
      title: 'an empty line before the prompt',
      before: '\r\nTL-SG3428#',
      command: 'show vlann',
      received: 'show vlann\r\n\r\nError: Bad command\r\n\r\nTL-SG3428#',
      output: '\nError: Bad command\n',
      mode: 'privileged',
      refusal: 'Error: Bad command',
    },
  ],
};

export const tplinkJetstream: Platform = {
  name: 'tplink_jetstream',
  title: 'TP-Link JetStream',
  verified: [],
  sources: [
    'netmiko tplink_jetstream.py (both characters of the Enter key, User:, enable-admin)',
    'NOC profile TPLink.T2600G (errors, pager, modes, saving); oxidized model tplink (a line feed alone is not enough)',
  ],
  // It has no width to set. A line feed alone does not end a line.
  terminal: { type: 'vt100', columns: 80, rows: 24, newline: '\r\n' },
  // An account without the role of an administrator needs `enable-admin` as well, whose prompt is the same.
  modes: iosModes({ configure: 'configure' }),
  login: iosLogin,
  prepare: [{ send: 'terminal length 0', in: ['privileged'] }],
  pager: [{ prompt: String.raw`^Press ?any ?key ?to ?continue ?\(Q ?to ?quit\)$`, answer: ' ' }],
  questions: iosQuestions,
  refusals: ['^Error: ?(?:Invalid|Bad command|Missing parameter|Ambiguous|Incomplete)'],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'copy running-config startup-config', in: 'privileged' },
  detect: { probe: { send: 'show version', answer: String.raw`^ *System Description +- .{0,40}JetStream` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
