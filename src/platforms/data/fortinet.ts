import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { fortiReadOnly } from './read-only-like.js';

const HOST = String.raw`(?<host>[A-Za-z0-9_][\w.~-]{0,62})`;

export const fortinet: Platform = {
  name: 'fortinet',
  title: 'Fortinet FortiOS',
  verified: [
    {
      by: 'documentation',
      what: 'FortiOS 6.0 Handbook, Sub-commands (docs.fortinet.com/document/fortigate/6.0.0/handbook/753045): the scope in the prompt, config, edit, next and end',
    },
    {
      by: 'documentation',
      what: 'FortiOS 6.0 CLI Reference, cfg save (docs.fortinet.com/document/fortigate/6.0.0/cli-reference/846611/cfg-save): when there is something to save',
    },
  ],
  sources: [
    'diagnose sys vd list as published (name=root/root index=0 enabled …); that `edit` makes a VDOM: help.fortinet.com, FortiADC CLI Reference, Creating VDOMs',
    'Fortinet, FortiOS Administration Guide 7.0.5: Command syntax, CLI basics; CLI Reference 6.0.6',
    'netmiko 4.8 fortinet_ssh.py (banner to accept, VDOMs, what its change of `system console` does)',
    'Netshot Fortinet_FortiOS.js, gnetcli pkg/device/fortios and published sessions (prompts, errors, pager)',
  ],
  // The taller the window, the less often the pager asks.
  terminal: { type: 'vt100', columns: 511, rows: 1000, newline: '\r' },
  modes: {
    // `#` for an administrator with all rights, `$` for others.
    exec: { prompt: `^${HOST} [#$]$`, enter: [] },
    // The object or table, or the VDOM or `global` that one is in: the prompts are alike. A line of configuration is
    // typed where the session is, and `config …` itself leads in.
    config: {
      prompt: String.raw`^${HOST} \([^()]{1,80}\) [#$]$`,
      enter: [],
      leave: { send: 'end', abandon: 'abort' },
    },
  },
  login: {
    ...commonLogin,
    answers: [{ prompt: String.raw`\(Press 'a' to accept\): ?$`, answer: 'a' }],
  },
  // `set output standard` is a line of the configuration, for everybody and for good: the pager is answered.
  prepare: [],
  pager: [{ prompt: '^--More-- ?$', answer: ' ' }],
  questions: commonQuestions,
  refusals: [
    String.raw`^(?:command|value|object) parse error before `,
    String.raw`^Command parse error before `,
    String.raw`^Command fail\. Return code -?\d`,
    '^Unknown action',
    '^(?:incomplete command in the end|ambiguous command before )',
    '^(?:entry|Entry) not found in datasource',
    '^node_check_object fail!',
    String.raw`^object (?:check|set) operator error, -?\d`,
    String.raw`^(?:invalid (?:unsigned )?integer value|The string is too long|token line: Unmatched)`,
  ],
  beforeRefusal: [],
  // It is the prompt's only after the `end` of its block.
  renames: [String.raw`^\s*set\s+hostname\s+"?(?<host>[^\s"]+)"?\s*$`],
  helpKey: '?',
  // Only where `set cfg-save manual` or `revert` holds things back; by default an `end` saves what it applies.
  save: { send: 'execute cfg save' },
  context: {
    title: 'VDOM',
    enter: ['config vdom', 'edit {name}'],
    leave: ['end'],
    refusals: ['^Command fail', '^command parse error before '],
    // `edit` makes a VDOM that was not there: nothing else says that the name was wrong.
    exists: {
      enter: ['config global'],
      send: 'diagnose sys vd list',
      line: String.raw`^\s*name={name}[/\s]`,
      leave: ['end'],
    },
  },
  detect: { probe: { send: 'get system status', answer: '^Version: Forti' } },
  readOnly: fortiReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['Forti1 #', 'Forti1 # ', 'F-Gate $ ', 'forti-fw~-01 $', 'FG_100.dc-1.example #', `${'f'.repeat(63)} #`],
      config: [
        ...['Forti-Gate (context) # ', 'Forti1 (console) #', 'forti-fw~-01 (vdom) $', 'FG (global) # ', 'FG (root) #'],
        ...['FG (My Policy) # ', 'FG (port1.100) #', 'FG (12) $'],
      ],
    },
    noPrompts: [
      ...[
        '',
        '#',
        'Forti1 # some-text',
        'config system stp',
        'end',
        'Forti1#',
        'Forti1 () #',
        '#config-version=FGT60F-7.2.5',
        ' # ',
      ],
      '    set comment "a #',
    ],
    refused: [
      {
        answer: ["command parse error before 'reboot'", 'Command fail. Return code -61', ''],
        line: "command parse error before 'reboot'",
      },
      {
        answer: [
          '',
          'entry not found in datasource',
          '',
          "value parse error before 'LAN'",
          'Command fail. Return code -3',
        ],
        line: 'entry not found in datasource',
      },
      {
        answer: ['node_check_object fail! for name LAN', "value parse error before 'LAN'"],
        line: 'node_check_object fail! for name LAN',
      },
      { answer: ['Unknown action 0', ''], line: 'Unknown action 0' },
      {
        answer: ['invalid unsigned integer value: unexist', '', "value parse error before 'unexist'"],
        line: 'invalid unsigned integer value: unexist',
      },
      {
        answer: ['object check operator error, -56, discard the setting', 'Command fail. Return code -56'],
        line: 'object check operator error, -56, discard the setting',
      },
    ],
    notRefused: [
      ['Version: FortiGate-60F v7.2.5,build1517,230504 (GA.F)', 'Hostname: Forti1', 'Command fail. Return code -1'],
      ['config system global', '    set alias "Unknown action"', 'end'],
      ['current vf=root:0'],
    ],
    pagers: ['--More-- ', '--More--'],
    questions: [
      'Do you want to continue? (y/n)',
      'This operation will reboot the system !Do you want to continue? (y/n)',
    ],
    renames: { 'set hostname fw1': 'fw1', '    set hostname "fw-2"': 'fw-2' },
    transcripts: [
      {
        title: 'an answer that is paged: the pager wipes its own line',
        before: 'Forti1 # ',
        command: 'get system status',
        received:
          'get system status\r\nVersion: FortiGate-60F v7.2.5,build1517,230504 (GA.F)\r\n--More-- \r         \rHostname: Forti1\r\n\r\nForti1 # ',
        output: 'Version: FortiGate-60F v7.2.5,build1517,230504 (GA.F)\nHostname: Forti1\n',
        mode: 'exec',
      },
      {
        title: 'into a table',
        before: 'Forti1 # ',
        command: 'config firewall address',
        received: 'config firewall address\r\r\n\r\nForti1 (address) # ',
        output: '',
        mode: 'config',
      },
      {
        title: 'a refused line in a table',
        before: 'Forti1 (srv1) # ',
        command: 'set ipp 1.1.1.1',
        received:
          "set ipp 1.1.1.1\r\n\r\ncommand parse error before 'ipp'\r\nCommand fail. Return code -61\r\n\r\nForti1 (srv1) # ",
        output: "\ncommand parse error before 'ipp'\nCommand fail. Return code -61\n",
        mode: 'config',
        refusal: "command parse error before 'ipp'",
      },
    ],
  },
};
