import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

// The number behind the name is the slot of the processor that was logged in to.
const HOST = String.raw`(?<host>[^\s#>():]{1,255})(?::[12356])?`;

const cases: PlatformCases = {
  prompts: {
    exec: ['VSP-8284XSQ:1>', 'Core.Bldg_2:2>', 'switch>'],
    privileged: ['VSP-8284XSQ:1#', 'VSP-4850GTS:1#', `${'v'.repeat(100)}:6#`, 'switch#'],
    config: ['VSP-8284XSQ:1(config)#', 'VSP-8284XSQ:1(config-if)#', 'switch:1(router-ospf)#', 'sw:1(config-isis)#'],
  },
  noPrompts: [
    '# VSP-8284XSQ (8.10.0.0)',
    '#',
    'Command Execution Time: Tue Jan 06 10:00:00 2026 UTC',
    '--More-- (q = quit) ',
  ],
  refused: [
    {
      answer: ['                 ^', "% Invalid input detected at '^' marker."],
      line: "% Invalid input detected at '^' marker.",
    },
    { answer: ['% Incomplete command.'], line: '% Incomplete command.' },
    { answer: ['Error: Prefix List "none" not found'], line: 'Error: Prefix List "none" not found' },
    { answer: ['% Permission denied.'], line: '% Permission denied.' },
    { answer: ['% Not allowed on secondary cpu.'], line: '% Not allowed on secondary cpu.' },
    { answer: ['% Vlan 4000 does not exist'], line: '% Vlan 4000 does not exist' },
  ],
  notRefused: [
    [
      'PORT  IN      OUT     ERROR',
      '1/1   10      10      0',
      '1/2   0       0       0',
      '1/3   0       0       0',
      'Error: 0',
    ],
    ['CP1 [01/06/26 10:00:00.000] 0x000045ce SNMP INFO Error: % Invalid input'],
  ],
  pagers: ['--More-- (q = quit) ', '--More--'],
  questions: ['Are you sure you want to re-boot the switch (y/n) ? ', 'Do you want to continue (y/n) ? '],
  renames: { 'prompt "Core-2"': 'Core-2', 'snmp-server name core1': 'core1' },
  transcripts: [
    {
      title: 'a bell and a marker',
      before: 'VSP-8284XSQ:1#',
      command: 'show vlann',
      received: "show vlann\r\n\x07              ^\r\n% Invalid input detected at '^' marker.\r\nVSP-8284XSQ:1#",
      output: "              ^\n% Invalid input detected at '^' marker.",
      mode: 'privileged',
      refusal: "% Invalid input detected at '^' marker.",
    },
  ],
};

export const extremeVsp: Platform = {
  name: 'extreme_vsp',
  title: 'Extreme VOSS / Fabric Engine (VSP, earlier Avaya)',
  verified: [],
  sources: [
    'Control::CLI::Extreme 1.04, CPAN: InitPrompt, MorePrompt, ErrorPatterns of PassportERS',
    'Ansible terminal plugin voss (errors, enable); netmiko extreme_vsp_ssh.py; oxidized model voss',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: iosModes({ host: HOST, submode: '[a-z][^)]*', enable: { secretPrompt: '^(?:Local_)?password ?: ?$' } }),
  login: {
    ...iosLogin,
    refusals: [...iosLogin.refusals, '^(?:Incorrect|Access Denied from RADIUS|[nN]o (?:response|reply) from RADIUS)'],
  },
  prepare: [{ send: 'terminal more disable' }],
  pager: [iosMore, { prompt: String.raw`^--More-- \(q = quit\) ?$`, answer: ' ' }],
  questions: [...iosQuestions, String.raw`\(y/n\) ?\? ?$`],
  refusals: [
    '^% (?:Invalid input detected|Incomplete command|Permission denied|Not allowed on secondary cpu)',
    '^% (?:Vrf "[^"]+"|Vlan \\d+) does not exist',
    '^(?:Error ?: |Unable to |Command authorization failed|Command not allowed )',
    '^(?:parameter|object) .{1,80} is out of range',
  ],
  beforeRefusal: [],
  // Common knowledge, not read in a source: these lines.
  renames: [String.raw`^\s*(?:prompt|snmp-server name|sys name)\s+"?(?<host>[^"\s]{1,255})"?\s*$`],
  helpKey: '?',
  save: { send: 'save config', in: 'privileged', refusals: ['^Save config to file [^ ]+ failed'] },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
