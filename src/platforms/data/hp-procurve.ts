import type { LoginData } from '../dialogue-data.js';
import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosQuestions } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

/** Names may hold blanks; an old switch that was told to send no escape sequences says so in front. */
const HOST = String.raw`(?:tty=\w{1,8} )?(?<host>[A-Za-z0-9_](?:[^\s#>()]| (?=[^\s#>()])){0,62})`;

const USERNAME = String.raw`^(?:(?:Please )?Enter (?:Login|User) ?Name|Login Name|User ?name|Login|User)\s?: ?$`;
const PASSWORD = String.raw`^(?:(?:Please )?Enter )?Password\s?: ?$`;

const login: LoginData = {
  ...commonLogin,
  username: USERNAME,
  password: PASSWORD,
  refusals: [...commonLogin.refusals, '^Invalid (?:password|username)'],
  answers: [
    { prompt: String.raw`^Press any key to continue ?$`, answer: ' ' },
    // The commander of an old stack offers its members: itself is the one that was called.
    { prompt: String.raw`^Enter switch number to connect to or <CR>: ?$`, answer: '\r' },
  ],
  wake: '\r',
};

export const hpProcurve: Platform = {
  name: 'hp_procurve',
  title: 'HPE ProCurve, ProVision and ArubaOS-Switch',
  verified: [
    {
      by: 'documentation',
      what: 'ArubaOS-Switch Management and Configuration Guide 16.10 (5200-6756), Error messages associated with the show interfaces command',
    },
  ],
  sources: [
    'HPE, ArubaOS-Switch 16.10 Management and Configuration Guide, part 5200-6756',
    'netmiko 4.8 hp/hp_procurve.py (key to continue, user name at enable, questions of logout)',
    'netmiko issues 187, 306, 1087, 1699 and oxidized procurve.rb: dialogues of login and logout as switches showed them',
    'NOC sa/profiles/HP/ProCurve/profile.py (pager)',
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
          usernamePrompt: USERNAME,
          secretPrompt: PASSWORD,
          refusals: ['^Invalid (?:password|username)'],
        },
      ],
    },
    // A context shows its own name alone: `(vlan-10)#`, `(eth-A1)#`, `(rip)#`.
    config: {
      prompt: String.raw`^${HOST}\([a-z][^\s()]{0,60}\)#$`,
      enter: [{ from: 'privileged', send: 'configure terminal', refusals: ['^Invalid input: '] }],
      leave: { send: 'end' },
    },
  },
  login,
  // Both want manager rights.
  prepare: [
    { send: 'no page', in: ['privileged'] },
    { send: 'terminal width 511', in: ['privileged'] },
  ],
  pager: [{ prompt: String.raw`^ ?-- MORE --, next page: Space, next line: Enter, quit: Control-C ?$`, answer: ' ' }],
  questions: [
    ...iosQuestions,
    String.raw`\[y/n/\^C\]\? ?$`,
    String.raw`^Enter switch number to connect to or <CR>: ?$`,
  ],
  refusals: ['^(?:Invalid|Incomplete|Ambiguous) input: ', '^Module not present for port or invalid port: '],
  beforeRefusal: [],
  renames: [String.raw`^\s*hostname\s+"?(?<host>[^\s"](?:[^"]{0,100}[^\s"])?)"?\s*$`],
  helpKey: '?',
  ahead: [String.raw`^(?:no )?ip(?:v6)? route \S`, String.raw`^\s*(?:no )?(?:\d+ )?(?:permit|deny|remark) \S`],
  // As the guides have it; not tried on a device.
  blocks: [{ start: String.raw`^\s*banner (?:motd|exec|last-login) "?(?<delimiter>[^\s\w"])"?\s*$` }],
  save: { send: 'write memory', in: 'privileged' },
  detect: {
    banner: String.raw`^(?:HP|HPE|ProCurve|Aruba|Hewlett-Packard)(?: Networking)? J[A-Z]?\d{3,5}[A-Z]+ `,
    probe: { send: 'show version', answer: '^ *Image stamp: ' },
  },
  readOnly: showReadOnly,
  exit: 'logout',
  cases: {
    prompts: {
      exec: ['HP-2530-24G>', 'ProCurve Switch 2650> ', 'Aruba-2930F-8G-PoEP-2SFPP> '],
      privileged: [
        'HP-2530-24G# ',
        'ProCurve Switch 2650# ',
        'tty=none device1# ',
        'sw_1.example.net#',
        'Aruba-VSF-2930F#',
      ],
      config: [
        ...[
          'HP-2530-24G(config)# ',
          'ProCurve Switch 2650(vlan-10)# ',
          'sw1(eth-A1)# ',
          'sw1(rip)#',
          'sw1(config-ext-nacl)#',
        ],
        'sw1(config-class)# ',
      ],
    },
    noPrompts: [
      ...['HP-2530-24G', '', '# ', 'sw1 (config)#', 'sw1(config)>', 'Press any key to continue', 'Port  Type #1 x'],
      'Please Enter Login Name: ',
    ],
    refused: [
      { answer: ['Invalid input: bogus'], line: 'Invalid input: bogus' },
      { answer: ['Incomplete input: custom'], line: 'Incomplete input: custom' },
      { answer: ['Ambiguous input: s'], line: 'Ambiguous input: s' },
      {
        answer: ['Module not present for port or invalid port: 99'],
        line: 'Module not present for port or invalid port: 99',
      },
    ],
    notRefused: [
      ['Status and Counters - Port Status', 'Invalid input: x'],
      ['  Invalid input: 0'],
      ['W 01/01/90 00:00:12 00077 ports: Invalid input: x'],
    ],
    pagers: ['-- MORE --, next page: Space, next line: Enter, quit: Control-C'],
    questions: [
      ...['Do you want to log out (y/n)? ', 'Do you want to log out [y/n]? ', 'Press any key to continue'],
      ...[
        'Do you want to save current configuration [y/n/^C]? ',
        'Please Enter Login Name: ',
        'Please Enter Password: ',
      ],
      'Enter switch number to connect to or <CR>: ',
    ],
    renames: { 'hostname edge-1': 'edge-1', 'hostname "HP Floor 2"': 'HP Floor 2' },
    transcripts: [
      {
        title: 'an answer among the escape sequences of a screen',
        before: '\x1b[24;1HHP-2530-24G# \x1b[24;1H\x1b[24;15H\x1b[24;1H\x1b[?25h\x1b[24;15H',
        command: 'show bogus',
        received:
          '\x1b[24;15Hshow bogus\x1b[24;15H\x1b[?25h\x1b[24;25H\x1b[1;0H\x1b[1M\x1b[24;1H\x1b[1L\x1b[24;25H\x1b[24;1H\x1b[2K\x1b[24;1H\x1b[?25h\x1b[24;1H\x1b[1;24r\x1b[24;1HInvalid input: bogus\r\n\r\x1b[1;24r\x1b[24;1H\x1b[24;1H\x1b[2K\x1b[24;1H\x1b[?25h\x1b[24;1H\x1b[24;1HHP-2530-24G# \x1b[24;1H\x1b[24;15H\x1b[24;1H\x1b[?25h\x1b[24;15H',
        output: 'Invalid input: bogus',
        mode: 'privileged',
        refusal: 'Invalid input: bogus',
      },
      {
        title: 'a switch that sends no escape sequences',
        before: 'tty=none device1# ',
        command: 'show clock',
        received: 'show clock\r\nSat Nov 21 13:21:22 2026\r\ntty=none device1# ',
        output: 'Sat Nov 21 13:21:22 2026',
        mode: 'privileged',
      },
    ],
  },
};
