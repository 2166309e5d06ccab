import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

export const netscaler: Platform = {
  name: 'netscaler',
  title: 'Citrix NetScaler (ADC)',
  verified: [],
  sources: [
    'Citrix, NetScaler Command Reference: set cli mode, set cli prompt, save ns config, switch ns partition, shell',
    'netmiko 4.8 netscaler_ssh.py (`Done`); oxidized netscaler.rb (partitions); Netshot Citrix_Netscaler.js (prompts, pager, `ERROR:`)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // Out of the box the prompt is `>` alone; `set cli prompt` puts user, name and state before it.
    exec: {
      prompt: String.raw`^(?:(?:(?<user>[\w.-]{1,64})@)?(?<host>[\w.:-]{1,63})(?: ?\((?:Primary|Secondary)\))?)?>$`,
      enter: [],
    },
    'root-shell': {
      prompt: String.raw`^(?:(?<user>[\w.-]{1,64})@)?(?<host>[\w.-]{0,63})#$`,
      enter: [{ from: 'exec', send: 'shell', refusals: ['^ERROR: '] }],
      leave: { send: 'exit' },
    },
  },
  home: 'exec',
  login: commonLogin,
  prepare: [{ send: 'set cli mode -page OFF', in: ['exec'] }],
  pager: [{ prompt: '^.?--More-- ?$', answer: ' ' }],
  questions: [...commonQuestions, String.raw`\(Y/N\)\? ?\[[YN]\] ?:? ?$`],
  refusals: ['^ERROR: '],
  // The wrong word is underlined, not pointed at.
  beforeRefusal: [String.raw`^\s*\^+\s*$`],
  renames: [],
  helpKey: '?',
  save: { send: 'save ns config', done: '^ ?Done$', refusals: ['^ERROR: '] },
  context: {
    title: 'partition',
    enter: ['switch ns partition {name}'],
    leave: ['switch ns partition default'],
    refusals: ['^ERROR: '],
  },
  detect: { probe: { send: 'show ns version', answer: 'NetScaler NS' } },
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['>', '> ', 'ns1> ', 'nsroot@ADC-1.dc_2> ', 'adc1 (Primary)> ', 'adc1(Secondary)>'],
      'root-shell': ['root@ns# ', 'root@ADC-1.dc#', '#'],
    },
    noPrompts: ['', ' Done', '> show', 'a b>', 'ERROR: No such command', '1)\tName: p1>x', '(Primary)>'],
    refused: [
      { answer: ['ERROR: No such resource [name, p1]'], line: 'ERROR: No such resource [name, p1]' },
      { answer: ['      ^^^', 'ERROR: Expected argument'], line: 'ERROR: Expected argument' },
    ],
    notRefused: [
      ['\tNetScaler NS13.1: Build 48.47.nc, Date: Mar 30 2023', ' Done'],
      ['1)\tName: lb1', '\tState: UP', '', '', 'ERROR: 0'],
    ],
    pagers: ['--More--', ' --More--'],
    questions: ['Are you sure you want to reboot the system (Y/N)? [N]:'],
    transcripts: [
      {
        title: 'an answer ends in a word of its own',
        before: '> ',
        command: 'show ns version',
        received: 'show ns version\r\n\tNetScaler NS13.1: Build 48.47.nc\r\n Done\r\n> ',
        output: '        NetScaler NS13.1: Build 48.47.nc\n Done',
        mode: 'exec',
      },
    ],
  },
};
