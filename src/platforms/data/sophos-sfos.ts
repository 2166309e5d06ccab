import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

export const sophosSfos: Platform = {
  name: 'sophos_sfos',
  title: 'Sophos Firewall (SFOS): the device console',
  verified: [],
  sources: [
    'Sophos, Sophos Firewall command-line help: Device console',
    'netmiko 4.8 sophos_sfos_ssh.py (the main menu and its fourth item); published sessions of SFOS 17.5 to 22 (`% Error: Unknown Parameter`)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // No name in it, on any of them.
    exec: { prompt: '^console>$', enter: [] },
  },
  login: {
    ...commonLogin,
    // The fourth item of the menu is the device console.
    answers: [{ prompt: String.raw`^\s{0,12}Select Menu Number \[0-\d{1,2}\]: ?$`, answer: '4\r' }],
  },
  prepare: [],
  pager: [],
  questions: commonQuestions,
  refusals: ['^% Error: '],
  beforeRefusal: [],
  renames: [],
  helpKey: '?',
  detect: { banner: '^Sophos Firmware Version' },
  exit: 'exit',
  cases: {
    prompts: { exec: ['console>', 'console> '] },
    noPrompts: ['', '>', 'console', 'console> show', '    Select Menu Number [0-7]:', 'fw console>'],
    refused: [{ answer: ["% Error: Unknown Parameter 'foo'"], line: "% Error: Unknown Parameter 'foo'" }],
    notRefused: [['\tStrict Policy\t\t\t\t: on', '\tFtpBounce Prevention\t\t\t: control']],
    transcripts: [
      {
        title: 'a command of the device console',
        before: 'console> ',
        command: 'show advanced-firewall',
        received: 'show advanced-firewall\r\n\tStrict Policy\t\t: on\r\nconsole> ',
        output: '        Strict Policy           : on',
        mode: 'exec',
      },
    ],
  },
};
