import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { dcnQuestions, dcnRefusals } from './dcn.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['SNR-S2985G-24T>', 'sw.floor_2>'],
    privileged: ['SNR-S2985G-24T#', `${'S'.repeat(63)}#`],
    config: ['SNR-S2985G-24T(config)#', 'sw(config-if-ethernet1/0/1)#', 'sw(config-vlan5)#'],
  },
  noPrompts: [' --More-- ', '#', '!SNR-S2985G'],
  refused: [
    { answer: ["% Invalid input detected at '^' marker."], line: "% Invalid input detected at '^' marker." },
    { answer: ['> Ambiguous command!'], line: '> Ambiguous command!' },
    { answer: ['Unrecognized command or illegal parameter!'], line: 'Unrecognized command or illegal parameter!' },
    { answer: ['Invalid command or parameter'], line: 'Invalid command or parameter' },
  ],
  notRefused: [['Ethernet1/0/1 is down', '  Invalid command or parameter: 0']],
  pagers: [' --More-- '],
  questions: ['Confirm to overwrite current startup-config configuration [Y/N]:', 'Process with reboot? [Y/N] '],
  renames: { 'hostname access1': 'access1' },
  transcripts: [
    {
      title: 'a prefix of two commands',
      before: 'sw#',
      command: 'show r',
      received: 'show r\r\n> Ambiguous command!\r\nsw#',
      output: '> Ambiguous command!',
      mode: 'privileged',
      refusal: '> Ambiguous command!',
    },
  ],
};

export const snr: Platform = {
  name: 'snr',
  title: 'NAG SNR',
  verified: [
    {
      by: 'documentation',
      what: 'SNR-S2940-8G-v2 Switch Configuration Guide, 1.2.5 Input Verification and 1.2.6: errors',
    },
  ],
  sources: [
    'https://www.easymanua.ls/snr/s2940-8g-v2/manual?p=22 (Configuration Guide, 1.2.5 and 1.2.6)',
    'NOC profile NAG.SNR (pager, question, Enter key); oxidized model snr',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: iosModes({ submode: '[cC]onf[^)]*' }),
  login: iosLogin,
  prepare: [{ send: 'terminal length 0' }],
  pager: [iosMore],
  questions: [...iosQuestions, ...dcnQuestions],
  refusals: [...dcnRefusals, '^> (?:Ambiguous|Incomplete|Unrecognized) command'],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: {
    send: 'copy running-config startup-config',
    in: 'privileged',
    answers: [
      { prompt: String.raw`^Confirm to overwrite current startup-config configuration ?\[Y/N\]: ?$`, answer: 'Y\r' },
    ],
  },
  detect: { probe: { send: 'show version', answer: String.raw`^\s*SNR-S\d\S+ Device, Compiled on ` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
