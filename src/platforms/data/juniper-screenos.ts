import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

export const juniperScreenos: Platform = {
  name: 'juniper_screenos',
  title: 'Juniper (NetScreen) ScreenOS',
  verified: [],
  sources: [
    'Juniper, ScreenOS CLI Reference Guide: IPv4 Command Descriptions (6.0, 6.2): console, save, vsys',
    'netmiko 4.8 juniper_screenos.py (`save config`); oxidized screenos.rb (prompt, login); published sessions of an SSG5',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // `(M)` and `(B)` are roles in a cluster; anything else in parentheses is a virtual system.
    exec: {
      prompt: String.raw`^(?<host>[\w.:~-]{1,63})(?:\((?<context>(?![MBI]\))[\w.-]{1,63})\))?(?:\([MBI]\))?->$`,
      enter: [],
    },
  },
  login: commonLogin,
  // `set console page 0` would be a line of the configuration: the pager is answered.
  prepare: [],
  pager: [{ prompt: String.raw`^--- more --- ?$`, answer: ' ' }],
  questions: [...commonQuestions, String.raw`\[y\]/n ?$`, String.raw`y/\[n\] ?$`],
  refusals: [String.raw`^\s*\^-+\s*(?:unknown keyword|ambiguous|missing)\b`],
  beforeRefusal: [],
  renames: [String.raw`^\s*set\s+hostname\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  save: { send: 'save config' },
  context: { title: 'virtual system', enter: ['enter vsys {name}'], leave: ['exit'] },
  detect: { ident: 'NetScreen' },
  exit: 'exit',
  cases: {
    prompts: {
      exec: [
        'ssg5-serial->',
        'ssg5-serial-> ',
        'ns500(M)-> ',
        'FW-1.example(B)->',
        'ns500(vsys1)->',
        'ns500(vsys1)(M)-> ',
      ],
    },
    noPrompts: ['', '->', 'ssg5', 'ssg5-serial-> get sa', '00000002<   72.21.209.225', 'a b->', 'fw()->'],
    refused: [
      { answer: ['               ^------unknown keyword foo'], line: '^------unknown keyword foo' },
      { answer: ['^---------unknown keyword !#'], line: '^---------unknown keyword !#' },
    ],
    notRefused: [['total configured sa: 2'], ['2026-11-20 10:00:00 system warn 00515 unknown keyword']],
    pagers: ['--- more ---', '--- more --- '],
    questions: ['Configuration modified, save? [y]/n '],
    renames: { 'set hostname fw2': 'fw2' },
    transcripts: [
      {
        title: 'a mistyped command: the marker and the reason are one line',
        before: 'ssg5-serial-> ',
        command: 'get foo',
        received: 'get foo\r\n                   ^---unknown keyword foo\r\nssg5-serial-> ',
        output: '                   ^---unknown keyword foo',
        mode: 'exec',
        refusal: '^---unknown keyword foo',
      },
    ],
  },
};
