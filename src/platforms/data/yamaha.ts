import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['> ', 'RTX1210> ', 'office.2_(old)> '],
    privileged: ['# ', 'RTX1210# ', `${'R'.repeat(64)}# `],
  },
  noPrompts: ['---more---', '# RTX1210 Rev.14.01.38', '>>', 'Save new configuration ? (Y/N)'],
  refused: [
    { answer: ['  ^', 'Error: Invalid command name'], line: 'Error: Invalid command name' },
    { answer: ['Error: Invalid parameter'], line: 'Error: Invalid parameter' },
  ],
  notRefused: [['# Reporting Date: Jan 6 10:00:00 2026', 'a', 'b', 'c', 'Error: Invalid command name']],
  pagers: ['---more---'],
  questions: ['Password: ', 'Save new configuration ? (Y/N)'],
  renames: { 'console prompt RTX2': 'RTX2' },
  transcripts: [
    {
      title: 'a prompt without a name',
      before: '> ',
      command: 'foo',
      received: 'foo\r\n  ^\r\nError: Invalid command name\r\n> ',
      output: '  ^\nError: Invalid command name',
      mode: 'exec',
      refusal: 'Error: Invalid command name',
    },
  ],
};

export const yamaha: Platform = {
  name: 'yamaha',
  title: 'Yamaha RT and RTX',
  verified: [],
  sources: [
    'netmiko ssh_autodetect (show copyright: Yamaha Corporation)',
    'netmiko yamaha.py (administrator, prompts without a name, save)',
    'oxidized model yamaha (pager, error, console settings, the question at the end)',
  ],
  terminal: { type: 'vt100', columns: 200, rows: 24, newline: '\r' },
  modes: {
    // The name is there where `console prompt` gave one.
    exec: { prompt: String.raw`^(?<host>[\w.@()-]{1,64})?>$`, enter: [] },
    privileged: {
      prompt: String.raw`^(?<host>[\w.@()-]{1,64})?#$`,
      enter: [{ from: 'exec', send: 'administrator', secretPrompt: '^password: ?$', refusals: ['^Error: '] }],
    },
  },
  login: commonLogin,
  // Typed by an ordinary user they hold for the session; an administrator's would become part of the configuration.
  prepare: [
    { send: 'console lines infinity', in: ['exec'] },
    { send: 'console columns 200', in: ['exec'] },
    { send: 'console character ascii', in: ['exec'] },
  ],
  pager: [{ prompt: '^---more---$', answer: ' ' }],
  questions: [...commonQuestions, String.raw`^Save new configuration \? \(Y/N\) ?$`],
  refusals: ['^Error: '],
  beforeRefusal: [],
  // Common knowledge, not read in a source: this line.
  renames: [String.raw`^\s*console prompt\s+"?(?<host>[\w.@()-]{1,64})"?\s*$`],
  helpKey: '?',
  configureIn: 'privileged',
  save: { send: 'save', in: 'privileged' },
  detect: { probe: { send: 'show copyright', answer: String.raw`\bYamaha Corporation\b` } },
  exit: 'exit',
  cases,
};
