import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosEnable, iosQuestions, iosRefusals, iosRenames } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

// The name, the role in a pair and in a virtual chassis, the number in the chassis, the partition.
const WHO = String.raw`(?<host>[A-Za-z0-9_][\w.]{0,62}?(?:-[\w.]{1,62}?){0,8})(?:-(?:Active|Standby|ForcedStandby)){0,1}(?:-v(?:Master|Blade)){0,1}(?:\[\d{1,2}/\d{1,2}\])?(?:\[(?<context>[\w.-]{1,63})\])?`;

export const a10: Platform = {
  name: 'a10',
  title: 'A10 Networks ACOS',
  verified: [],
  sources: [
    'A10 Networks, ACOS 2.7.2 System Configuration and Administration Guide; ACOS 4.1.4 Configuring ACOS Virtual Chassis Systems',
    'netmiko 4.8 a10_ssh.py (paging is switched off in the privileged mode); oxidized acos.rb; Netshot A10_ACOS.js (pager, prompts)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${WHO}>$`, enter: [] },
    privileged: { prompt: `^${WHO}#$`, enter: [iosEnable] },
    config: {
      prompt: String.raw`^${WHO}\(config[^)\s]{0,80}\)#$`,
      enter: [{ from: 'privileged', send: 'configure', refusals: ['^% '] }],
      leave: { send: 'end' },
    },
  },
  login: commonLogin,
  prepare: [
    { send: 'terminal length 0', in: ['privileged', 'config'] },
    { send: 'terminal width 0', in: ['privileged', 'config'] },
  ],
  pager: [{ prompt: '^--MORE-- ?$', answer: ' ' }],
  questions: iosQuestions,
  refusals: iosRefusals,
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'write memory', in: 'privileged' },
  context: {
    title: 'partition',
    enter: ['active-partition {name}'],
    leave: ['active-partition shared'],
    refusals: ['^(?:% )?(?:Partition|Invalid|Permission)'],
  },
  detect: { probe: { send: 'show version', answer: String.raw`Advanced Core OS \(ACOS\)` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['ACOS>', 'vThunder-Active> ', 'LB_1.dc-2>', 'ACOS-Active-vMaster[1/1]>', 'ACOS-vBlade[1/2]>'],
      privileged: ['ACOS#', 'AX2500-Active[CoA]#', 'thunder-1-Standby#', 'ACOS-Active-vMaster[1/1][p1]# '],
      config: ['ACOS(config)#', 'ACOS-Active(config:1)#', 'vThunder-Active[p1](config-if:ethernet:1)#'],
    },
    noPrompts: ['', '#', '>', 'ACOS', 'ACOS# show', 'ACOS (config)#', '[p1]#', 'a b>', 'ACOS(x)#'],
    refused: [
      {
        answer: ['       ^', "% Unrecognized command.Invalid input detected at '^' marker."],
        line: "% Unrecognized command.Invalid input detected at '^' marker.",
      },
      { answer: ['% Incomplete command.'], line: '% Incomplete command.' },
    ],
    notRefused: [
      ['Thunder Series Unified Application Service Gateway', '% Incomplete command.'],
      ['!Current configuration: 1024 bytes'],
    ],
    pagers: ['--MORE--'],
    questions: ['Password:'],
    renames: { 'hostname lb2': 'lb2' },
    transcripts: [
      {
        title: 'a refused command on the active one of a pair',
        before: 'vThunder-Active#',
        command: 'show versio foo',
        received:
          "show versio foo\r\n            ^\r\n% Unrecognized command.Invalid input detected at '^' marker.\r\nvThunder-Active#",
        output: "            ^\n% Unrecognized command.Invalid input detected at '^' marker.",
        mode: 'privileged',
        refusal: "% Unrecognized command.Invalid input detected at '^' marker.",
      },
    ],
  },
};
