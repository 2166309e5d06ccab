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

export const dellOs9: Platform = {
  name: 'dell_os9',
  title: 'Dell OS9, also called FTOS and DNOS 9 (Force10)',
  verified: [],
  sources: [
    'Dell Configuration Guide for the S4810 System 9.5(0.0): CLI Modes, Navigating CLI Modes, The do Command, Configuring Login Banners',
    'netmiko 4.8 dell/dell_force10_ssh.py (banner to acknowledge, write memory) and its pull request 3070',
    'NOC sa/profiles/Force10/FTOS/profile.py (error texts, pager)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${iosHost}>$`, enter: [] },
    privileged: {
      prompt: `^${iosHost}#$`,
      enter: [{ ...iosEnable, refusals: [...iosEnable.refusals, '^% ?Error: '] }],
    },
    config: {
      prompt: String.raw`^${iosHost}\(conf(?:ig)?[^()]*\)#$`,
      enter: [{ ...iosConfigure, refusals: ['^% ?Error: '] }],
      leave: iosEnd,
    },
  },
  login: {
    ...iosLogin,
    // A login banner may want to be acknowledged before the first prompt; how the question goes on is not known.
    answers: [...(iosLogin.answers ?? []), { prompt: String.raw`^.{0,120}[[(]?y/n[\])]? ?:? ?$`, answer: 'y\r' }],
  },
  prepare: [{ send: 'terminal length 0' }],
  pager: [iosMore],
  questions: [...iosQuestions, String.raw`\[confirm yes/no\]:? ?$`],
  refusals: [...iosRefusals, '^% ?Error: '],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  ahead: [String.raw`^(?:no )?ip(?:v6)? route \S`, String.raw`^\s*(?:no )?(?:seq \d+ )?(?:permit|deny|remark) \S`],
  // As the guides have it; not tried on a device.
  blocks: [
    {
      start: String.raw`^\s*banner (?:exec|login|motd) (?:acknowledgment (?:keyboard-interactive )?)?(?<delimiter>\S)\s*$`,
    },
  ],
  save: { send: 'write memory', in: 'privileged' },
  detect: {
    probe: {
      send: 'show version',
      answer: String.raw`^Dell (?:EMC )?(?:Networking OS|Real Time Operating System Software|Application Software Version)|Force10 .*Real Time Operating System Software`,
    },
  },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['FTOS>', 'Dell>', 'sw-9>'],
      privileged: ['FTOS#', 'Dell#', 'core.example.net#', `${'h'.repeat(63)}#`],
      config: [
        'Dell(conf)#',
        'FTOS(conf-if-te-0/1)#',
        'Dell(conf-if-vl-10)#',
        'Dell(conf-router_bgp)#',
        'Dell(config-ext-nacl)#',
      ],
    },
    noPrompts: ['Dell', '', '#', 'Dell(boot)#', 'Dell(conf)', 'Password: ', 'Login: '],
    refused: [
      {
        answer: ['                   ^', '% Error: Invalid input at "^" marker.'],
        line: '% Error: Invalid input at "^" marker.',
      },
      { answer: ['% Error: The source file does not exist.'], line: '% Error: The source file does not exist.' },
      { answer: ['% Error: Access denied.'], line: '% Error: Access denied.' },
    ],
    notRefused: [
      ['% Warning: ACL is not applied to any interface'],
      ['Input Statistics:', '     0 packets', '% Error: 0'],
      ['%STKUNIT0-M:CP %SYS-5-CONFIG_I: Configured from vty0'],
    ],
    pagers: [' --More-- ', '--More--'],
    questions: ['Proceed with reload [confirm yes/no]: ', 'Overwrite existing file? [yes/no]: ', 'Password: '],
    renames: { 'hostname S4810-2': 'S4810-2' },
    transcripts: [
      {
        title: 'a word that is no command',
        before: 'Dell#',
        command: 'show bogus',
        received: 'show bogus\r\n                ^\r\n% Error: Invalid input at "^" marker.\r\nDell#',
        output: '                ^\n% Error: Invalid input at "^" marker.',
        mode: 'privileged',
        refusal: '% Error: Invalid input at "^" marker.',
      },
    ],
  },
};
