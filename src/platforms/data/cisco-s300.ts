import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosBanners, iosConfigure, iosEnable, iosEnd, iosHost, iosQuestions, iosRenames } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

export const ciscoS300: Platform = {
  name: 'cisco_s300',
  title: 'Cisco Small Business 300, 350, 500 and 550 (SG, SF), Business 250 and 350 (CBS)',
  verified: [],
  sources: [
    'netmiko 4 cisco_s300 (login asked again without ip ssh password-auth; terminal datadump; write memory and its question)',
    'scrapli_community and scrapli_definitions cisco_cbs (prompts, among them names cut with dots; error texts)',
    'The NOC Project, Cisco.SMB profile ("More:", "User Name:", Overwrite file [startup-config])',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${iosHost}>$`, enter: [] },
    privileged: { prompt: `^${iosHost}#$`, enter: [iosEnable] },
    config: {
      prompt: String.raw`^${iosHost}\([a-z][^()#>]{0,62}\)#$`,
      enter: [iosConfigure],
      leave: iosEnd,
    },
  },
  login: { ...commonLogin, afterSsh: true },
  prepare: [{ send: 'terminal datadump' }, { send: 'terminal width 511' }],
  pager: [{ prompt: String.raw`^More: <space>, {1,2}Quit: q(?: or CTRL\+Z)?, One line: <return> ?$`, answer: ' ' }],
  questions: [...iosQuestions, String.raw`\(Y/N\) ?\[[YN]\] ?\? ?$`],
  refusals: [
    String.raw`^% ?(?:Unrecognized command|missing mandatory parameter|bad parameter value|Wrong number of parameters)`,
    String.raw`^% ?(?:Incomplete command|Ambiguous command|Invalid input)`,
  ],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  blocks: iosBanners,
  // The key itself is the answer, without Enter.
  save: {
    send: 'write memory',
    in: 'privileged',
    answers: [{ prompt: String.raw`^Overwrite file \[startup-config\].{0,12}\(Y/N\) ?\[N\] ?\? ?$`, answer: 'Y' }],
  },
  // Eltex's switches of the same make have images of other names.
  detect: { probe: { send: 'show version', answer: String.raw`^Active-image: flash://system/images/_?image_\w` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['SG250-08>', 'switch0a1b2c>', 'sw.lab> '],
      privileged: ['SG250-08#', 'a1234567890123456...#', 'switch_1# '],
      config: [
        'SG250-08(config)#',
        'SG250-08(config-if)#',
        'a1234567890123456...(config-if)#',
        'sw.lab(config-line)# ',
      ],
    },
    noPrompts: [
      '',
      '#',
      '>',
      'SG250-08',
      'User Name:',
      'More: <space>,  Quit: q, One line: <return>',
      '(config)#',
      'a b#',
    ],
    refused: [
      { answer: ['% Unrecognized command'], line: '% Unrecognized command' },
      { answer: ['     ^', '% bad parameter value'], line: '% bad parameter value' },
      { answer: ['% missing mandatory parameter'], line: '% missing mandatory parameter' },
      { answer: ['% Incomplete command'], line: '% Incomplete command' },
    ],
    notRefused: [['% this is a line of a banner'], ['Port  State', '', '', '', '% bad parameter value']],
    pagers: ['More: <space>,  Quit: q or CTRL+Z, One line: <return> ', 'More: <space>,  Quit: q, One line: <return>'],
    questions: ['User Name:', 'Password:', 'Overwrite file [startup-config].... (Y/N)[N] ?'],
    renames: { 'hostname sw2': 'sw2' },
    transcripts: [
      {
        title: 'a page that is drawn over',
        before: '\r\nSG250-08#',
        command: 'show vlan',
        received:
          'show vlan\r\n1   default\r\nMore: <space>,  Quit: q or CTRL+Z, One line: <return> \r                                                          \r2   users\r\nSG250-08#',
        output: '1   default\n2   users',
        mode: 'privileged',
      },
    ],
  },
};
