import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const HOST = String.raw`(?<host>[^\s#>()%{}]{1,63})`;

/** What is asked after a command that takes more words; an Enter is the command as it stands. */
const MORE_WORDS = String.raw`^\{ .{1,200} ?\} ?: ?$`;
const justEnter = [{ prompt: MORE_WORDS, answer: '\r' }];

export const huaweiSmartax: Platform = {
  name: 'huawei_smartax',
  title: 'Huawei SmartAX OLTs: MA5600T, MA5800',
  verified: [],
  sources: [
    'netmiko 4.8 huawei_smartax.py; scrapli_definitions huawei_smartax.yaml; oxidized smartax.rb (preparation, prompts)',
    'published sessions of MA5600T and MA5800 (error texts, pager, `{ <cr>||<K> }:`, the question of `quit`)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST}>$`, enter: [] },
    privileged: {
      prompt: `^${HOST}#$`,
      enter: [{ from: 'exec', send: 'enable', refusals: [String.raw`^\s*% `] }],
    },
    config: {
      prompt: String.raw`^${HOST}\(config[^)\s]{0,80}\)#$`,
      enter: [{ from: 'privileged', send: 'config', answers: justEnter, refusals: [String.raw`^\s*% `] }],
      leave: { send: 'return' },
    },
    maintenance: {
      prompt: String.raw`^${HOST}\(diagnose\)%%$`,
      enter: [{ from: 'privileged', send: 'diagnose', answers: justEnter, refusals: [String.raw`^\s*% `] }],
      leave: { send: 'return' },
    },
  },
  login: {
    ...commonLogin,
    username: String.raw`^(?:>>)?User name ?: ?$`,
    password: String.raw`^(?:>>)?User password ?: ?$|${commonLogin.password}`,
    wake: '\r',
  },
  // `undo smart` first: without it the others ask for more words.
  prepare: [
    { send: 'undo smart', answers: justEnter },
    { send: 'scroll', answers: justEnter },
  ],
  pager: [{ prompt: String.raw`^ {0,4}---- More \( ?Press 'Q' to break ?\) ---- ?$`, answer: ' ' }],
  questions: [...commonQuestions, MORE_WORDS],
  refusals: [
    String.raw`^\s*% ?(?:Unknown command|Parameter error|Incomplete command|Ambiguous command|Too many parameters)`,
    String.raw`^\s*Failure: `,
  ],
  beforeRefusal: [],
  renames: [String.raw`^\s*sysname\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  save: { send: 'save', in: 'privileged', answers: justEnter },
  detect: { banner: 'Huawei Integrated Access Software' },
  exit: 'quit',
  cases: {
    prompts: {
      exec: ['MA5800-X2>', 'OLT-EXEMPLO-01>', 'POP03_OLT1_GPON_HUAWEI> '],
      privileged: ['MA5800-X17#', 'POP03_OLT1_GPON_HUAWEI#', 'olt.lab#'],
      config: ['MA5800-X17(config)#', 'MA5800-X17(config-if-gpon-0/2)#', 'MA5603T(config-gpon-lineprofile-200)# '],
      maintenance: ['MA5800-X17(diagnose)%%'],
    },
    noPrompts: ['', '#', '>', 'MA5800(diagnose)#', '{ <cr>||<K> }:', 'MA5800-X2>display', 'a b#', 'MA5800(config)>'],
    refused: [
      {
        answer: ['          ^', "  % Unknown command, the error locates at '^'"],
        line: "% Unknown command, the error locates at '^'",
      },
      {
        answer: ['                   ^', "  % Parameter error, the error locates at '^'"],
        line: "% Parameter error, the error locates at '^'",
      },
      { answer: ['  Failure: The ONT SN already exists'], line: 'Failure: The ONT SN already exists' },
    ],
    notRefused: [
      ['  SlotID  BoardName  Status', '  Failure: 0', '  % Unknown command'],
      ['  The total of the profiles using AAA is: 1'],
    ],
    pagers: ["---- More ( Press 'Q' to break ) ----", "  ---- More ( Press 'Q' to break ) ----"],
    questions: ['{ <cr>||<K> }:', '{ lock<K>|unlock<K> }:', 'Are you sure to log out? (y/n)[n]:'],
    renames: { 'sysname olt-2': 'olt-2' },
    transcripts: [
      {
        title: 'a command that is not known in this mode',
        before: 'OLT-01>',
        command: 'display ont version summary 0',
        received:
          "display ont version summary 0\r\n                      ^\r\n  % Unknown command, the error locates at '^'\r\nOLT-01>",
        output: "                      ^\n  % Unknown command, the error locates at '^'",
        mode: 'exec',
        refusal: "% Unknown command, the error locates at '^'",
      },
    ],
  },
};
