import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

export const alcatelAos: Platform = {
  name: 'alcatel_aos',
  title: 'Alcatel-Lucent Enterprise OmniSwitch AOS',
  verified: [
    { by: 'documentation', what: 'OmniSwitch 6600 and 6450 Switch Management Guides: Using the CLI, Syntax Checking' },
  ],
  sources: [
    'ntc-templates, tests/alcatel_aos/show_system',
    'Alcatel-Lucent, OmniSwitch 6600 Family Switch Management Guide (March 2005), "Using the CLI"; OmniSwitch AOS Release 6 and 8 Switch Management Guides',
    'netmiko 4.8 alcatel_aos_ssh.py; scrapli_community alcatel_aos; oxidized aos.rb and aos7.rb (prompts, login)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // Out of the box `->`; administrators put the name before it, with another sign.
    exec: {
      prompt: String.raw`^(?:->|(?:(?<user>[\w.-]{1,64})@)?(?<host>[A-Za-z0-9_][\w.]{0,62}(?:-[\w.]{1,62}){0,8})(?:-> ?| ?[#>]))$`,
      enter: [],
    },
  },
  login: {
    ...commonLogin,
    username: String.raw`^(?:[\w -]{0,60})login ?: ?$`,
    password: String.raw`^password ?: ?$`,
  },
  prepare: [],
  pager: [],
  questions: commonQuestions,
  refusals: ['^ERROR: '],
  beforeRefusal: [],
  renames: [],
  helpKey: '?',
  save: { send: 'write memory', refusals: ['^ERROR: '] },
  detect: { probe: { send: 'show system', answer: '^ *Description: +Alcatel-Lucent ' } },
  exit: 'exit',
  cases: {
    prompts: { exec: ['->', '-> ', 'OS6450->', 'sw-1.dc_2-> ', 'admin@OS6860 #', 'core-1>'] },
    noPrompts: ['', '>', '#', '-> show', 'sw 1->', 'ERROR: Invalid entry: "set"', '^'],
    refused: [{ answer: ['   ^', 'ERROR: Invalid entry: "set"'], line: 'ERROR: Invalid entry: "set"' }],
    notRefused: [['System:', '  Description: 6.7.2.R07', '', '', 'ERROR: none']],
    questions: ['Confirm Reload (Y/N) : '],
    transcripts: [
      {
        title: 'a word that is not known: the marker below it',
        before: '-> ',
        command: 'set ip routing enable',
        received: 'set ip routing enable\r\n   ^\r\nERROR: Invalid entry: "set"\r\n\r\n-> ',
        output: '   ^\nERROR: Invalid entry: "set"\n',
        mode: 'exec',
        refusal: 'ERROR: Invalid entry: "set"',
      },
    ],
  },
};
