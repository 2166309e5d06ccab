import type { Platform } from '../platform.js';
import { fastpathMore, fastpathRefusals, fastpathSave } from './fastpath-like.js';
import { iosEnable, iosEnd, iosLogin, iosQuestions, iosRefusals } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

/** A name may hold blanks. */
const HOST = String.raw`(?<host>[A-Za-z0-9_](?:[^\s#>()]| (?=[^\s#>()])){0,62})`;

export const dellOs6: Platform = {
  name: 'dell_os6',
  title: 'Dell OS6, also called DNOS 6 (N-Series)',
  verified: [],
  sources: [
    'Dell EMC Networking N-Series CLI Reference Guide 6.x: Using the CLI, User Interface Commands, Configuration and Image File Commands',
    'netmiko 4.8 dell/dell_dnos6.py (configure, save); unicon.plugins tests/mock_data/dnos6',
    'fake-switches tests/dell10g and tests/dell (dialogues of the same FASTPATH command line: errors, pager, save)',
    'oxidized powerconnect.rb (blanks in host names)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST}>$`, enter: [] },
    privileged: {
      prompt: `^${HOST}#$`,
      enter: [{ ...iosEnable, refusals: [...iosEnable.refusals, '^Incorrect Password!'] }],
    },
    config: {
      prompt: String.raw`^${HOST}\(conf(?:ig)?[^()]*\)#$`,
      enter: [{ from: 'privileged', send: 'configure', refusals: [] }],
      leave: iosEnd,
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal length 0', in: ['privileged', 'config'] }],
  pager: [fastpathMore],
  questions: iosQuestions,
  refusals: [...iosRefusals, ...fastpathRefusals],
  beforeRefusal: [],
  renames: [
    String.raw`^\s*hostname\s+"?(?<host>[^\s"](?:[^"]{0,100}[^\s"])?)"?\s*$`,
    String.raw`^\s*no\s+hostname\s*$`,
  ],
  helpKey: '?',
  ahead: [String.raw`^(?:no )?ip(?:v6)? route \S`, String.raw`^\s*(?:no )?(?:\d+ )?(?:permit|deny|remark) \S`],
  save: {
    send: 'copy running-config startup-config',
    in: 'privileged',
    answers: [fastpathSave],
    done: '^Configuration Saved!',
  },
  detect: {
    probe: {
      send: 'show version',
      answer: String.raw`^(?:Machine|System) Description\.* *Dell (?:EMC )?Networking N\d{4}`,
    },
  },
  readOnly: showReadOnly,
  exit: 'quit',
  cases: {
    prompts: {
      exec: ['console>', 'sas19>', 'Floor 2 North>'],
      privileged: ['console#', 'sas19#', 'Floor 2 North#', 'n3048.example.net#'],
      config: [
        'console(config)#',
        'console(config-if-Gi1/0/1)#',
        'sas19(config-vlan10)#',
        'Floor 2 North(config-line)#',
      ],
    },
    noPrompts: [
      'console',
      '',
      '#',
      'console(boot)#',
      'console(config)',
      'Password:',
      'User:',
      'Are you sure you want to save? (y/n) ',
    ],
    refused: [
      {
        answer: ['          ^', "% Invalid input detected at '^' marker.", ''],
        line: "% Invalid input detected at '^' marker.",
      },
      {
        answer: ['', 'Command not found / Incomplete command. Use ? to list commands.', ''],
        line: 'Command not found / Incomplete command. Use ? to list commands.',
      },
      {
        answer: ['                     ^', 'Invalid input. Please specify an integer in the range 1 to 4093.'],
        line: 'Invalid input. Please specify an integer in the range 1 to 4093.',
      },
      { answer: ['', 'ERROR: This VLAN does not exist.'], line: 'ERROR: This VLAN does not exist.' },
      {
        answer: ['', 'An invalid interface has been used for this function'],
        line: 'An invalid interface has been used for this function',
      },
    ],
    notRefused: [
      ['Total Packets Received Without Errors...... 0', 'ERROR: 0'],
      ['', 'Configuration Not Saved!'],
      ['<187> Nov 21 13:21:22 console-1 TRAPMGR[1]: ERROR: link'],
    ],
    pagers: ['--More-- or (q)uit'],
    questions: [
      'Are you sure you want to save? (y/n) ',
      'Are you sure you want to reload the stack? (y/n) ',
      'Password:',
    ],
    renames: { 'hostname n3048-2': 'n3048-2', 'hostname "Floor 2 North"': 'Floor 2 North' },
    transcripts: [
      {
        title: 'a command that lacks a word',
        before: 'console#',
        command: 'show vlan id',
        received: 'show vlan id\r\n\r\nCommand not found / Incomplete command. Use ? to list commands.\r\n\r\nconsole#',
        output: '\nCommand not found / Incomplete command. Use ? to list commands.\n',
        mode: 'privileged',
        refusal: 'Command not found / Incomplete command. Use ? to list commands.',
      },
    ],
  },
};
