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

export const alliedTelesisAwplus: Platform = {
  name: 'allied_telesis_awplus',
  title: 'Allied Telesis AlliedWare Plus',
  verified: [],
  sources: [
    'Allied Telesis, Software Reference for x-Series switches: CLI Navigation Commands, User Access Commands, File and Configuration Management Commands (write, terminal length)',
    'netmiko 4.8 allied_telesis/allied_telesis_awplus.py; oxidized awplus.rb and its issue 929 (enable at privilege 15)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${iosHost}>$`, enter: [] },
    privileged: { prompt: `^${iosHost}#$`, enter: [iosEnable] },
    config: {
      prompt: String.raw`^${iosHost}\(config[^()]*\)#$`,
      enter: [iosConfigure],
      leave: iosEnd,
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal length 0' }],
  pager: [iosMore],
  questions: iosQuestions,
  refusals: iosRefusals,
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  ahead: [
    String.raw`^(?:no )?ip(?:v6)? route \S`,
    String.raw`^\s*(?:no )?(?:\d+ )?(?:permit|deny) \S`,
    String.raw`^ip prefix-list \S+ (?:seq \d+ )?(?:permit|deny) \S`,
  ],
  save: { send: 'write memory', in: 'privileged', done: String.raw`^\[OK\]` },
  detect: {
    banner: String.raw`^AlliedWare Plus \(TM\)`,
    probe: { send: 'show version', answer: String.raw`^AlliedWare Plus \(TM\)` },
  },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['awplus>', 'x930-1.example.net>'],
      privileged: ['awplus#', 'X930_1#', `${'h'.repeat(63)}#`],
      config: ['awplus(config)#', 'awplus(config-if)#', 'awplus(config-vlan)#', 'x930-1(config-router)#'],
    },
    noPrompts: ['awplus', '', '#', 'awplus(boot)#', 'awplus(config)', 'Password: ', 'awplus login: '],
    refused: [
      {
        answer: ['            ^', "% Invalid input detected at '^' marker.", ''],
        line: "% Invalid input detected at '^' marker.",
      },
      { answer: ['% Incomplete command.', ''], line: '% Incomplete command.' },
      { answer: ['% Ambiguous command:  "s"'], line: '% Ambiguous command:  "s"' },
    ],
    notRefused: [['Boot configuration', '----------', '% Incomplete command.'], ['% Interface port1.0.1 is down']],
    pagers: ['--More--', ' --More-- '],
    questions: ['Are you sure you want to reboot the whole chassis? (y/n): ', 'reboot system? (y/n): ', 'Password: '],
    renames: { 'hostname x930-2': 'x930-2' },
    transcripts: [
      {
        title: 'the configuration is saved',
        before: 'awplus#',
        command: 'write memory',
        received: 'write memory\r\nBuilding configuration...\r\n[OK]\r\nawplus#',
        output: 'Building configuration...\n[OK]',
        mode: 'privileged',
      },
      {
        title: 'a word that is no command',
        before: 'awplus#',
        command: 'show bogus',
        received: "show bogus\r\n            ^\r\n% Invalid input detected at '^' marker.\r\n\r\nawplus#",
        output: "            ^\n% Invalid input detected at '^' marker.\n",
        mode: 'privileged',
        refusal: "% Invalid input detected at '^' marker.",
      },
    ],
  },
};
