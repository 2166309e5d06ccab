import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

// What is wrong stands before the name, the role in a cluster and who manages it behind.
const WHO = String.raw`(?:\[\w{1,20}\])?(?<host>[A-Za-z0-9_][\w.-]{0,62})(?:<[\w-]{1,30}>){0,3}`;

export const watchguardFireware: Platform = {
  name: 'watchguard_fireware',
  title: 'WatchGuard Fireware',
  verified: [],
  sources: [
    'WatchGuard, Fireware Command Line Interface Reference: Command Modes',
    'netmiko 4.8 fireware_ssh.py; oxidized firewareos.rb (prompts, disclaimer); published sessions (`WG(config/policy)#`)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // Which sign it is depends on the user who is logged in; nothing leads from one to the other.
    exec: { prompt: `^${WHO}>$`, enter: [] },
    privileged: { prompt: `^${WHO}#$`, enter: [] },
    config: {
      prompt: String.raw`^${WHO}\(config[^)\s]{0,120}\)#$`,
      enter: [{ from: 'privileged', send: 'configure', refusals: [String.raw`^\s*%`] }],
      leave: { send: 'exit' },
    },
  },
  login: commonLogin,
  prepare: [],
  pager: [],
  // To accept a disclaimer is a person's business: it is reported, not answered.
  questions: [...commonQuestions, String.raw`\(yes or no\)\? ?$`],
  // Not verified: for want of a source these are the words of other IOS-like systems.
  refusals: [String.raw`^% ?(?:Invalid input|Incomplete command|Ambiguous command|Unrecognized command)`],
  beforeRefusal: [],
  renames: [],
  helpKey: '?',
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['WG>', 'WG<managed-by-wsm>>', '[FAULT]WG<non-master>> '],
      privileged: ['WG#', 'WG<managed-by-wsm><master>#', '[FAULT]WG#'],
      config: ['WG(config)#', 'WG(config/policy)# ', 'WG<master>(config/if-fe-0)#'],
    },
    noPrompts: ['', '#', 'WG', 'WG# show', 'WG (config)#', '[FAULT]', '<a>', 'a b#'],
    refused: [
      {
        answer: ['      ^', "% Invalid input detected at '^' marker."],
        line: "% Invalid input detected at '^' marker.",
      },
    ],
    notRefused: [['-- System information', '   % of memory: 40', '% Invalid input']],
    questions: ['I have read and accept the Logon Disclaimer message. (yes or no)? '],
    transcripts: [
      {
        title: 'into a section of the configuration',
        before: 'WG(config)#',
        command: 'policy',
        received: 'policy\r\nWG(config/policy)#',
        output: '',
        mode: 'config',
      },
    ],
  },
};
