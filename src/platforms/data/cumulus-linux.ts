import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { shellFiles, shellFilesCases } from './files-like.js';
import { shellReadOnly } from './read-only-like.js';
import { rootPrompt, shellPagers, shellPrompt, shellQuestions, shellRefusals, sudoShell } from './shell-like.js';

/** NVUE asks before a change of the management interface and the like; whoever commits has decided. */
const SURE = { prompt: String.raw`^Are you sure\? \[y/N\] ?$`, answer: 'y\r' };

export const cumulusLinux: Platform = {
  name: 'cumulus_linux',
  title: 'NVIDIA Cumulus Linux 5 with NVUE',
  verified: [
    {
      by: 'documentation',
      what: 'NVUE Command Reference, Config Commands (apply, --confirm in minutes, detach, save): docs.nvidia.com/networking-ethernet-software/nvue-reference/Config-Commands',
    },
  ],
  sources: [
    'NVIDIA, NVUE Command Reference: Config Commands (docs.nvidia.com/networking-ethernet-software/nvue-reference)',
    'NVIDIA NVOS User Manual: Configuration Management Commands (the question of nv config apply, which NVUE shares)',
    'netmiko 4.8 cumulus/cumulus_linux_ssh.py; scrapli 2 cumulus_linux.yaml (prompts, sudo)',
    'Files: as on Debian, which it is',
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
  refusals: [...shellRefusals, '^Error: ', '^Invalid (?:config|revision|[Cc]ommand)'],
  beforeRefusal: ['^Usage:', '^usage: '],
  // A prompt keeps its name until the shell is started anew.
  renames: [],
  unendedAnswers: true,
  configureIn: 'shell',
  ahead: [String.raw`^nv (?:set|unset) \S`],
  save: { send: 'nv config save', in: 'shell', refusals: ['^(?:Error|Invalid)'] },
  commit: {
    send: 'nv config apply',
    in: 'shell',
    answers: [SURE],
    refusals: ['^(?:Error|Invalid|Failed|Rejected)', '^invalid '],
    discard: { send: 'nv config detach', in: 'shell' },
    confirmed: {
      send: 'nv config apply --confirm {time}',
      in: 'shell',
      unit: 'minutes',
      answers: [SURE],
      refusals: ['^(?:Error|Invalid|Failed|Rejected)', '^invalid '],
      confirm: { send: 'nv config apply --confirm-yes', in: 'shell' },
    },
  },
  detect: {
    banner: '^Welcome to (?:NVIDIA )?Cumulus',
    // Logins are in the VRF for management, and the prompt says so.
    prompt: String.raw`^[\w.-]+@[\w.-]+:mgmt:[^$#]{1,200}[$#]$`,
  },
  files: shellFiles,
  readOnly: shellReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      shell: ['cumulus@switch:mgmt:~$ ', 'cumulus@hxb-leaf-r1:mgmt:~$ ', 'cumulus@leaf01:~$'],
      'root-shell': ['root@switch:mgmt:~# ', 'root@leaf01:/home/cumulus#'],
    },
    noPrompts: ['cumulus@switch', '', 'Are you sure? [y/N] ', 'operational  applied', '-----------  ---------'],
    refused: [
      {
        answer: ["Error: 'bogus' is not one of the known attributes"],
        line: "Error: 'bogus' is not one of the known attributes",
      },
      { answer: ['-bash: nonesuch: command not found'], line: '-bash: nonesuch: command not found' },
    ],
    notRefused: [
      ['            operational  applied', '-----------  -----------', 'Error: 0'],
      ['Warning: management interface config is changed.'],
      ['applied [rev_id: 21]'],
    ],
    pagers: [':', '(END)', 'lines 1-23'],
    questions: ['Are you sure? [y/N] ', '[sudo] password for cumulus: '],
    files: shellFilesCases,
    transcripts: [
      {
        title: 'a line of the candidate',
        before: 'cumulus@leaf01:mgmt:~$ ',
        command: 'nv set interface swp2 description uplink',
        received: 'nv set interface swp2 description uplink\r\ncumulus@leaf01:mgmt:~$ ',
        output: '',
        mode: 'shell',
      },
    ],
  },
};
