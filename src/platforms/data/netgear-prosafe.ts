import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { fastpathMore, fastpathSave } from './fastpath-like.js';
import { iosEnable, iosLogin, iosMore, iosQuestions } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

const HOST = String.raw`\((?<host>[^()]{1,64})\)`;

const cases: PlatformCases = {
  prompts: {
    exec: ['(M4300-28G) >', '(GSM7224 hall 2) >'],
    privileged: ['(M4300-28G) #', '(sw.example_1) #', `(${'M'.repeat(64)}) #`],
    config: [
      '(M4300-28G) (Config)#',
      '(M4300-28G) (Interface 1/0/1)#',
      '(M4300-28G) (Vlan)#',
      '(M4300-28G) (Config-router)#',
    ],
  },
  noPrompts: ['(M4300-28G)#', '--More-- or (q)uit', '() #', '!(Config)#'],
  refused: [
    {
      answer: ['                 ^', "% Invalid input detected at '^' marker."],
      line: "% Invalid input detected at '^' marker.",
    },
    {
      answer: ['Command not found / Incomplete command. Use ? to list commands.'],
      line: 'Command not found / Incomplete command. Use ? to list commands.',
    },
  ],
  notRefused: [
    ['Management interfaces will not be available during this time.'],
    ['!', '! Invalid input: 0', 'x', 'y', '% Invalid input'],
  ],
  pagers: ['--More-- or (q)uit', '--More--'],
  questions: ['Are you sure you want to save? (y/n) ', 'User:', 'Password:'],
  renames: { 'hostname access1': 'access1', 'hostname "hall 2"': 'hall 2' },
  transcripts: [
    {
      title: 'a blank between the name and what follows',
      before: '\r\n(M4300-28G) #',
      command: 'show foo',
      received: "show foo\r\n\r\n          ^\r\n% Invalid input detected at '^' marker.\r\n\r\n(M4300-28G) #",
      output: "\n          ^\n% Invalid input detected at '^' marker.\n",
      mode: 'privileged',
      refusal: "% Invalid input detected at '^' marker.",
    },
  ],
};

export const netgearProsafe: Platform = {
  name: 'netgear_prosafe',
  title: 'Netgear ProSAFE (managed switches)',
  verified: [],
  sources: [
    'netmiko netgear_prosafe_ssh.py (enable before paging, the question of write memory); oxidized model netgear',
    'Control::CLI::Extreme 1.04, CPAN: Series200, the same switch software under another name (prompts, pager, errors)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST} >$`, enter: [] },
    privileged: { prompt: `^${HOST} #$`, enter: [iosEnable] },
    config: {
      prompt: String.raw`^${HOST} \([A-Z][^()]{0,60}\)#$`,
      enter: [{ from: 'privileged', send: 'configure', refusals: [] }],
      leave: { send: 'exit' },
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal length 0', in: ['privileged'] }],
  pager: [iosMore, fastpathMore],
  questions: [...iosQuestions, String.raw`\(y/n\) ?$`],
  refusals: [
    '^% ?(?:Invalid input detected|Incomplete command|Ambiguous command)',
    '^Command not found / Incomplete command',
  ],
  beforeRefusal: [],
  renames: [String.raw`^\s*hostname\s+"?(?<host>(?<=")[^"]{1,64}|(?<!")[^\s"]{1,64})"?\s*$`],
  helpKey: '?',
  save: {
    send: 'write memory',
    in: 'privileged',
    answers: [fastpathSave],
    refusals: ['^Configuration Not Saved'],
  },
  readOnly: showReadOnly,
  exit: 'logout',
  cases,
};
