import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosQuestions } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['4850GTS-PWR+>', 'ERS.Bldg_2>'],
    privileged: ['4850GTS-PWR+#', '5952GTS#', `${'E'.repeat(50)}#`],
    config: ['4850GTS-PWR+(config)#', 'ERS.Bldg_2(config-if)#', '5952GTS(config-ospf)#'],
  },
  noPrompts: [
    'Enter Ctrl-Y to begin.',
    '----More (q=Quit, space/return=Continue)----',
    '! Embedded ASCII Configuration Generator Script',
    '#',
  ],
  refused: [
    {
      answer: ['     ^', "% Invalid input detected at '^' marker."],
      line: "% Invalid input detected at '^' marker.",
    },
    { answer: ['% Cannot modify settings'], line: '% Cannot modify settings' },
    { answer: ['% No such VLAN'], line: '% No such VLAN' },
    { answer: ['% Bad port number.'], line: '% Bad port number.' },
  ],
  notRefused: [
    ['% The port is disabled'],
    ['Type Time           Idx Src Message', '---- -----', 'I    00:00:10  1', 'x', '% No such VLAN'],
  ],
  pagers: ['----More (q=Quit, space/return=Continue)----'],
  questions: ['Reset to defaults (y/n) ? '],
  renames: { 'snmp-server name core1': 'core1' },
  transcripts: [
    {
      title: 'a line that is no command',
      before: '4850GTS-PWR+#',
      command: 'show vlann',
      received: "show vlann\r\n             ^\r\n% Invalid input detected at '^' marker.\r\n4850GTS-PWR+#",
      output: "             ^\n% Invalid input detected at '^' marker.",
      mode: 'privileged',
      refusal: "% Invalid input detected at '^' marker.",
    },
  ],
};

export const extremeErs: Platform = {
  name: 'extreme_ers',
  title: 'Extreme ERS (BOSS, earlier Avaya and Nortel BayStack)',
  verified: [],
  sources: [
    'Control::CLI::Extreme 1.04, CPAN: LoginPatterns, InitPrompt, MorePrompt, ErrorPatterns of BaystackERS',
    'oxidized model boss (ERS 3510, 4850, 5530, 5952); netmiko extreme_ers_ssh.py; NOC profile Nortel.BayStack425',
  ],
  terminal: { type: 'vt100', columns: 132, rows: 24, newline: '\r' },
  modes: iosModes({ host: String.raw`(?<host>[^\s#>()]{1,50})` }),
  login: {
    ...commonLogin,
    username: '^(?:enter )?username: ?$',
    password: '^(?:enter )?password: ?$',
    refusals: [
      ...commonLogin.refusals,
      '^Incorrect ',
      '^Access Denied from RADIUS',
      '^[nN]o (?:response|reply) from RADIUS',
    ],
    // The menu of old models is a screen of its own; there `cmd-interface cli` must be set.
    answers: [
      { prompt: String.raw`^\s*Enter Ctrl-Y to begin\.?\s*$`, answer: '\x19' },
      { prompt: '^Press ENTER to continue', answer: '\r' },
    ],
    wake: '\x19',
  },
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 132' }],
  pager: [{ prompt: String.raw`^----More \(q=Quit, space/return=Continue\)----$`, answer: ' ' }],
  questions: [...iosQuestions, String.raw`\(y/n\) ?\? ?$`],
  refusals: [
    '^% ?(?:Invalid input detected|Incomplete command|Ambiguous command|Cannot modify settings|Bad (?:port|unit) number)',
    '^% (?:No such VLAN|Bad VLAN list format|View name does not exist|Partial configuration of|Bad format, use forms)',
    "^% User '?\\w+'? (?:does not exist|already exists)",
  ],
  beforeRefusal: [],
  // Common knowledge, not read in a source: this line.
  renames: [String.raw`^\s*snmp-server name\s+"?(?<host>[^"\s]{1,50})"?\s*$`],
  helpKey: '?',
  save: { send: 'save config', in: 'privileged' },
  detect: { probe: { send: 'show version', answer: String.raw`^sysDescr: +Ethernet Routing Switch` } },
  readOnly: showReadOnly,
  exit: 'logout',
  cases,
};
