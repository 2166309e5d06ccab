import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { shellFiles, shellFilesCases } from './files-like.js';
import { shellReadOnly } from './read-only-like.js';
import {
  rootPrompt,
  shellPagers,
  shellPrompt,
  shellQuestions,
  shellRefusals,
  sudoShell,
  suShell,
} from './shell-like.js';

export const linux: Platform = {
  name: 'linux',
  title: 'Linux and other systems with a POSIX shell',
  verified: [{ by: 'device', what: 'bash over OpenSSH and over dropbear (Debian 12)' }],
  sources: [
    "bash's and dash's default prompts (Debian)",
    'POSIX.1-2017, Shell: exit status texts of dash and bash',
    'sudo(8), su(1)',
    'POSIX.1-2017: ls -ln, df -Pk; GNU coreutils: sha256sum, md5sum',
  ],
  // `dumb` keeps colours, bracketed paste and line redrawing out of the conversation.
  terminal: { type: 'dumb', columns: 511, rows: 24, newline: '\r' },
  modes: {
    shell: { prompt: shellPrompt, enter: [] },
    // One of rest: who logs in as root is in it from the start, and has nothing to leave.
    'root-shell': { prompt: rootPrompt, enter: [sudoShell, suShell] },
  },
  // getty(8) and shells answer an Enter with what they have shown already.
  login: { ...commonLogin, wake: '\r' },
  prepare: [],
  pager: shellPagers,
  questions: shellQuestions,
  refusals: shellRefusals,
  beforeRefusal: [],
  // A prompt keeps its name until the shell is started anew.
  renames: [],
  unendedAnswers: true,
  // What changes a host is done by root, as netmiko has it.
  configureIn: 'root-shell',
  files: shellFiles,
  detect: { probe: { send: 'uname -s', answer: String.raw`^(?:Linux|FreeBSD|OpenBSD|NetBSD|Darwin|SunOS)$` } },
  exec: 'many',
  readOnly: shellReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      shell: [
        ...['user@box:~$ ', '[user@box ~]$ ', 'box:~$', '$ ', '(venv) user@box:~/a b$ ', 'user@box ~ % '],
        ...['user@box.example.net:/var/log$ ', 'CORE-1>', `${'h'.repeat(63)}:~$ `],
      ],
      'root-shell': ['root@box:/etc# ', '[root@box etc]# ', 'box# ', '# ', `root@${'h'.repeat(63)}:~# `],
    },
    noPrompts: ['user@box', 'total 0', 'a: b', 'x = $5', '/etc/passwd#x', '>', '', '[sudo] password for user: '],
    refused: [
      { answer: ['bash: nonesuch: command not found'], line: 'bash: nonesuch: command not found' },
      { answer: ['-bash: nonesuch: command not found'], line: '-bash: nonesuch: command not found' },
      { answer: ['-sh: 1: nonesuch: not found'], line: '-sh: 1: nonesuch: not found' },
      { answer: ['bash: /root/x: Permission denied'], line: 'bash: /root/x: Permission denied' },
      { answer: ['zsh: command not found: nonesuch'], line: 'zsh: command not found: nonesuch' },
    ],
    notRefused: [
      ['a', 'bash: nonesuch: command not found'],
      ['ls: cannot access x: No such file or directory'],
      ['grep: /etc/shadow: Permission denied'],
      ['error: not found'],
    ],
    pagers: ['--More--', '--More--(45%)', ':', '(END)', 'lines 1-23/60 38%', 'log.txt (press h for help or q to quit)'],
    questions: ['[sudo] password for user: ', 'Password: ', 'Do you want to continue? [Y/n] ', 'overwrite? (yes/no) '],
    files: shellFilesCases,
    transcripts: [
      {
        title: 'an answer without a line end',
        before: 'user@box:~$ ',
        command: "printf 'a\\nb'",
        received: "printf 'a\\nb'\r\na\r\nbuser@box:~$ ",
        output: 'a\nb',
        mode: 'shell',
      },
      {
        title: 'a command that bash does not know',
        before: 'root@box:~# ',
        command: 'nonesuch',
        received: 'nonesuch\r\nbash: nonesuch: command not found\r\nroot@box:~# ',
        output: 'bash: nonesuch: command not found',
        mode: 'root-shell',
        refusal: 'bash: nonesuch: command not found',
      },
    ],
  },
};
