import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { frrReadOnly } from './read-only-like.js';

const HOST = String.raw`(?<host>[^\s#>()]{1,63})`;

export const frr: Platform = {
  name: 'frr',
  title: "FRRouting's vtysh, and its daemons' telnet vty",
  verified: [
    {
      by: 'device',
      what: 'FRRouting 8.4 (Debian 12): vtysh over OpenSSH, zebra over telnet; write memory; lines sent ahead, 32 at a time',
    },
  ],
  sources: [
    'FRRouting documentation: VTY shell, Basic commands',
    'FRRouting 8.4 lib/vty.c, lib/command.c (error texts), vtysh/vtysh.c (write memory)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST}>$`, enter: [] },
    privileged: {
      prompt: `^${HOST}#$`,
      enter: [
        {
          from: 'exec',
          send: 'enable',
          secretPrompt: String.raw`^Password: ?$`,
          refusals: [String.raw`^% Bad enable passwords, too many failures!`],
        },
      ],
    },
    config: {
      prompt: String.raw`^${HOST}\(config[^)]*\)#$`,
      enter: [{ from: 'privileged', send: 'configure terminal', refusals: [String.raw`^VTY configuration is locked`] }],
      leave: { send: 'end' },
    },
  },
  login: { ...commonLogin, refusals: [...commonLogin.refusals, String.raw`^% Bad passwords, too many failures!`] },
  prepare: [{ send: 'terminal length 0' }],
  pager: [{ prompt: String.raw`^ ?--More-- ?$`, answer: ' ' }],
  questions: commonQuestions,
  refusals: [
    // A daemon puts its name in front: `% [ZEBRA] Unknown command: bogus`.
    String.raw`^% (?:\[[A-Z0-9]+\] )?(?:Unknown command|Ambiguous command|Command incomplete|There is no matched command|Command not found)`,
    String.raw`^% (?:\[[A-Z0-9]+\] )?(?:Malformed|Invalid|Configuration failed|No such)`,
  ],
  beforeRefusal: [],
  // With `terminal monitor`.
  messages: [String.raw`^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? [A-Z]{2,12}: `],
  renames: [String.raw`^\s*hostname\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  ahead: [
    String.raw`^(?:no )?ip(?:v6)? route \S`,
    String.raw`^(?:no )?ip(?:v6)? prefix-list \S+ (?:seq \d+ )?(?:permit|deny) \S`,
    String.raw`^(?:no )?(?:ipv6 )?access-list \S+ (?:seq \d+ )?(?:permit|deny) \S`,
  ],
  save: {
    send: 'write memory',
    in: 'privileged',
    // vtysh writes one file for all daemons, a daemon's own vty its own.
    done: String.raw`^(?:\[OK\]|Configuration saved to \S+)$`,
    refusals: ['^% Error: ', '^Error renaming ', "^Can't open "],
  },
  detect: {
    banner: String.raw`^Hello, this is FRRouting \(version `,
    // lib/command.c, show_version: FRR_FULL_NAME and the version.
    probe: { send: 'show version', answer: String.raw`^FRRouting \d` },
  },
  readOnly: frrReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['R1>', 'R1> ', 'debian>'],
      privileged: ['R1#', 'R1# ', 'e2f8b1c0.example#', `${'h'.repeat(63)}# `],
      config: [
        'R1(config)#',
        'R1(config-if)# ',
        'R1(config-router)#',
        'R1(config-route-map)#',
        'R1(config-router-af)# ',
      ],
    },
    noPrompts: ['R1', 'R1(config)', '% R1#', 'R1 >', '', '#', 'Password: '],
    refused: [
      { answer: ['% Unknown command: show bogus'], line: '% Unknown command: show bogus' },
      { answer: ['% [ZEBRA] Unknown command: bogus line'], line: '% [ZEBRA] Unknown command: bogus line' },
      { answer: ['% Command incomplete.'], line: '% Command incomplete.' },
      { answer: ['% Ambiguous command: s'], line: '% Ambiguous command: s' },
    ],
    notRefused: [
      ['K>* 0.0.0.0/0', '% Unknown command: bogus'],
      ['% Network not in table'],
      ['Percent % Unknown command'],
      ['Note: this version of vtysh never writes vtysh.conf'],
    ],
    pagers: [' --More-- ', '--More--'],
    questions: ['Password: '],
    renames: { 'hostname R9': 'R9', ' hostname core-1.example.net ': 'core-1.example.net' },
    transcripts: [
      {
        title: 'a word that a daemon does not know',
        before: 'R1(config)# ',
        command: 'bogus line',
        received: 'bogus line\r\n% [ZEBRA] Unknown command: bogus line\r\nR1(config)# ',
        output: '% [ZEBRA] Unknown command: bogus line',
        mode: 'config',
        refusal: '% [ZEBRA] Unknown command: bogus line',
      },
      {
        title: 'the configuration of one daemon is saved',
        before: 'R1# ',
        command: 'write memory',
        received: 'write memory\r\nConfiguration saved to /etc/frr/zebra.conf\r\nR1# ',
        output: 'Configuration saved to /etc/frr/zebra.conf',
        mode: 'privileged',
      },
    ],
  },
};
