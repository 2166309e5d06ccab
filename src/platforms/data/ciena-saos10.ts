import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const HOST = String.raw`(?<host>\w[\w+.:/[\]-]{0,63})`;
const SUBMODES = String.raw`(?:\([^()]{1,80}\)){1,3}`;

const cases: PlatformCases = {
  prompts: {
    exec: ['5164-A> ', '5164-A*> ', 'site_2.cn5170> '],
    config: [
      '5164-A(config)# ',
      '5164-A(config)(license-management-config)# ',
      '5164-A(config)*# ',
      '5164-A(config)> ',
    ],
    shell: ['diag@5164-A$ ', 'diag@5164-A:~$ '],
  },
  noPrompts: ['> ', '5164-A# ', '| name  | 5164 >', '5164-A(config)'],
  refused: [
    { answer: ['SHELL PARSER FAILURE - invalid input'], line: 'SHELL PARSER FAILURE - invalid input' },
    { answer: ['ERROR: no such object'], line: 'ERROR: no such object' },
    { answer: ['Error: invalid value'], line: 'Error: invalid value' },
  ],
  notRefused: [['! Created: Tue Jan  6 10:00:00 2026', '! On terminal: pts/0', 'fds fd ERROR:1'], ['| Error: | 0 |']],
  questions: ['Are you sure? (y/N): '],
  renames: { 'system config hostname core1': 'core1' },
  transcripts: [
    {
      title: 'a command of the top level in a mode below',
      before: '5164-A(config)(license-management-config)# ',
      command: 'software show',
      received: 'software show\r\nSHELL PARSER FAILURE\r\n5164-A(config)(license-management-config)# ',
      output: 'SHELL PARSER FAILURE',
      mode: 'config',
      refusal: 'SHELL PARSER FAILURE',
    },
  ],
};

export const cienaSaos10: Platform = {
  name: 'ciena_saos10',
  title: 'Ciena SAOS 10',
  verified: [],
  sources: [
    "Ciena's Ansible collection ciena.saos10: terminal and cliconf plugins, change log",
    'oxidized model saos10',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: String.raw`^${HOST}\*?>$`, enter: [] },
    config: {
      prompt: String.raw`^${HOST}${SUBMODES}\*?[#>]$`,
      enter: [{ from: 'exec', send: 'config', refusals: [] }],
      leave: { send: 'exit' },
    },
    shell: {
      prompt: String.raw`^diag@(?<host>[\w.-]{1,64})(?::[^\s#$>]{0,200})?\$$`,
      enter: [{ from: 'exec', send: 'diag shell', refusals: ['^SHELL PARSER FAILURE'] }],
      leave: { send: 'exit' },
    },
  },
  login: commonLogin,
  prepare: [{ send: 'set session more off' }],
  // How its pager waits is written down nowhere; it is off for the session.
  pager: [],
  questions: commonQuestions,
  refusals: ['^SHELL PARSER FAILURE', '^(?:ERROR|Error): '],
  beforeRefusal: [],
  // Common knowledge, not read in a source: this line.
  renames: [String.raw`^\s*system config hostname\s+(?<host>\S{1,64})\s*$`],
  helpKey: '?',
  exit: 'exit',
  cases,
};
