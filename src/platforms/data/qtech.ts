import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { dcnQuestions, dcnRefusals } from './dcn.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['QSW-2800>', 'Switch.floor_2>'],
    privileged: ['QSW-2800#', 'QSW-8200-28F-AC-DC#', `${'Q'.repeat(63)}#`],
    config: [
      'QSW-2800(config)#',
      'Switch(config-if-ethernet1/1)#',
      'QSW-2800(config-if-vlan100)#',
      'Switch(Config-Vlan5)#',
    ],
  },
  noPrompts: [
    ' --More-- ',
    '....press ENTER to next line, CTRL_C to break, other key to next page....',
    '#',
    'QSW-2800(sdiag)#x',
  ],
  refused: [
    {
      answer: ["% Invalid input detected at '^' marker."],
      line: "% Invalid input detected at '^' marker.",
    },
    {
      answer: ['     ^', "% Unrecognized command, and error detected at '^' marker."],
      line: "% Unrecognized command, and error detected at '^' marker.",
    },
    { answer: ['Unrecognized command or illegal parameter!'], line: 'Unrecognized command or illegal parameter!' },
    { answer: ['This command is not exist in current mode'], line: 'This command is not exist in current mode' },
    {
      answer: ['Please configure precursor command "ip vrf" at first!'],
      line: 'Please configure precursor command "ip vrf" at first!',
    },
  ],
  notRefused: [['% 3 ports are down'], ['  10 packets', '  Ambiguous command 0']],
  pagers: [' --More-- ', '....press ENTER to next line, CTRL_C to break, other key to next page....'],
  questions: [
    'Confirm to overwrite current startup-config configuration [Y/N]:',
    'Startup config in flash will be updated, are you sure(y/n)? [n]',
    'Process with reboot? [Y/N] ',
    'Username(1-32 chars):',
    'Password(1-16 chars):',
  ],
  renames: { 'hostname access1': 'access1' },
  transcripts: [
    {
      title: 'a command of another mode',
      before: 'QSW-2800#',
      command: 'switchport mode trunk',
      received: "switchport mode trunk\r\n^\r\n% Invalid input detected at '^' marker.\r\n\r\nQSW-2800#",
      output: "^\n% Invalid input detected at '^' marker.\n",
      mode: 'privileged',
      refusal: "% Invalid input detected at '^' marker.",
    },
  ],
};

export const qtech: Platform = {
  name: 'qtech',
  title: 'Qtech QSW',
  verified: [{ by: 'documentation', what: 'QSW-2800 Series Configuration Guide, 1.2.5 Input Verification: errors' }],
  sources: [
    'https://manualshive.com/ru/manual/qtech/qsw-2800-series/ (Configuration Guide, 1.2.5)',
    'NOC profiles Qtech.QSW and Qtech.QSW2800 (login, pagers, questions, errors); oxidized model qtech',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: iosModes({ configure: 'configure terminal', submode: '[cC]onf[^)]*' }),
  login: {
    ...iosLogin,
    username: String.raw`^(?:user ?name|login)(?:\(1-32 chars\))?: ?$`,
    password: String.raw`^password(?:\(1-16 chars\))?: ?$`,
  },
  prepare: [{ send: 'terminal length 0' }],
  pager: [
    iosMore,
    { prompt: String.raw`^\.{4}press ENTER to next line, CTRL_C to break, other key to next page\.{4}$`, answer: ' ' },
  ],
  questions: [...iosQuestions, ...dcnQuestions],
  refusals: dcnRefusals,
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: {
    send: 'copy running-config startup-config',
    in: 'privileged',
    answers: [
      { prompt: String.raw`^Confirm to overwrite current startup-config configuration ?\[Y/N\]: ?$`, answer: 'Y\r' },
      { prompt: String.raw`^Startup config in flash will be updated, are you sure ?\(y/n\)\? ?\[n\] ?$`, answer: 'y' },
    ],
  },
  detect: { probe: { send: 'show version', answer: String.raw`^\s*QSW-\d\S+ Device, Compiled on ` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
