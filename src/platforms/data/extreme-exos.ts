import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { lsSize } from './files-like.js';

// A mark of what does not hold, one of unsaved changes, a virtual router or another state, the place in a stack; then
// the name, and a number that grows with each command.
const BEFORE = String.raw`^(?:! )?(?:\* )?(?:\([^()]{1,40}\) )?(?:Slot-\d{1,2} )?(?:VPEX )?`;
const HOST = String.raw`(?<host>\(?[\w.~-]{1,63}\)?)`;

const cases: PlatformCases = {
  prompts: {
    exec: ['X460-48t.1 > ', '* Slot-1 access.sw.7 > '],
    privileged: [
      'X460G2-48t-10G4.15 # ',
      '* Slot-2 Core_SW.example.net.1024 # ',
      '* (pending-AAA) sw1.2 # ',
      'VPEX bridge.3 # ',
      '! * (old).9 # ',
      `${'s'.repeat(63)}.1 # `,
    ],
  },
  noPrompts: [
    'X460-48t # ',
    '# Module vlan configuration.',
    '#',
    '* = current partition',
    'Press <SPACE> to continue or <Q> to quit:',
  ],
  refused: [
    {
      answer: ['               ^', "%% Invalid input detected at '^' marker."],
      line: "%% Invalid input detected at '^' marker.",
    },
    { answer: ['%% Incomplete command'], line: '%% Incomplete command' },
    { answer: ['Error: vlan red already exists.'], line: 'Error: vlan red already exists.' },
  ],
  notRefused: [
    ['Port   Rx errors', '1      0', '2      0', '3      0', 'Error: not counted'],
    ['05/01/2026 10:00:00.1 <Warn:EPM.wdg> Error: %% Invalid input was logged'],
  ],
  pagers: ['Press <SPACE> to continue or <Q> to quit:'],
  questions: [
    'Do you want to save configuration to primary.cfg and overwrite it? (y/N) ',
    'Are you sure you want to reboot the switch? (y/N) ',
    'Do you wish to save your configuration changes to primary.cfg? (y or n) ',
  ],
  renames: { 'configure snmp sysName "core-1"': 'core-1', 'configure snmp sysname core-1': 'core-1' },
  transcripts: [
    {
      title: 'the number grows with every command',
      before: '* X460.7 # ',
      command: 'show vlan red',
      received:
        "show vlan red\r\r\n                       ^\r\n%% Invalid input detected at '^' marker.\r\n* X460.8 # ",
      output: "                       ^\n%% Invalid input detected at '^' marker.",
      mode: 'privileged',
      refusal: "%% Invalid input detected at '^' marker.",
    },
    {
      title: 'a change puts the mark of unsaved changes before the name',
      before: 'X460.1 # ',
      command: 'create vlan red',
      received: 'create vlan red\r\n* X460.2 # ',
      output: '',
      mode: 'privileged',
    },
  ],
};

export const extremeExos: Platform = {
  name: 'extreme_exos',
  title: 'Extreme Networks ExtremeXOS / Switch Engine',
  verified: [
    {
      by: 'documentation',
      what: 'Switch Engine 32.2 User Guide, Understanding the Operating System Shell (documentation.extremenetworks.com/switchengine_32.2/GUID-04B9BCFD-42ED-4810-AEB5-521F6A40A3DE.shtml): pages, and that it adjusts to the window',
    },
  ],
  sources: [
    'https://documentation.extremenetworks.com/switchengine_32.2/ (operating system shell)',
    'Control::CLI::Extreme 1.04, CPAN: InitPrompt, MorePrompt, ErrorPatterns of ExtremeXOS',
    'community.network terminal plugin exos; oxidized model xos; NOC profile Extreme.XOS',
    'Files: netmiko 4, extreme_exos.py (/usr/local/cfg, ls; no checksum)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: String.raw`${BEFORE}${HOST}\.\d{1,9} >$`, enter: [] },
    // The account alone decides; there is no way from the one to the other.
    privileged: { prompt: String.raw`${BEFORE}${HOST}\.\d{1,9} #$`, enter: [] },
  },
  login: { ...commonLogin, refusals: [...commonLogin.refusals, '^Access Denied from RADIUS'] },
  // Without `session` it would be a change of the configuration; where that word is not known, the pager is answered.
  prepare: [{ send: 'disable clipaging session' }],
  pager: [{ prompt: '^Press <SPACE> to continue or <Q> to quit:$', answer: ' ' }],
  questions: [...commonQuestions, String.raw`\(y or n\) ?$`, String.raw`\(y - [^()]{1,60}<cr> - [^()]{1,30}\) ?$`],
  refusals: [
    '^%% (?:Invalid|Incomplete|Ambiguous|Unrecognized) ',
    '^Error: .*(?:already|not)',
    '^Error: (?:Invalid|Unknown|You )',
    '^(?:Permission denied|% ?Error)',
  ],
  beforeRefusal: [],
  renames: [String.raw`^\s*configure snmp sys[nN]ame "?(?<host>[^"\s]{1,63})"?\s*$`],
  helpKey: '?',
  configureIn: 'privileged',
  save: {
    send: 'save configuration',
    in: 'privileged',
    // One key: the device prints the word itself.
    answers: [
      { prompt: String.raw`^Do you want to save configuration to .{1,80} and overwrite it\? \(y/N\) ?$`, answer: 'y' },
    ],
    // Common knowledge, not read in a source: the one key and these words.
    done: '^Configuration saved to ',
  },
  detect: { banner: '^ExtremeXOS', prompt: String.raw`^(?:\* )?(?:Slot-\d+ )?[\w.~-]{1,63}\.\d{1,9} #$` },
  files: {
    protocols: ['scp', 'sftp'],
    fileSystem: '/usr/local/cfg/',
    size: { send: 'ls {path}', answer: lsSize, absent: 'No such file or directory|Invalid pathname' },
    free: { send: 'ls {folder}', answer: String.raw`\s(?<free>\d+)\s+\d+%$`, unit: 1024 },
    remove: 'rm {path}',
  },
  exit: 'exit',
  cases,
};
