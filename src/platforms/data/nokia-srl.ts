import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

/** The second line; the first tells the mode. */
const LINE = String.raw`^[A-D]:(?:(?<user>[^\s@#]{1,64})@)?(?<host>[^\s@#]{1,63})#$`;

/** The first line: marks of what was not committed, not saved, committed by others; the mode; the context. */
const above = (mode: string) => ({
  line: String.raw`^--\{ (?:\[\w{1,20}\] )?[!+* ]{0,4}${mode} ?\}--\[.{0,400}\]--$`,
  stands: 'always' as const,
});

const FAILED = '^(?:Error|Parsing error)(?:: | at )';
const candidate = (how: string) => ({ from: 'exec', send: `enter candidate${how}`, refusals: [FAILED] });
// Without changes it only leaves.
const leave = { send: 'discard now' };

export const nokiaSrl: Platform = {
  name: 'nokia_srl',
  title: 'Nokia SR Linux',
  verified: [],
  sources: [
    'Nokia, SR Linux documentation: CLI prompt, candidate modes, commit (learn.srlinux.dev tutorials show the sessions)',
    'netmiko 4.8 nokia_srl.py (prompt, preparation, `save startup`)',
    'published sessions of SR Linux 24.10: `[FACTORY]` in the prompt, `Parsing error: Unknown token`',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: LINE, above: above('(?:running|state|show)(?: [^}]{1,80})?'), enter: [] },
    // One's own candidate: nobody else's changes go along with a commit.
    config: {
      prompt: LINE,
      above: above('candidate private(?: [^}]{1,80})?'),
      enter: [{ ...candidate(' private'), variant: 'private' }],
      leave,
    },
    'config-exclusive': {
      prompt: LINE,
      above: above('candidate (?:shared )?exclusive(?: [^}]{1,80})?'),
      enter: [candidate(' exclusive')],
      leave,
    },
    // Shared with everybody else: what it commits may be somebody else's.
    'config-shared': {
      prompt: LINE,
      above: above('candidate shared(?! exclusive)(?: [^}]{1,80})?'),
      enter: [candidate('')],
      leave,
    },
  },
  login: commonLogin,
  // The other engine repaints the line and draws a bar of its own at the bottom.
  prepare: [{ send: 'environment cli-engine type basic' }, { send: 'environment complete-on-space false' }],
  pager: [],
  questions: commonQuestions,
  refusals: [FAILED],
  beforeRefusal: [],
  renames: [String.raw`^\s*set\s+/?\s*system\s+name\s+host-name\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  save: { send: 'save startup', refusals: [FAILED] },
  commit: {
    send: 'commit stay',
    done: '^All changes have been committed',
    refusals: [FAILED],
    check: { send: 'commit validate', refusals: [FAILED] },
    discard: { send: 'discard stay', refusals: [FAILED] },
    confirmed: {
      send: 'commit confirmed timeout {time}',
      unit: 'seconds',
      refusals: [FAILED],
      confirm: { send: 'commit confirmed accept', refusals: [FAILED] },
    },
  },
  detect: { banner: '^Welcome to the srlinux CLI' },
  exit: 'quit',
  cases: {
    prompts: {
      exec: [
        '--{ running }--[  ]--\nA:srl1#',
        '--{ + running }--[ network-instance default ]--\nA:srl1# ',
        '--{ [FACTORY] running }--[  ]--\nA:clab-autocon2-srl1#',
        '--{ running }--[ interface ethernet-1/1 subinterface 1 ]--\nB:LEAF_1.dc-1#',
        '--{ running }--[  ]--\nA:admin@srl1#',
      ],
      config: [
        '--{ candidate private private-admin }--[  ]--\nA:router-east#',
        '--{ * candidate private private-admin }--[ interface ethernet-1/1 ]--\nA:ams01# ',
        '--{ [FACTORY] + candidate private private-admin }--[  ]--\nA:srl1#',
        '--{ !* candidate private private-admin }--[  ]--\nA:srl1#',
      ],
      'config-exclusive': [
        '--{ * candidate exclusive private-admin }--[  ]--\nA:srl1#',
        '--{ candidate exclusive }--[  ]--\nA:a#',
      ],
      'config-shared': [
        '--{ candidate shared default }--[  ]--\nA:srl1#',
        '--{ +* candidate shared default }--[ system logging file greeter ]--\nA:greeter# ',
      ],
    },
    noPrompts: ['', '#', 'A:srl1#', 'A:srl1# info', '--{ running }--[  ]--', 'x\nA:srl1#', 'E:srl1#', '| A:x |'],
    refused: [
      {
        answer: ["Parsing error: Unknown token 'information'. Options are ['#', 'acl']"],
        line: "Parsing error: Unknown token 'information'. Options are ['#', 'acl']",
      },
      { answer: ["Error: Path '/x' is invalid"], line: "Error: Path '/x' is invalid" },
    ],
    notRefused: [
      ['All changes have been committed. Starting new transaction.'],
      ['    statistics {', 'Error: 0', '    }', '', 'Error: 1'],
    ],
    renames: { 'set / system name host-name leaf2': 'leaf2' },
    transcripts: [
      {
        title: 'a commit that stays in the candidate',
        before: '\r\n--{ * candidate private private-admin }--[  ]--\r\nA:srl1# ',
        command: 'commit stay',
        received:
          'commit stay\r\nAll changes have been committed. Starting new transaction.\r\n\r\n--{ + candidate private private-admin }--[  ]--\r\nA:srl1# ',
        output: 'All changes have been committed. Starting new transaction.',
        mode: 'config',
      },
    ],
  },
};
