import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

export const f5Tmsh: Platform = {
  name: 'f5_tmsh',
  title: 'F5 BIG-IP: tmsh',
  verified: [],
  sources: [
    'F5, Traffic Management Shell (tmsh) Reference Guide: tmsh, cli preference, save sys config',
    'netmiko 4.8 f5_tmsh_ssh.py; Netshot F5_TM-OS.js (prompts of both shells, `Syntax Error:`)',
    'published sessions and terminal scripts (prompts, `Display all … items?`, `---(less`, `(END)`)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // Name, state of the configuration's synchronisation, role, folder, module.
    exec: {
      prompt: String.raw`^(?<user>[\w.-]{1,64})@\((?<host>[^()\s]{1,63})\)\([^()]{1,60}\)\([^()]{1,60}\)\(/[^()]{0,120}\)\(tmos(?:\.[\w.-]{1,120})?\)#$`,
      enter: [{ from: 'root-shell', send: 'tmsh', refusals: [] }],
    },
    'root-shell': {
      prompt: String.raw`^\[(?<user>[\w.-]{1,64})@(?<host>[^\s:\]]{1,63})(?::[^\]]{1,80})?\] \S{1,200} #$`,
      enter: [{ from: 'exec', send: 'run /util bash', refusals: ['^Syntax Error: '] }],
      leave: { send: 'exit' },
    },
  },
  home: 'exec',
  login: commonLogin,
  // `modify cli preference` is kept for the user: the pager is answered, and so is the question before a long answer.
  prepare: [],
  pager: [
    { prompt: String.raw`^Display all \d{1,9} items\? \(y/n\) ?$`, answer: 'y' },
    { prompt: String.raw`^---\(less(?: \d{1,3}%)?\)--- ?$`, answer: ' ' },
    { prompt: String.raw`^\(END\) ?$`, answer: 'q' },
  ],
  questions: [...commonQuestions, String.raw`\(y/n\) ?$`],
  refusals: ['^Syntax Error: ', '^Data Input Error: ', String.raw`^[0-9a-f]{8}:\d{1,2}: `],
  beforeRefusal: [],
  renames: [String.raw`^\s*modify\s+/?sys\s+global-settings\s+hostname\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  save: { send: 'save /sys config', refusals: ['^Syntax Error: ', String.raw`^[0-9a-f]{8}:\d{1,2}: `] },
  detect: { probe: { send: 'show /sys version', answer: String.raw`^\s*Product\s+BIG-IP` } },
  exit: 'quit',
  cases: {
    prompts: {
      exec: [
        'root@(bigip1)(cfg-sync Standalone)(Active)(/Common)(tmos)#',
        'admin@(ip-10-1-1-241)(cfg-sync Standalone)(Active)(/Common)(tmos)# ',
        'net.ops@(LB_1)(cfg-sync Changes Pending)(/S1-green-P::Active)(/Common)(tmos.ltm.pool)#',
        'a@(b)(cfg-sync In Sync)(Standby)(/Tenant-1/app)(tmos)#',
      ],
      'root-shell': [
        ...[
          '[root@bigip1:Active:Standalone] config # ',
          '[admin@ip-10-1-1-241:Active:Standalone] ~ #',
          '[root@lb:/S1-green-P:Active] /var/log #',
        ],
      ],
    },
    noPrompts: [
      ...[
        '',
        '#',
        '(tmos)#',
        'root@bigip1#',
        'root@(bigip1)(cfg-sync Standalone)(Active)(/Common)(tmos)# list',
        'ltm pool p {',
      ],
      '[root@bigip1:Active:Standalone] config',
    ],
    refused: [
      { answer: ['Syntax Error: unexpected argument "foo"'], line: 'Syntax Error: unexpected argument "foo"' },
      {
        answer: ['01020036:3: The requested Pool (/Common/x) was not found.'],
        line: '01020036:3: The requested Pool (/Common/x) was not found.',
      },
    ],
    notRefused: [
      ['ltm pool p1 {', '    description "Syntax Error: none"', '}', '', 'Syntax Error: x'],
      ['Saving running configuration...', '  /config/bigip.conf'],
    ],
    pagers: ['Display all 147 items? (y/n) ', '---(less 12%)---', '(END)'],
    renames: { 'modify sys global-settings hostname lb2.example.net': 'lb2.example.net' },
    transcripts: [
      {
        title: 'a long answer: a pager in reverse video that is wiped',
        before: 'root@(bigip1)(cfg-sync Standalone)(Active)(/Common)(tmos)# ',
        command: 'list ltm pool',
        received:
          'list ltm pool\r\nltm pool a { }\r\n\u001b[7m---(less 50%)---\u001b[m\r\u001b[Kltm pool b { }\r\n\u001b[7m(END)\u001b[m\r\u001b[Kroot@(bigip1)(cfg-sync Standalone)(Active)(/Common)(tmos)# ',
        output: 'ltm pool a { }\nltm pool b { }',
        mode: 'exec',
      },
    ],
  },
};
