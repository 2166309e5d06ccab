import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['ZXR10>', 'M6000.core_1>'],
    privileged: ['ZXR10#', 'ZXR10-5950-1#', `${'Z'.repeat(63)}#`],
    config: ['ZXR10(config)#', 'ZXR10(config-if)#', 'M6000.core_1(config-bgp-af-vpnv4)#'],
  },
  noPrompts: [' --More--', '----- more ----- Press Q or Ctrl+C to break -----', '#', '!</if-intf>#'],
  refused: [
    {
      answer: ['         ^', "%Error 20200: Invalid input detected at '^' marker."],
      line: "%Error 20200: Invalid input detected at '^' marker.",
    },
    { answer: ['%Error 20203: Incomplete command.'], line: '%Error 20203: Incomplete command.' },
    { answer: ['% Parameter too much'], line: '% Parameter too much' },
    { answer: ['% Command not found'], line: '% Command not found' },
    { answer: ["% Invalid input detected at '^' marker."], line: "% Invalid input detected at '^' marker." },
  ],
  notRefused: [
    ['%Info 20225: The configuration is saved.'],
    ['Building configuration...', '[OK]', '!', 'a', '%Error 20201'],
  ],
  pagers: [' --More--', '----- more ----- Press Q or Ctrl+C to break -----'],
  questions: ['Are you sure? [yes/no]:', 'Username:', 'Password:'],
  renames: { 'hostname core1': 'core1' },
  transcripts: [
    {
      title: 'an error with its number',
      before: 'ZXR10#',
      command: 'show interfacee',
      received: "show interfacee\r\n                ^\r\n%Error 20200: Invalid input detected at '^' marker.\r\nZXR10#",
      output: "                ^\n%Error 20200: Invalid input detected at '^' marker.",
      mode: 'privileged',
      refusal: "%Error 20200: Invalid input detected at '^' marker.",
    },
  ],
};

export const zteZxros: Platform = {
  name: 'zte_zxros',
  title: 'ZTE ZXROS (ZXR10)',
  verified: [],
  sources: [
    'show version and sysDescr as published tests have them (ZXR10 Router Operating System Software)',
    'NOC profile ZTE.ZXR10 (pagers, errors, modes); netmiko zte_zxros.py (paging, write)',
    'tests of published tools for ZTE C300 and C320 with errors as the devices printed them (%Error 20200, 20202, 20203)',
  ],
  terminal: { type: 'vt100', columns: 500, rows: 50, newline: '\r' },
  modes: iosModes({ leave: { send: 'exit' } }),
  login: iosLogin,
  prepare: [{ send: 'terminal length 0' }],
  pager: [iosMore, { prompt: String.raw`^----- more ----- Press Q or Ctrl\+C to break -----$`, answer: ' ' }],
  questions: iosQuestions,
  refusals: [
    String.raw`^%Error \d{3,6}: `,
    '^%\\s{0,2}(?:Invalid input detected|Parameter too much|Command not found|Incomplete command|Ambiguous command)',
  ],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'write', in: 'privileged' },
  detect: { probe: { send: 'show version', answer: String.raw`^\s*ZXR10 ` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
