import type { Platform } from '../platform.js';
import {
  iosConfigure,
  iosEnable,
  iosEnd,
  iosHost,
  iosLogin,
  iosMore,
  iosQuestions,
  iosRefusals,
  iosRenames,
} from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

export const ipinfusionOcnos: Platform = {
  name: 'ipinfusion_ocnos',
  title: 'IP Infusion OcNOS',
  verified: [],
  sources: [
    'netmiko 4.8 ipinfusion/ipinfusion_ocnos.py and its pull request 3596, tried on OcNOS 6.3, 6.4 and 6.5 (commit model)',
    'scrapli 2 ipinfusion_ocnos.yaml (modes, terminal, error texts)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${iosHost}>$`, enter: [] },
    privileged: { prompt: `^${iosHost}#$`, enter: [iosEnable] },
    config: {
      prompt: String.raw`^${iosHost}\(conf(?:ig)?[^()]*\)#$`,
      enter: [iosConfigure],
      leave: iosEnd,
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 511' }],
  pager: [iosMore],
  questions: iosQuestions,
  refusals: [...iosRefusals, '^%{1,2} ?(?:Failed to commit|Unable to|Un-?committed)'],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  ahead: [String.raw`^(?:no )?ip(?:v6)? route \S`, String.raw`^\s*(?:no )?(?:\d+ )?(?:permit|deny|remark) \S`],
  save: { send: 'write', in: 'privileged' },
  // Older releases have no candidate and refuse it. The time of `commit confirmed` is not here: its unit was not found
  // in a document of the vendor's.
  commit: {
    send: 'commit',
    in: 'config',
    comment: 'commit description {comment}',
    refusals: ['^% Failed to commit'],
    discard: { send: 'abort transaction', in: 'config' },
  },
  detect: { probe: { send: 'show version', answer: '^ ?(?:Software version: .*OcNOS|.*OcNOS)' } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['OcNOS>', 'pe-1.example.net>'],
      privileged: ['OcNOS#', 'PE_1#', `${'h'.repeat(63)}#`],
      config: ['OcNOS(config)#', 'OcNOS(config-if)#', 'pe-1(config-router-af)#'],
    },
    noPrompts: ['OcNOS', '', '#', 'OcNOS(boot)#', 'OcNOS(config)', 'Password:', 'OcNOS login: '],
    refused: [
      {
        answer: ['        ^', "% Invalid input detected at '^' marker.", ''],
        line: "% Invalid input detected at '^' marker.",
      },
      { answer: ['% Incomplete command.'], line: '% Incomplete command.' },
      {
        answer: ['% Failed to commit .. As error(s) encountered during commit operation...'],
        line: '% Failed to commit .. As error(s) encountered during commit operation...',
      },
    ],
    notRefused: [
      ['Codes: K - kernel', 'IP Route Table for VRF "default"', '% Incomplete command.'],
      ['% Network not in table'],
    ],
    pagers: ['--More--', ' --More-- '],
    questions: [
      'Would you like to save them now? [yes/no]: ',
      'Password:',
      'Are you sure you would like to reset the system? (y/n): ',
    ],
    renames: { 'hostname PE-2': 'PE-2' },
    transcripts: [
      {
        title: 'a commit that fails',
        before: 'OcNOS(config)#',
        command: 'commit',
        received:
          "commit\r\n% Failed to commit .. As error(s) encountered during commit operation...\r\nUncommitted configurations are retained in the current transaction session,\r\ncheck 'show transaction current'.\r\nOcNOS(config)#",
        output:
          "% Failed to commit .. As error(s) encountered during commit operation...\nUncommitted configurations are retained in the current transaction session,\ncheck 'show transaction current'.",
        mode: 'config',
        refusal: '% Failed to commit .. As error(s) encountered during commit operation...',
      },
    ],
  },
};
