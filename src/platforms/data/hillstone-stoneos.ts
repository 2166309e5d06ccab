import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

// The role in a pair stands behind the name: master or backup.
const HOST = String.raw`(?<host>[A-Za-z0-9_][^\s#>()]{0,62})(?:\([A-Z]\))?`;

const cases: PlatformCases = {
  prompts: {
    privileged: ['SG-6000#', 'SG-6000(M)#', 'fw.example_1(B)#', `${'S'.repeat(63)}#`],
    config: ['SG-6000(config)#', 'SG-6000(M)(config)#', 'SG-6000(config-if-eth0/0)#', 'fw(B)(config-policy-rule)#'],
  },
  noPrompts: [' --More-- ', '#', 'SG-6000>', '!SG-6000'],
  refused: [
    { answer: ["% Invalid input detected at '^' marker."], line: "% Invalid input detected at '^' marker." },
    { answer: ['% Incomplete command'], line: '% Incomplete command' },
  ],
  notRefused: [['Building configuration..', 'Version 5.5', 'a', 'b', '% Incomplete command']],
  pagers: [' --More-- '],
  questions: ['login: ', 'Password: ', 'Save configuration, are you sure? [y]/n: '],
  renames: { 'hostname fw1': 'fw1' },
  transcripts: [
    {
      title: 'the mode of configuration of one of a pair',
      before: 'SG-6000(M)# ',
      command: 'configure',
      received: 'configure\r\nSG-6000(M)(config)# ',
      output: '',
      mode: 'config',
    },
  ],
};

export const hillstoneStoneos: Platform = {
  name: 'hillstone_stoneos',
  title: 'Hillstone StoneOS',
  verified: [],
  sources: [
    'show version as published: Hillstone StoneOS software, Version 5.5',
    'netmiko hillstone.py (no enable, configure, terminal length 0, save all and its question)',
    'oxidized model stoneos (login, pager, terminal width 512)',
  ],
  terminal: { type: 'vt100', columns: 512, rows: 24, newline: '\r' },
  modes: {
    privileged: { prompt: `^${HOST}#$`, enter: [] },
    config: {
      prompt: String.raw`^${HOST}\(conf[^)]*\)#$`,
      enter: [{ from: 'privileged', send: 'configure', refusals: [] }],
      leave: { send: 'end' },
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 512' }],
  pager: [iosMore],
  questions: [...iosQuestions, String.raw`\[y\]/n ?: ?$`],
  // Not written down by the vendor's users; they are the family's.
  refusals: ['^% ?(?:Invalid input|Incomplete command|Ambiguous command|Unrecognized command)'],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'save all', in: 'privileged', answers: [{ prompt: String.raw`\[y\]/n ?: ?$`, answer: 'y\r' }] },
  detect: { probe: { send: 'show version', answer: String.raw`^Hillstone (?:Networks )?StoneOS software` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
