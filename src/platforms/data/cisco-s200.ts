import type { Platform } from '../platform.js';
import { ciscoS300 } from './cisco-s300.js';
import { iosMore } from './ios-like.js';

// How they tell what they are is not known.
const { detect: _another, ...same } = ciscoS300;

/** The smaller switches: their SSH takes any user, and the shell asks for name and password. */
export const ciscoS200: Platform = {
  ...same,
  name: 'cisco_s200',
  title: 'Cisco Small Business 200 and 220 (SG, SF)',
  sources: ['netmiko 4 cisco_s200 (no SSH authentication, no terminal width and no terminal datadump on the SG220)'],
  prepare: [],
  pager: [...ciscoS300.pager, iosMore],
  cases: {
    prompts: {
      exec: ['SG220>', 'sw.lab>'],
      privileged: ['SG220#', 'SG220-26P# '],
      config: ['SG220(config)#', 'SG220(config-if)#'],
    },
    noPrompts: ['', '#', 'SG220', 'Username:', '--More--', 'Welcome to Layer 2 Managed Switch'],
    refused: [{ answer: ['% Unrecognized command'], line: '% Unrecognized command' }],
    notRefused: [['% this is a line of a banner']],
    pagers: ['--More--', 'More: <space>,  Quit: q, One line: <return>'],
    questions: ['Username:', 'Password:', 'Overwrite file [startup-config].... (Y/N)[N] ?'],
    renames: { 'hostname sw2': 'sw2' },
  },
};
