import type { Platform } from '../platform.js';
import { shellPagers, shellQuestions, shellRefusals } from './shell-like.js';
import { ubiquitiEdgeswitch } from './ubiquiti-edgeswitch.js';

const { exec, privileged, config } = ubiquitiEdgeswitch.modes;

export const ubiquitiUnifiswitch: Platform = {
  ...ubiquitiEdgeswitch,
  name: 'ubiquiti_unifiswitch',
  title: "Ubiquiti UniFi Switch: a Linux shell, with the EdgeSwitch's command line behind telnet localhost",
  sources: [
    ...ubiquitiEdgeswitch.sources,
    'netmiko 4.8 ubiquiti/unifiswitch_ssh.py and its pull request 1364 (login, telnet localhost)',
  ],
  modes: {
    // After login. No name on purpose: the switch's own command line has another one.
    shell: { prompt: String.raw`^[A-Za-z0-9_][\w.-]{0,100}[#$]$`, enter: [] },
    exec: {
      prompt: exec?.prompt ?? '',
      enter: [{ from: 'shell', send: 'telnet localhost', refusals: ['^telnet: ', ...shellRefusals] }],
    },
    privileged: { prompt: privileged?.prompt ?? '', enter: privileged?.enter ?? [] },
    config: {
      prompt: config?.prompt ?? '',
      enter: config?.enter ?? [],
      leave: config?.leave ?? { send: 'end' },
    },
  },
  pager: [...ubiquitiEdgeswitch.pager, ...shellPagers],
  questions: [...ubiquitiEdgeswitch.questions, ...shellQuestions],
  refusals: [...ubiquitiEdgeswitch.refusals, ...shellRefusals],
  unendedAnswers: true,
  detect: {
    banner: '^.{0,60}Welcome to UniFi',
    prompt: String.raw`^(?:[\w.-]{1,60}-)?US(?:W|XG)?[\w.-]*\.v\d+\.\d+\.\d+#$`,
  },
  exit: 'exit',
  cases: {
    prompts: {
      shell: ['switch04-US.v4.0.14# ', 'US-8-60W-US.v6.5.59#', 'sw1$ '],
      exec: ['(UBNT) >', '(Floor 2) >'],
      privileged: ['(UBNT) #', '(Floor 2) #'],
      config: ['(UBNT) (Config)#', '(UBNT) (Interface 0/1)#'],
    },
    noPrompts: ['(UBNT)', '', '#', 'Entering character mode', "Escape character is '^]'.", 'Password:'],
    refused: [
      {
        answer: ['               ^', "% Invalid input detected at '^' marker.", ''],
        line: "% Invalid input detected at '^' marker.",
      },
      { answer: ['-sh: nonesuch: not found'], line: '-sh: nonesuch: not found' },
    ],
    notRefused: [['Model:       US-8-60W', 'Version:     4.0.14', 'ERROR: 0']],
    pagers: ['--More-- or (q)uit', ':'],
    questions: ['Are you sure you want to save? (y/n) ', 'Password:'],
    renames: { 'hostname edge-2': 'edge-2' },
  },
};
