import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions, iosRefusals, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['Ruijie>', 'RG-S5750.hall_2>'],
    privileged: ['Ruijie#', `${'R'.repeat(63)}#`],
    config: ['Ruijie(config)#', 'RG-S5750(config-if-GigabitEthernet 0/1)#', 'Ruijie(config-router)#'],
  },
  noPrompts: [' --More-- ', '#', 'version 11.0(1)#B', 'Building configuration...'],
  refused: [
    {
      answer: ['       ^', "% Invalid input detected at '^' marker."],
      line: "% Invalid input detected at '^' marker.",
    },
    { answer: ['% Incomplete command.'], line: '% Incomplete command.' },
    { answer: ['% Ambiguous command: "s"'], line: '% Ambiguous command: "s"' },
    { answer: ['% Unknown command.'], line: '% Unknown command.' },
  ],
  notRefused: [['% The interface is down'], ['*Jan  6 10:00:00: %LINK-3-UPDOWN: % Unknown command.']],
  pagers: [' --More-- '],
  questions: ['Proceed with reload? [no]:', 'Username:', 'Password:'],
  renames: { 'hostname access1': 'access1' },
  transcripts: [
    {
      title: 'the pager erases itself',
      before: 'Ruijie#',
      command: 'show vlan',
      received: 'show vlan\r\nVLAN Name\r\n --More-- \r           \rVLAN 2\r\nRuijie#',
      output: 'VLAN Name\nVLAN 2',
      mode: 'privileged',
    },
  ],
};

export const ruijieOs: Platform = {
  name: 'ruijie_os',
  title: 'Ruijie RGOS',
  verified: [],
  sources: ['netmiko ruijie_os.py (enable before the width, terminal length and width, write)', 'oxidized model rgos'],
  terminal: { type: 'vt100', columns: 256, rows: 24, newline: '\r' },
  modes: iosModes(),
  login: iosLogin,
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 256', in: ['privileged'] }],
  pager: [iosMore],
  questions: iosQuestions,
  // Not written down by the vendor's users; they are the family's.
  refusals: iosRefusals,
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'write', in: 'privileged' },
  detect: { probe: { send: 'show version', answer: String.raw`^System description +: Ruijie ` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
