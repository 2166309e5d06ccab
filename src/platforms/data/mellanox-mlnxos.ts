import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosQuestions, iosRefusals } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

/** Behind the name stands the role in a cluster: `[standalone: master]`, `[my-vip: unknown]`. */
const HOST = String.raw`(?<host>[A-Za-z0-9_][^\s#>()[\]]{0,62})(?: \[[^\]]{1,100}\])?`;

export const mellanoxMlnxos: Platform = {
  name: 'mellanox_mlnxos',
  title: 'NVIDIA (Mellanox) MLNX-OS and Onyx',
  verified: [
    {
      by: 'documentation',
      what: 'NVIDIA MLNX-OS User Manual 3.11, Command Line Interface (modes, enable, configure terminal, exit and no configure)',
    },
    { by: 'documentation', what: 'NVIDIA Onyx User Manual 3.10, UI Commands (cli session, cli default)' },
  ],
  sources: [
    'NVIDIA MLNX-OS User Manual 3.11: Command Line Interface (docs.nvidia.com/networking)',
    'NVIDIA Onyx User Manual 3.10: UI Commands (docs.nvidia.com/networking)',
    'netmiko 4.8 mellanox/mellanox_mlnxos_ssh.py and its issue 394 (prompts, paging, configuration write)',
    'oxidized mlnxos.rb (pager); transcripts of an SX6036 and an SH54 in public repositories (% Unrecognized command)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST} >$`, enter: [] },
    privileged: {
      prompt: `^${HOST} #$`,
      enter: [
        {
          from: 'exec',
          send: 'enable',
          secretPrompt: String.raw`^Password: ?$`,
          refusals: ['^% '],
        },
      ],
    },
    config: {
      prompt: String.raw`^${HOST} \(config(?: [^()]{1,200})?\) #$`,
      enter: [{ from: 'privileged', send: 'configure terminal', refusals: ['^% '] }],
      // From a lower level it leads one level up, and is said again.
      leave: { send: 'exit' },
    },
  },
  login: commonLogin,
  // Of this session alone: `cli default` would be kept.
  prepare: [{ send: 'no cli session paging enable' }],
  pager: [
    { prompt: String.raw`^lines \d+-\d+(?:/\d+)? \(END\) ?$`, answer: 'q', ambiguous: true },
    { prompt: String.raw`^lines \d+-\d+(?:/\d+)?(?: \d+%)? ?$`, answer: ' ', ambiguous: true },
  ],
  questions: [...iosQuestions, String.raw`^Type '(?:yes|YES)' to .{1,80}: ?$`, String.raw`\[(?:yes|no)\] ?$`],
  refusals: [
    ...iosRefusals,
    '^% (?:Unknown (?:command|option)|Please enter |Insufficient |Invalid |Cannot |Failed |No such )',
    '^% You must ',
  ],
  beforeRefusal: [],
  renames: [String.raw`^\s*hostname\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  save: { send: 'configuration write', in: 'config' },
  detect: { probe: { send: 'show version', answer: String.raw`^Product name: +(?:MLNX-OS|Onyx|SX_|MLNX)` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['switch > ', 'ictm-dw-mlnx [standalone: master] >', 'il-sh54 >'],
      privileged: [
        'switch # ',
        'ictm-dw-mlnx [standalone: master] # ',
        'sw-1.example.net [my-vip: unknown] #',
        'il-sh54 #',
      ],
      config: [
        ...['switch (config) # ', 'switch [standalone: master] (config) # ', 'sw1 [my-vip: master] (config) #'],
        ...['switch (config interface ethernet 1/1) # ', 'switch [standalone: master] (config vlan 10) #'],
      ],
    },
    noPrompts: [
      'switch',
      '',
      '#',
      'switch#',
      'switch (boot) #',
      'switch [standalone: master]',
      'Password: ',
      '## Active saved database: initial',
    ],
    refused: [
      {
        answer: ['% Unrecognized command "configure".', 'Type "?" for help.'],
        line: '% Unrecognized command "configure".',
      },
      {
        answer: ['% Please enter an integer between 5 and 999.'],
        line: '% Please enter an integer between 5 and 999.',
      },
      { answer: ['% Incomplete command.'], line: '% Incomplete command.' },
    ],
    notRefused: [['##', '## Running database "initial"', '% Unrecognized command "x".'], ['% of memory used: 40']],
    pagers: ['lines 1-23', 'lines 1-23 ', 'lines 24-40/40 (END) ', 'lines 1-23/60 38%'],
    questions: ["Type 'YES' to confirm reload: ", 'Configuration has been modified; save first? [yes] ', 'Password: '],
    renames: { 'hostname mlx-2': 'mlx-2' },
    transcripts: [
      {
        title: 'a word that is no command',
        before: 'il-sh54 # ',
        command: 'configure',
        received: 'configure\r\n% Unrecognized command "configure".\r\nType "?" for help.\r\nil-sh54 # ',
        output: '% Unrecognized command "configure".\nType "?" for help.',
        mode: 'privileged',
        refusal: '% Unrecognized command "configure".',
      },
      {
        title: 'an interface is entered',
        before: 'switch [standalone: master] (config) # ',
        command: 'interface ethernet 1/1',
        received: 'interface ethernet 1/1\r\nswitch [standalone: master] (config interface ethernet 1/1) # ',
        output: '',
        mode: 'config',
      },
    ],
  },
};
