import type { Platform } from '../platform.js';
import { displayReadOnly } from './read-only-like.js';
import { vrpHost, vrpLogin, vrpQuestions } from './vrp-like.js';

/** The role in a pair of firewalls. */
const PAIR = '(?:HRP_[AMS])?';

export const huaweiVrp: Platform = {
  name: 'huawei_vrp',
  title: 'Huawei VRP 5: lines take effect at once',
  verified: [
    {
      by: 'documentation',
      what: 'Huawei CLI overview (NetEngine80, NE20E): views, prompts, `return`, `screen-length`',
    },
  ],
  sources: [
    'Huawei, Configuration Guide - Basic Configurations: CLI Overview (NetEngine80 2009, NE20/20E 2010, NE20E-S2 V800R010)',
    'netmiko 4.8 huawei.py; scrapli_definitions huawei_vrp.yaml (HRP prefix, `[V200R…]` inside the configuration)',
    'gnetcli pkg/device/huawei (error texts, questions, pager)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${PAIR}<${vrpHost}>$`, enter: [] },
    config: {
      prompt: String.raw`^${PAIR}\[${vrpHost}\]$`,
      viewSeparator: '-',
      enter: [{ from: 'exec', send: 'system-view', refusals: ['^Error: ?'] }],
      leave: { send: 'return' },
    },
  },
  login: {
    ...vrpLogin,
    answers: [
      // It is asked at every login until somebody changes the password; a tool must not.
      { prompt: String.raw`Change now\? ?\[Y/N\] ?: ?$`, answer: 'N\r' },
      { prompt: String.raw`Please choose 'YES' or 'NO' first before pressing 'Enter'\. ?\[Y/N\] ?: ?$`, answer: 'N\r' },
    ],
  },
  // The width is left alone: `screen-width` is missing on some, and asks on others.
  prepare: [{ send: 'screen-length 0 temporary' }],
  pager: [{ prompt: String.raw`^ {0,4}---- More ---- ?$`, answer: ' ' }],
  questions: vrpQuestions,
  refusals: [String.raw`^\s*Error(?:\[\d{1,4}\])?: ?\S`],
  beforeRefusal: ['^Info: '],
  renames: [String.raw`^\s*sysn(?:a(?:me?)?)?\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  ahead: [
    String.raw`^\s*ip route-static \S`,
    String.raw`^\s*(?:ip ip-prefix|ip community-filter) \S`,
    String.raw`^\s*rule \d`,
  ],
  save: {
    send: 'save',
    answers: [
      { prompt: String.raw`(?:continue|Continue)\? ?\[Y/N\] ?:? ?$`, answer: 'y\r' },
      { prompt: String.raw`Please input the file name ?\(.{1,60}\) ?\[.{0,120}\] ?: ?$`, answer: '\r' },
      { prompt: String.raw`overwrite\? ?\[Y/N\] ?:? ?$`, answer: 'y\r' },
    ],
    done: '[Ss]uccessfully',
    refusals: [String.raw`^\s*Error: ?`],
  },
  detect: {
    probe: { send: 'display version', answer: String.raw`VRP \(R\) software, Version 5\.` },
  },
  readOnly: displayReadOnly,
  exit: 'quit',
  cases: {
    prompts: {
      exec: [
        ...[
          '<HUAWEI>',
          '<HUAWEI> ',
          'HRP_M<USG6000>',
          'HRP_A<fw-1.dc_2>',
          '<2134.aaa/bb.c-12.k1>',
          '<2134.aaa:bb.c-12.k1>',
        ],
        ...[`<${'h'.repeat(63)}>`, '<R(1)>'],
      ],
      config: [
        ...[
          '[HUAWEI]',
          '[HUAWEI-GigabitEthernet0/0/1]',
          'HRP_M[USG6000-policy-security]',
          '[R-1.lab-aaa]',
          '[host-Eth-Trunk1.100]',
        ],
      ],
    },
    noPrompts: [
      ...['', '<>', '[]', '[V200R009C00SPC500]', '[V200R019C10SPC300B110]', '<HUAWEI> display', '#', '[ 12 ]', '<a b>'],
      ' local-user username password irreversible-cipher ..cut..:SL<->',
    ],
    refused: [
      {
        answer: ['        ^', "Error: Unrecognized command found at '^' position."],
        line: "Error: Unrecognized command found at '^' position.",
      },
      {
        answer: ['              ^', "Error[2]: Incomplete command found at '^' position."],
        line: "Error[2]: Incomplete command found at '^' position.",
      },
      {
        answer: ['                                   ^', "Error:Too many parameters found at '^' position."],
        line: "Error:Too many parameters found at '^' position.",
      },
      {
        answer: ['Error: You do not have permission to run the command or the command is incomplete.'],
        line: 'Error: You do not have permission to run the command or the command is incomplete.',
      },
    ],
    notRefused: [
      ['Info: The current VTY user number is 1'],
      ['Last 300 seconds input rate 0 bits/sec', ' Total Error:  0', 'Error: none'],
      ['Warning: The interface is down', 'Error: x'],
      ['BPDU Error: None', '', 'Error: log'],
    ],
    pagers: ['  ---- More ----', '---- More ----'],
    questions: [
      'Warning: The current configuration will be written to the device. Continue? [Y/N]:',
      'Are you sure to continue?[Y/N]',
      'Please input the file name ( *.cfg, *.zip ) [vrpcfg.zip]:',
    ],
    renames: { 'sysname R2': 'R2', 'sysn R2': 'R2' },
    transcripts: [
      {
        title: 'the echo is followed by a space that the cursor steps back over',
        before: '<R1>',
        command: 'display clock',
        received: 'display clock \u001b[1D\r\n2026-11-20 10:00:00\r\nFriday\r\n<R1>',
        output: '2026-11-20 10:00:00\nFriday',
        mode: 'exec',
      },
      {
        title: 'a name in brackets inside the configuration is not the prompt',
        before: '<R1>',
        command: 'display current-configuration',
        received: 'display current-configuration\r\n[V200R009C00SPC500]\r\n#\r\n sysname R1\r\n#\r\nreturn\r\n<R1>',
        output: '[V200R009C00SPC500]\n#\n sysname R1\n#\nreturn',
        mode: 'exec',
      },
      {
        title: 'a refused line in a view',
        before: '[R1-GigabitEthernet0/0/1]',
        command: 'ip adress 10.0.0.1 24',
        received:
          "ip adress 10.0.0.1 24\r\n                            ^\r\nError: Unrecognized command found at '^' position.\r\n[R1-GigabitEthernet0/0/1]",
        output: "                            ^\nError: Unrecognized command found at '^' position.",
        mode: 'config',
        refusal: "Error: Unrecognized command found at '^' position.",
      },
    ],
  },
};
