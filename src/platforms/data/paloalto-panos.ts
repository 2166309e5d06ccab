import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { panosReadOnly } from './read-only-like.js';

// The role in a pair may change between two prompts. How the target vsys is shown was not verified: both ways that are
// described are taken.
const WHO = String.raw`(?<user>[^\s@]{1,64})@(?<host>[A-Za-z0-9][\w.-]{0,62}?)(?:[- ](?<context>vsys\d{1,3}))?(?:\([\w-]{1,30}\))?`;

const FAILED = '^(?:Server error|Validation Error|Commit failed|Error|Failed)\\b';

export const paloaltoPanos: Platform = {
  name: 'paloalto_panos',
  title: 'Palo Alto Networks PAN-OS',
  verified: [],
  sources: [
    'Palo Alto Networks, PAN-OS CLI Quick Start 10.2 and later: Change CLI Modes, Commit Configuration Changes, CLI Cheat Sheet: VSYS',
    'netmiko 4.8 paloalto_panos.py (preparation, words of a commit); Netshot Palo-Alto_PAN-OS.js (error texts, pager)',
    'published sessions of PAN-OS 8 to 10 (`commit partial admin`, the answer of a commit)',
  ],
  terminal: { type: 'vt100', columns: 500, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${WHO}>$`, enter: [] },
    config: {
      prompt: `^${WHO}#$`,
      above: { line: String.raw`^\[edit(?: .{1,400})?\]$`, stands: 'always' },
      enter: [{ from: 'exec', send: 'configure', refusals: [FAILED, '^Unknown command: '] }],
      // It leaves one level where the lines went deeper with `edit`; the candidate stays as it is.
      leave: { send: 'exit' },
    },
  },
  login: {
    ...commonLogin,
    // Where the banner is to be acknowledged: SSH asks before the password.
    acknowledge: [
      { prompt: String.raw`^Do you accept and acknowledge the statement above ?\? ?\(yes/no\) ?: ?$`, answer: 'yes' },
    ],
  },
  prepare: [
    { send: 'set cli scripting-mode on', in: ['exec'] },
    { send: 'set cli pager off', in: ['exec'] },
    { send: 'set cli terminal width 500', in: ['exec'] },
  ],
  pager: [
    {
      prompt: String.raw`^lines \d{1,9}-\d{1,9}(?:/\d{1,9})?(?: \d{1,3}%)?(?: \(END\))? ?$`,
      answer: ' ',
      ambiguous: true,
    },
  ],
  questions: [...commonQuestions, String.raw`\(y or n\) ?$`],
  refusals: ['^Unknown command: ', String.raw`^Invalid syntax\.`, '^(?:Server error|Validation Error) ?: '],
  beforeRefusal: [],
  // It is the prompt's only after the commit.
  renames: [String.raw`^\s*set\s+deviceconfig\s+system\s+hostname\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  commit: {
    // It takes everybody's pending changes along; `own` does not.
    send: 'commit',
    done: String.raw`^(?:Configuration committed successfully|There are no changes to commit)`,
    refusals: [FAILED],
    comment: 'commit description "{comment}"',
    own: 'commit partial admin {user}',
    check: { send: 'validate full', refusals: [FAILED] },
    discard: { send: 'revert config', refusals: [FAILED] },
  },
  context: {
    title: 'vsys',
    enter: ['set system setting target-vsys {name}'],
    leave: ['set system setting target-vsys none'],
    refusals: ['^(?:Server error|Invalid syntax)'],
  },
  detect: { probe: { send: 'show system info', answer: String.raw`^sw-version: \d` } },
  readOnly: panosReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: [
        ...['admin@PA-VM>', 'admin@PA-220> ', 'admin@PA-5220(active)>', 'svc.net@FW_1.dc-2.example(active-primary)>'],
        ...[
          'admin@PA-5220(passive)> ',
          'admin@PA-3050-vsys2>',
          'admin@PA-3050 vsys2(active)>',
          'a@Panorama(primary-active)>',
        ],
      ],
      config: [
        ...['[edit]\nadmin@PA-VM#', '[edit]\nadmin@PA-5220(active)# ', '[edit network interface]\nadmin@FW_1.dc-2#'],
        '[edit rulebase security rules "allow web"]\nadmin@PA-3050-vsys2(active)#',
      ],
    },
    noPrompts: [
      ...[
        '',
        'admin@PA-VM',
        'admin@PA-VM#',
        'text\nadmin@PA-VM#',
        '[edit]',
        '>',
        'admin@PA-VM> show',
        'user@',
        '@host>',
      ],
      'admin@PA-VM(a b)>',
    ],
    refused: [
      { answer: ['Unknown command: sett'], line: 'Unknown command: sett' },
      { answer: ['', 'Invalid syntax.'], line: 'Invalid syntax.' },
      {
        answer: ["Validation Error: rulebase -> security -> rules -> r1 -> to 'x' is not a valid reference"],
        line: "Validation Error: rulebase -> security -> rules -> r1 -> to 'x' is not a valid reference",
      },
      {
        answer: ['Server error : set failed, may need to override template object x first'],
        line: 'Server error : set failed, may need to override template object x first',
      },
    ],
    notRefused: [
      ['hostname: PA-VM', 'sw-version: 10.2.4', 'Unknown command: 0'],
      ['Time  Severity', '2026/11/20 10:00:00 info  general Unknown command', 'Invalid syntax.'],
    ],
    pagers: ['lines 1-23', 'lines 24-46/120 38%'],
    questions: ['Do you want to continue? (y or n) ', 'Please enter yes or no (yes/no) '],
    renames: { 'set deviceconfig system hostname fw-2': 'fw-2' },
    transcripts: [
      {
        title: 'a show command on the active one of a pair',
        before: 'admin@PA-5220(active)> ',
        command: 'show clock',
        received: 'show clock\r\n\r\nFri Nov 20 10:00:00 UTC 2026\r\n\r\nadmin@PA-5220(active)> ',
        output: '\nFri Nov 20 10:00:00 UTC 2026\n',
        mode: 'exec',
      },
      {
        title: 'a refused line of configuration',
        before: '[edit]\r\nadmin@PA-VM# ',
        command: 'set deviceconfig foo',
        received: 'set deviceconfig foo\r\n\r\nInvalid syntax.\r\n[edit]\r\nadmin@PA-VM# ',
        output: '\nInvalid syntax.',
        mode: 'config',
        refusal: 'Invalid syntax.',
      },
      {
        title: 'a commit that counts to a hundred on one line',
        before: '[edit]\r\nadmin@PA-VM# ',
        command: 'commit',
        received:
          'commit\r\n\r\nCommit job 7 is in progress. Use Ctrl+C to return to command prompt\r\n...........98%..............100%\r\nConfiguration committed successfully\r\n\r\n[edit]\r\nadmin@PA-VM# ',
        output:
          '\nCommit job 7 is in progress. Use Ctrl+C to return to command prompt\n...........98%..............100%\nConfiguration committed successfully',
        mode: 'config',
      },
    ],
  },
};
