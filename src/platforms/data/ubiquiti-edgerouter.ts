import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { shellFiles, shellFilesCases } from './files-like.js';
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

export const ubiquitiEdgerouter: Platform = {
  name: 'ubiquiti_edgerouter',
  title: 'Ubiquiti EdgeOS (EdgeRouter)',
  verified: [],
  sources: [
    'Ubiquiti, EdgeOS User Guide: Command Line Interface (Operational and Configuration Mode, commit, save, commit-confirm)',
    'netmiko 4.8 ubiquiti/edgerouter_ssh.py (terminal length, terminal width, save) and its pull request 612 (prompts)',
    'ansible community.network terminal/edgeos.py (error texts)',
    'vyos/vyatta-cfg etc/bash_completion.d/vyatta-cfg: the command line that EdgeOS has inherited',
    'ShaneMcC/vyatta-tinc issue 7 (refusals on EdgeOS 1.8)',
    'Files: netmiko 4, ubiquiti edgerouter (its command line is the shell)',
  ],
  // `dumb` keeps colours, bracketed paste and line redrawing out of the conversation.
  terminal: { type: 'dumb', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: vyattaExec, enter: [] },
    config: { prompt: vyattaConfig, above: vyattaEdit, enter: [vyattaConfigure], leave: vyattaLeave },
  },
  login: commonLogin,
  prepare: [
    { send: 'terminal length 0', in: ['exec'] },
    { send: 'terminal width 512', in: ['exec'] },
  ],
  pager: shellPagers,
  questions: [...shellQuestions, String.raw`\[confirm\] ?(?:\[y\])? ?$`],
  refusals: [...vyattaRefusals, ...shellRefusals],
  beforeRefusal: [String.raw`^\s*\S.{0,300} is not (?:a )?valid\b`, String.raw`^\s*Error: `],
  // A prompt keeps its name until the next login, also after a commit of `system host-name`.
  renames: [],
  helpKey: '?',
  unendedAnswers: true,
  ahead: vyattaAhead,
  save: { send: 'save', in: 'config', done: '^Done$' },
  commit: vyattaCommit,
  detect: {
    banner: '^Welcome to EdgeOS',
    probe: { send: 'show version', answer: '^(?:Version: +v|HW model: +EdgeRouter)' },
  },
  files: { ...shellFiles, protocols: ['scp', 'sftp'] },
  readOnly: vyattaReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['ubnt@ubnt:~$ ', 'jlvillal@er4:~$ ', 'ubnt@ER-X.example.net:/config$'],
      config: ['[edit]\nubnt@ubnt# ', '[edit protocols tinc test]\nnvx@ERL#'],
    },
    noPrompts: ['ubnt@ubnt', '', 'ubnt@ubnt# ', 'root@ubnt:~# ', '[edit]', '#'],
    refused: [
      { answer: ['', '  Invalid command: [bogus]', ''], line: 'Invalid command: [bogus]' },
      {
        answer: ['The specified configuration node is not valid', 'Set failed'],
        line: 'The specified configuration node is not valid',
      },
      {
        answer: ['"1.2.3" is not a valid value of type "ipv4"', 'Value validation failed', 'Set failed'],
        line: 'Value validation failed',
      },
    ],
    notRefused: [
      ['No changes between working and active configurations'],
      ['interfaces {', ' ethernet eth0 {', 'Set failed'],
    ],
    pagers: [':', '(END)'],
    questions: ['Proceed? [confirm][y]', 'Proceed with reboot? [confirm][y]', 'Password: '],
    files: shellFilesCases,
    transcripts: [
      {
        title: 'the configuration is left',
        before: '[edit]\r\njlvillal@er4# ',
        command: 'exit',
        received: 'exit\r\nexit\r\njlvillal@er4:~$ ',
        output: 'exit',
        mode: 'exec',
      },
    ],
  },
};
