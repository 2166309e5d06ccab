import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { rootPrompt, shellPagers, shellPrompt, shellQuestions, shellRefusals, sudoShell } from './shell-like.js';

export const edgecoreSonic: Platform = {
  name: 'edgecore_sonic',
  title: "SONiC with the community's command line (Edgecore and others): commands of a Linux shell",
  verified: [],
  sources: [
    'sonic-net/sonic-utilities, doc/Command-Reference.md: Basic Process, config, show, config save',
    "netmiko 4.8 edgecore/edgecore_sonic_ssh.py (a Linux host's shell)",
    'Click documentation: Exception Handling (usage and error texts)',
  ],
  // `dumb` keeps colours, bracketed paste and line redrawing out of the conversation.
  terminal: { type: 'dumb', columns: 511, rows: 24, newline: '\r' },
  modes: {
    shell: { prompt: shellPrompt, enter: [] },
    'root-shell': { prompt: rootPrompt, enter: [sudoShell] },
  },
  login: commonLogin,
  prepare: [],
  pager: shellPagers,
  questions: shellQuestions,
  refusals: [
    ...shellRefusals,
    // What Click, which `show` and `config` are written with, says of a command line that it does not take.
    '^Error: (?:No such (?:command|option)|Missing (?:argument|option|parameter)|Invalid value|Got unexpected)',
    '^Root privileges are required',
  ],
  // The usage and the way to help stand above the error.
  beforeRefusal: ['^Usage: ', '^Try ["\'].{1,80}["\'] for help'],
  renames: [],
  unendedAnswers: true,
  configureIn: 'shell',
  save: { send: 'sudo config save -y', in: 'shell', refusals: ['^(?:Error|Failed)'] },
  // Every SONiC greets so; the command tells the vendors apart.
  detect: {
    banner: '^-- Software for Open Networking in the Cloud --',
    probe: { send: 'show version', answer: '^SONiC Software Version: (?!SONiC-OS-.{1,40}-Enterprise)' },
  },
  exit: 'exit',
  cases: {
    prompts: {
      shell: ['admin@sonic:~$ ', 'admin@leaf-1.example.net:/etc/sonic$ '],
      'root-shell': ['root@sonic:/home/admin# ', '# '],
    },
    noPrompts: ['admin@sonic', '', 'Usage: show [OPTIONS] COMMAND [ARGS]...', 'Password: '],
    refused: [
      {
        answer: [
          'Usage: show [OPTIONS] COMMAND [ARGS]...',
          'Try "show -h" for help.',
          '',
          'Error: No such command "bogus".',
        ],
        line: 'Error: No such command "bogus".',
      },
      {
        answer: ['Root privileges are required for this operation'],
        line: 'Root privileges are required for this operation',
      },
      { answer: ['-bash: nonesuch: command not found'], line: '-bash: nonesuch: command not found' },
    ],
    notRefused: [['Docker images:', 'Error: No such command "x".'], ['  Interface    Oper    Admin'], ['Error: 0']],
    pagers: [':', '(END)'],
    questions: ['[sudo] password for admin: ', 'Existing files will be overwritten, continue? [y/N]: '],
    transcripts: [
      {
        title: 'a command that show does not have',
        before: 'admin@sonic:~$ ',
        command: 'show bogus',
        received:
          'show bogus\r\nUsage: show [OPTIONS] COMMAND [ARGS]...\r\nTry "show -h" for help.\r\n\r\nError: No such command "bogus".\r\nadmin@sonic:~$ ',
        output: 'Usage: show [OPTIONS] COMMAND [ARGS]...\nTry "show -h" for help.\n\nError: No such command "bogus".',
        mode: 'shell',
        refusal: 'Error: No such command "bogus".',
      },
    ],
  },
};
