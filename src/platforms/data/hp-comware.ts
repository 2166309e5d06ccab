import type { Platform } from '../platform.js';
import { displayReadOnly } from './read-only-like.js';
import { vrpHost, vrpLogin, vrpQuestions } from './vrp-like.js';

/** The role in a pair of firewalls, and the mode for machines. */
const BEFORE = String.raw`(?:RBM_[PS]|\(M\))?`;

export const hpComware: Platform = {
  name: 'hp_comware',
  title: 'H3C and HPE Comware',
  verified: [
    {
      by: 'documentation',
      what: 'HPE FlexFabric 5710 Fundamentals Configuration Guide, "CLI views": user view, system view, the prompts of views',
    },
  ],
  sources: [
    'HPE, FlexFabric 5710 Fundamentals Configuration Guide, "CLI views" (support.hpe.com/techhub/eginfolib/networking/docs/switches/5710/5200-4981_fund_cg)',
    'HPE, FlexNetwork 5510 HI Switch Series Fundamentals Configuration Guide',
    'netmiko 4.8 hp_comware.py; oxidized comware.rb (preparation, login)',
    'gnetcli pkg/device/h3c and published sessions (error texts, `(M)`, `RBM_P`)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${BEFORE}<${vrpHost}>$`, enter: [] },
    config: {
      prompt: String.raw`^${BEFORE}\[~?\*?${vrpHost}\]$`,
      viewSeparator: '-',
      enter: [{ from: 'exec', send: 'system-view', refusals: [String.raw`^\s*%`, '^Permission denied'] }],
      leave: { send: 'return' },
    },
  },
  login: {
    ...vrpLogin,
    answers: [{ prompt: String.raw`^Press Y or ENTER to continue, N to exit\.? ?$`, answer: '\r' }],
  },
  // There is no command for the width.
  prepare: [{ send: 'screen-length disable' }],
  pager: [{ prompt: String.raw`^ {0,4}---- More ---- ?$`, answer: ' ' }],
  questions: vrpQuestions,
  refusals: [
    String.raw`^\s*% ?(?:Error: ?)?(?:Unrecognized command|Too many parameters|Incomplete command|Ambiguous command|Wrong parameter|Invalid parameter)`,
    String.raw`^Permission denied\.?$`,
  ],
  beforeRefusal: [],
  renames: [String.raw`^\s*sysn(?:a(?:me?)?)?\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  ahead: [String.raw`^\s*ip route-static \S`, String.raw`^\s*rule \d`],
  save: { send: 'save force', done: '[Ss]uccessfully' },
  detect: { ident: 'Comware-', probe: { send: 'display version', answer: String.raw`Comware (?:Platform )?Software` } },
  readOnly: displayReadOnly,
  exit: 'quit',
  cases: {
    prompts: {
      exec: ['<H3C>', '<CORE-SW_1.dc>', 'RBM_P<fw-1>', '(M)<test-test>', '<HPE> ', '<A10-8&A10-7_CSZW-Core-Switch>'],
      config: [
        '[H3C]',
        '[H3C-GigabitEthernet1/0/1]',
        'RBM_P[fw-1-aaa]',
        '[sw-1-Vlan-interface10]',
        '[sw-1-acl-ipv4-adv-3000]',
      ],
    },
    noPrompts: ['', '<>', '[]', '<H3C> display', '[ 1 ]', '<a b>', '#', 'return'],
    refused: [
      {
        answer: ['         ^', " % Unrecognized command found at '^' position."],
        line: "% Unrecognized command found at '^' position.",
      },
      {
        answer: ['                                   ^', " % Error:Too many parameters found at '^' position."],
        line: "% Error:Too many parameters found at '^' position.",
      },
      {
        answer: ['             ^', "% Wrong parameter found at '^' position."],
        line: "% Wrong parameter found at '^' position.",
      },
      { answer: ['Permission denied.'], line: 'Permission denied.' },
    ],
    notRefused: [
      ['%Nov 20 10:00:00:000 2026 H3C SHELL/5/SHELL_LOGIN: admin logged in.'],
      ['Input (total):  0 packets', ' % Unrecognized', " % Unrecognized command found at '^' position."],
    ],
    pagers: ['  ---- More ----', '---- More ----'],
    questions: ['The current configuration will be written to the device. Are you sure? [Y/N]:', 'Continue? [Y/N]:'],
    renames: { 'sysname sw2': 'sw2' },
    transcripts: [
      {
        title: 'an echo with more than one carriage return',
        before: '<H3C>',
        command: 'display clock',
        received: 'display clock\r\r\n10:00:00 UTC Fri 11/20/2026\r\n<H3C>',
        output: '10:00:00 UTC Fri 11/20/2026',
        mode: 'exec',
      },
      {
        title: 'a refused line in a view',
        before: '[H3C-Vlan-interface1]',
        command: 'ip addres',
        received: "ip addres\r\n   ^\r\n % Unrecognized command found at '^' position.\r\n[H3C-Vlan-interface1]",
        output: "   ^\n % Unrecognized command found at '^' position.",
        mode: 'config',
        refusal: "% Unrecognized command found at '^' position.",
      },
    ],
  },
};
