import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['console>', 'MES2324FB-01>', 'host-s2.abc.def>'],
    privileged: ['console#', 'dcx1-j1#', `${'A'.repeat(63)}#`],
    config: ['console(config)#', 'host-s2(config-if)#', 'host-s2.abc.def(config-vlan)#', 'sw_1(config-sntp)#'],
  },
  noPrompts: ['console(tcl)#', '# end', 'More: <space>,  Quit: q or CTRL+Z, One line: <return>', '>'],
  refused: [
    { answer: ['% Unrecognized command'], line: '% Unrecognized command' },
    { answer: ['% Incomplete command'], line: '% Incomplete command' },
    {
      answer: ['% Wrong number of parameters or invalid range, size or characters entered'],
      line: '% Wrong number of parameters or invalid range, size or characters entered',
    },
    {
      answer: ['              ^', "% Invalid input detected at '^' marker"],
      line: "% Invalid input detected at '^' marker",
    },
    { answer: ['% Ambiguous Command'], line: '% Ambiguous Command' },
    { answer: ['% Invalid Command'], line: '% Invalid Command' },
    { answer: ['command authorization failed'], line: 'command authorization failed' },
  ],
  notRefused: [
    ['% Warning: the port is not a member of this VLAN'],
    ['Number of logging messages: 3', '', '12-May-2026 10:00:01 :%AAA-W-REJECT: % Unrecognized command'],
  ],
  pagers: ['More: <space>,  Quit: q or CTRL+Z, One line: <return>', '--More--'],
  questions: [
    'Overwrite file [startup-config].... (Y/N)[N] ?',
    'Continue? [Y/N]:',
    'Would you like to continue ? (Y/N)[N]',
    'You can press ENTER key to retry authentication',
  ],
  renames: { 'hostname core-1': 'core-1' },
  transcripts: [
    {
      title: 'MES 23xx: a word that is none',
      before: '\r\nconsole#',
      command: 'show vesrion',
      received: 'show vesrion\r\n% Unrecognized command\r\nconsole#',
      output: '% Unrecognized command',
      mode: 'privileged',
      refusal: '% Unrecognized command',
    },
    {
      title: 'MES 24xx: the pager erases itself',
      before: 'console#\x1b[27m ',
      command: 'show vlan',
      received: 'show vlan\r\nVlan ID : 1\r\n\r\x1b[K\r--More--\x1b[K\r\x1b[K\rVlan ID : 2\r\nconsole#\x1b[27m ',
      output: 'Vlan ID : 1\nVlan ID : 2',
      mode: 'privileged',
    },
  ],
};

export const eltex: Platform = {
  name: 'eltex',
  title: 'Eltex MES',
  verified: [],
  sources: [
    'gnetcli pkg/device/eltex',
    'NOC profiles Eltex.MES, Eltex.MES24xx',
    'oxidized model eltex',
    'netmiko eltex_ssh.py',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: iosModes({ configure: 'configure terminal', enable: { send: 'enable' } }),
  login: {
    ...iosLogin,
    username: '^user ?name: ?$',
    refusals: [...iosLogin.refusals, '^% Incorrect Login/Password', '^authentication failed'],
  },
  // The one is of MES 23xx and 33xx, the other of MES 24xx: each refuses the other's.
  prepare: [{ send: 'terminal datadump' }, { send: 'set cli pagination off' }],
  pager: [
    iosMore,
    { prompt: String.raw`^More: <space>, {1,2}Quit: q(?: or CTRL\+Z)?, One line: <return>$`, answer: ' ' },
  ],
  questions: [
    ...iosQuestions,
    String.raw`\(Y/N\) ?\[[YN]\] ?\??:? ?$`,
    String.raw`\[Yes/press any key for no\]`,
    'press ENTER key to retry authentication',
  ],
  refusals: [
    '^% ?(?:Unrecognized command|Incomplete command|Ambiguous [cC]ommand|Invalid Command|Invalid input detected)',
    '^% ?(?:Wrong number of parameters|missing mandatory parameter|bad parameter value)',
    '^command authorization failed',
  ],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: {
    send: 'copy running-config startup-config',
    in: 'privileged',
    // One key on MES 23xx: an Enter behind it would be one too many.
    answers: [{ prompt: String.raw`^Overwrite file \[startup-config\]\.{2,4} ?\(Y/N\)`, answer: 'Y' }],
  },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
