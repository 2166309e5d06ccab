import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosQuestions, iosRefusals } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

/**
 * The name in parentheses, then a mark of changes not written (`^`) or of a crash (`*`), then the node of the hierarchy
 * that a Mobility Conductor stands at.
 */
const HOST = String.raw`\((?<host>[^()\s]{1,63})\) ?[*^]{0,2}(?:\[[^\]]{1,100}\])?`;

export const arubaOs: Platform = {
  name: 'aruba_os',
  title: 'ArubaOS on mobility controllers and conductors (6.x, 8.x)',
  verified: [],
  sources: [
    'netmiko 4.8 aruba/aruba_os.py; scrapli 2 aruba_wlc.yaml (enable, no paging, error texts)',
    'netmiko issues 1252, 2502 and netdev issue 5: dialogues with ArubaOS 8 controllers (prompts, hostname, write memory)',
    'unicon.plugins tests/mock_data/arubaos (prompt of a Mobility Conductor)',
    'NOC sa/profiles/Aruba/ArubaOS/profile.py (pager, parse error)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST} ?>$`, enter: [] },
    privileged: {
      prompt: `^${HOST} ?#$`,
      enter: [
        {
          from: 'exec',
          send: 'enable',
          secretPrompt: String.raw`^(?:enable )?Password: ?$`,
          refusals: ['^(?:Access denied|Authentication failed|Invalid password)'],
        },
      ],
    },
    config: {
      prompt: String.raw`^${HOST} ?\(config[^()]*\) ?#$`,
      // Spelled out: the command line completes a word at the blank behind it.
      enter: [{ from: 'privileged', send: 'configure terminal', refusals: [] }],
      leave: { send: 'end' },
    },
  },
  login: commonLogin,
  prepare: [{ send: 'no paging', in: ['privileged'] }],
  pager: [
    { prompt: String.raw`^--More-- \(q\) quit \(u\) pageup \(/\) search \(n\) repeat ?$`, answer: ' ' },
    { prompt: '^--More-- ?$', answer: ' ' },
  ],
  questions: iosQuestions,
  refusals: [...iosRefusals, '^% (?:Parse error|Wrong parameter|Too many parameters)'],
  beforeRefusal: [],
  // Since 8.x the name is another one only after `write memory`, as every pending change.
  renames: [String.raw`^\s*hostname\s+"?(?<host>[^\s"]+)"?\s*$`],
  helpKey: '?',
  // From 8.x on it also makes pending changes take effect, on this node and those below it.
  save: { send: 'write memory', in: 'privileged', done: String.raw`^Configuration Saved\.` },
  detect: { probe: { send: 'show version', answer: '^(?:Aruba Operating System Software|ArubaOS \\()' } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['(Aruba7005) >', '(wlc-1.example.net) >', '(host)>'],
      privileged: [
        ...['(Aruba7005) #', '(ArubaMM) *[mynode] #', '(MM-03) *[mynode] #', '(ArubaMC-VA) [mynode] #', '(wlc1) *#'],
        ...['(ArubaMC-VA) ^[mynode] #', '(MM-03) [Branches] #', '(MM_03) ^[00:0b:86:00:00:01] #'],
      ],
      config: [
        ...['(Aruba7005) (config) #', '(NEW_NAME) ^[mynode] (config) #', '(ArubaMC-VA) [mynode] (config-submode)#'],
        ...['(ArubaMC-VA) ^[mynode] (config-submode)#', '(host) (config-if)#'],
      ],
    },
    noPrompts: [
      '(Aruba7005)',
      '',
      '#',
      'Aruba7005#',
      '() #',
      '(a b) #',
      '(host) [mynode]',
      'Password: ',
      '(host) (boot) #',
    ],
    refused: [
      {
        answer: ['                   ^', "% Invalid input detected at '^' marker.", ''],
        line: "% Invalid input detected at '^' marker.",
      },
      { answer: ['% Incomplete command'], line: '% Incomplete command' },
      { answer: ['% Parse error'], line: '% Parse error' },
    ],
    notRefused: [
      ['% of airtime used: 40'],
      ['AP Active Table', '-----', '% Parse error'],
      ['Warning: User cannot be removed, it is in use'],
    ],
    pagers: ['--More-- (q) quit (u) pageup (/) search (n) repeat', '--More--'],
    questions: [
      'Do you really want to restart the system(y/n): ',
      'Password: ',
      'Do you want to save the configuration(y/n): ',
    ],
    renames: { 'hostname TURBO_CONTR': 'TURBO_CONTR' },
    transcripts: [
      {
        title: 'a change that is pending',
        before: '(NEW_NAME) [mynode] (config) #',
        command: 'hostname TURBO_CONTR',
        received: 'hostname TURBO_CONTR\r\n(NEW_NAME) ^[mynode] (config) #',
        output: '',
        mode: 'config',
      },
      {
        title: 'a word that is no command',
        before: '(Aruba7005) #',
        command: 'show bogus',
        received: "show bogus\r\n                   ^\r\n% Invalid input detected at '^' marker.\r\n\r\n(Aruba7005) #",
        output: "                   ^\n% Invalid input detected at '^' marker.\n",
        mode: 'privileged',
        refusal: "% Invalid input detected at '^' marker.",
      },
    ],
  },
};
