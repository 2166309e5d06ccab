import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const HOST = String.raw`\*?(?<host>[A-Za-z0-9_][\w.-]{0,62})`;

const cases: PlatformCases = {
  prompts: {
    exec: ['ETX-2i#', 'ETX-203AX# ', '*site_2.example#', `${'R'.repeat(63)}#`],
    config: ['ETX-2i>config#', 'ETX-2i>config>port>shdsl(1/1)#', 'ETX-203AX>config>router(1)>interface(2)# '],
  },
  noPrompts: ['#', '# cli error: command not recognized', 'user>', '>config>', 'ETX-2i>config>'],
  refused: [
    {
      answer: ['#                           ^', '# cli error: command not recognized'],
      line: '# cli error: command not recognized',
    },
    { answer: ["# cli error: Entry instance doesn't exist"], line: "# cli error: Entry instance doesn't exist" },
  ],
  notRefused: [['Name : ETX-2i', 'Location : x', 'Contact : y', 'Sw : 6.8.1', '# cli error: none']],
  questions: ['user>', 'password>', 'Are you sure? [yes/no] _ '],
  transcripts: [
    {
      title: 'the errors are comments',
      before: 'ETX-2i# ',
      command: 'shwo',
      received: 'shwo\r\n#       ^\r\n# cli error: command not recognized\r\nETX-2i# ',
      output: '#       ^\n# cli error: command not recognized',
      mode: 'exec',
      refusal: '# cli error: command not recognized',
    },
  ],
};

export const radEtx: Platform = {
  name: 'rad_etx',
  title: 'RAD ETX',
  verified: [],
  sources: [
    'netmiko rad_etx.py (ETX-203AX, 205A, 220A: login, admin save)',
    'published notes on an ETX-2i with its prompts and errors (# cli error: …)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST}#$`, enter: [] },
    config: {
      prompt: String.raw`^${HOST}(?:>[^\s>#]{1,60}){1,10}#$`,
      enter: [{ from: 'exec', send: 'configure', refusals: ['^# cli error: '] }],
      // Common knowledge, not read in a source: this line.
      leave: { send: 'exit all' },
    },
  },
  login: { ...commonLogin, username: '^user> ?$', password: '^password> ?$' },
  // `configure terminal length 0` is a line of the configuration, so the pager is answered; how it is spelt is written down
  // nowhere, so that any usual spelling is taken.
  prepare: [],
  pager: [{ prompt: String.raw`^[ <-]*more(?: ?\.{2,3})?[ >-]*$`, answer: ' ', ambiguous: true }],
  questions: [...commonQuestions, String.raw`\[yes/no\] ?_? ?$`],
  refusals: ['^# cli error: '],
  beforeRefusal: [String.raw`^#\s*\^\s*$`],
  renames: [],
  helpKey: '?',
  save: { send: 'admin save', in: 'exec' },
  exit: 'logout',
  cases,
};
