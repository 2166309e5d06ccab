import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { vyattaReadOnly } from './read-only-like.js';
import { shellPagers, shellQuestions, shellRefusals } from './shell-like.js';
import {
  vyattaAhead,
  vyattaCommit,
  vyattaConfig,
  vyattaConfigure,
  vyattaEdit,
  vyattaExec,
  vyattaLeave,
  vyattaRefusals,
} from './vyatta-like.js';

export const vyos: Platform = {
  name: 'vyos',
  title: 'VyOS, and Vyatta before it',
  verified: [
    {
      by: 'documentation',
      what: 'VyOS documentation, Command Line Interface (modes, prompts, commit, save, exit discard): vyos/vyos-documentation docs/cli.rst',
    },
  ],
  sources: [
    'VyOS documentation, Command Line Interface (vyos/vyos-documentation docs/cli.rst)',
    'vyos/vyos-1x python/vyos/config_mgmt.py (commit-confirm: minutes, question, reboot)',
    'vyos/vyatta-cfg etc/bash_completion.d/vyatta-cfg (commit-confirm, exit in a lower level)',
    'netmiko 4.8 vyos/vyos_ssh.py and its pull request 777; scrapli 2 vyos_vyos.yaml (error texts)',
  ],
  // `dumb` keeps colours, bracketed paste and line redrawing out of the conversation.
  terminal: { type: 'dumb', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: vyattaExec, enter: [] },
    config: { prompt: vyattaConfig, above: vyattaEdit, enter: [vyattaConfigure], leave: vyattaLeave },
  },
  login: commonLogin,
  prepare: [
    { send: 'set terminal length 0', in: ['exec'] },
    { send: 'set terminal width 512', in: ['exec'] },
  ],
  pager: shellPagers,
  questions: [...shellQuestions, String.raw`\[confirm\] ?(?:\[y\])? ?$`],
  refusals: [...vyattaRefusals, ...shellRefusals],
  // What the check of a value says comes before the verdict.
  beforeRefusal: [String.raw`^\s*\S.{0,300} is not (?:a )?valid\b`, String.raw`^\s*Error: `],
  // A prompt keeps its name until the next login, also after a commit of `system host-name`.
  renames: [],
  helpKey: '?',
  unendedAnswers: true,
  ahead: vyattaAhead,
  save: { send: 'save', in: 'config', refusals: ['^(?:Cannot|Could not|Error|Failed)'] },
  commit: vyattaCommit,
  detect: { banner: '^Welcome to V(?:yOS|yatta)', probe: { send: 'show version', answer: '^Version: +(?:VyOS|VC)' } },
  readOnly: vyattaReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['vyos@vyos:~$ ', 'vyos@r11-vyos:/config$ ', 'oper@R1>', `vyos@${'h'.repeat(63)}:~$`],
      config: [
        ...['[edit]\nvyos@vyos# ', '[edit interfaces ethernet eth0]\nvyos@vyos#'],
        '[edit firewall ipv4 name WAN-IN rule 10]\nvyos@gw.example.net# ',
      ],
    },
    noPrompts: [
      'vyos@vyos',
      '',
      'vyos@vyos# ',
      'vyos@vyos:~# ',
      '[edit]',
      '$',
      '#',
      'interfaces {',
      'Proceed ? [Y/n] ',
    ],
    refused: [
      { answer: ['', '  Invalid command: [bogus]', ''], line: 'Invalid command: [bogus]' },
      {
        answer: ['', '  Configuration path: [bogus] is not valid', '  Set failed', ''],
        line: 'Configuration path: [bogus] is not valid',
      },
      {
        answer: ['', '  Error: 1.2.3 is not a valid IPv4 prefix', '', '  Value validation failed', '  Set failed'],
        line: 'Error: 1.2.3 is not a valid IPv4 prefix',
      },
      {
        answer: ['', '  Nothing to delete (the specified node does not exist)'],
        line: 'Nothing to delete (the specified node does not exist)',
      },
    ],
    notRefused: [
      ['interfaces {', '    ethernet eth0 {', '  Set failed'],
      ['Warning: configuration changes have not been saved.'],
      ['Nov 21 13:21:22 vyos systemd[1]: Invalid command: [x]'],
    ],
    pagers: [':', '(END)', 'lines 1-23'],
    questions: [
      'Proceed ? [Y/n] ',
      'Proceed? [confirm][y]',
      'Password: ',
      'Are you sure you want to reboot this system? [y/N] ',
    ],
    transcripts: [
      {
        title: 'the configuration is entered',
        before: 'vyos@vyos:~$ ',
        command: 'configure',
        received: 'configure\r\n[edit]\r\nvyos@vyos# ',
        output: '',
        mode: 'config',
      },
      {
        title: 'a statement that the tree does not have',
        before: '[edit]\r\nvyos@vyos# ',
        command: 'set bogus',
        received:
          'set bogus\r\n\r\n  Configuration path: [bogus] is not valid\r\n  Set failed\r\n\r\n[edit]\r\nvyos@vyos# ',
        output: '\n  Configuration path: [bogus] is not valid\n  Set failed',
        mode: 'config',
        refusal: 'Configuration path: [bogus] is not valid',
      },
    ],
  },
};
