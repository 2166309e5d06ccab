import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosMore, iosQuestions } from './ios-like.js';

const HOST = String.raw`(?<host>[A-Za-z0-9_][^\s#>()*]{0,62})`;

// There is no mode of configuration: `scope`, `enter` and `create` lead into objects, whose path stands in the prompt, and
// `commit-buffer` applies what was set in them. Which object a list of lines begins in is for the list to say.
export const ciscoFxos: Platform = {
  name: 'cisco_fxos',
  title: 'Cisco FXOS (Firepower and Secure Firewall chassis)',
  verified: [
    {
      by: 'documentation',
      what: 'Cisco FXOS CLI Configuration Guide 2.16, CLI Overview: managed objects, scope, up, top, the path in the prompt',
    },
  ],
  sources: [
    'https://www.cisco.com/c/en/us/td/docs/security/firepower/fxos/fxos2160/cli-guide/b_CLI_ConfigGuide_FXOS_216/overview_of_the_command_line_interface.html',
    'unicon.plugins fxos (scope prompts with `*`, connect local-mgmt, connect fxos, error texts, questions)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // A `*` stands behind the path while something waits to be committed.
    exec: { prompt: String.raw`^${HOST}\*? ?#$`, enter: [] },
    scope: {
      prompt: String.raw`^${HOST} /[\w/.:-]{1,200}\*? ?#$`,
      // Which object it is to be is for the caller to say: alone these words are refused.
      enter: ['scope', 'enter', 'create'].map((send) => ({ from: 'exec', send, refusals: [] })),
      leave: { send: 'top' },
    },
    'local-mgmt': {
      prompt: String.raw`^${HOST} ?\(local-mgmt\)#$`,
      enter: [{ from: 'exec', send: 'connect local-mgmt', refusals: [] }],
      leave: { send: 'exit' },
    },
    fxos: {
      prompt: String.raw`^${HOST} ?\(fxos\)#$`,
      enter: [{ from: 'exec', send: 'connect fxos', refusals: [] }],
      leave: { send: 'exit' },
    },
  },
  login: commonLogin,
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 511' }],
  pager: [iosMore],
  questions: iosQuestions,
  refusals: [String.raw`^% ?(?:Invalid|Ambiguous|Incomplete) [Cc]ommand`, String.raw`^Error: `, String.raw`^ERROR: % `],
  beforeRefusal: [],
  renames: [String.raw`^\s*set\s+name\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  commit: {
    send: 'commit-buffer',
    refusals: [String.raw`^Error: `],
    discard: { send: 'discard-buffer' },
  },
  detect: {
    banner: String.raw`^Cisco Firepower Extensible Operating System \(FX-OS\) Software`,
    probe: { send: 'show version', answer: String.raw`^FPRM:` },
  },
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['firepower#', 'Firepower-chassis# ', 'QP-A.lab* # ', 'FW_1# '],
      scope: [
        'Firepower /system # ',
        'Firepower /system/services* # ',
        'FW-1.x /security/local-user* #',
        'F /eth-uplink/fabric #',
      ],
      'local-mgmt': ['Firepower(local-mgmt)# ', 'FW-1(local-mgmt)#'],
      fxos: ['Firepower(fxos)# ', 'FW-1.x (fxos)#'],
    },
    noPrompts: [
      '',
      '#',
      'firepower',
      'Firepower-module1>',
      '[ help ]#',
      'firepower login: ',
      'rommon 1 >',
      '--More--',
      'a b#',
    ],
    refused: [
      { answer: ["% Invalid Command at '^' marker"], line: "% Invalid Command at '^' marker" },
      { answer: ["% Ambiguous command at '^' marker"], line: "% Ambiguous command at '^' marker" },
      { answer: ['Error: update failed'], line: 'Error: update failed' },
    ],
    notRefused: [
      ['FPRM:', '    Running-Vers: 4.3(1.2024)'],
      ['Faults:', '', '', '', 'Error: an event of last week'],
    ],
    pagers: ['--More--'],
    questions: [
      ...['This closes all the user sessions. Are you sure? (yes/no)', 'Do you still want to reboot? (yes/no):'],
      ...['firepower login: ', 'Password: '],
    ],
    renames: { 'set name chassis-2': 'chassis-2' },
    transcripts: [
      {
        title: 'an unknown command in a scope',
        before: '\r\nFirepower /system/services # ',
        command: 'show foo',
        received: "show foo\r\n          ^\r\n% Invalid Command at '^' marker\r\nFirepower /system/services # ",
        output: "          ^\n% Invalid Command at '^' marker",
        mode: 'scope',
        refusal: "% Invalid Command at '^' marker",
      },
    ],
  },
};
