import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosEnd, iosHost, iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    privileged: ['SMIS# ', 'sw.hall_2#', `${'S'.repeat(63)}#`],
    config: ['SMIS(config)# ', 'sw.hall_2(config-if)#', 'SMIS(config-vlan)#'],
  },
  noPrompts: ['--More--', '#', 'SMIS>', 'Building configuration...'],
  refused: [
    {
      answer: ['       ^', "% Invalid input detected at '^' marker."],
      line: "% Invalid input detected at '^' marker.",
    },
    { answer: ['% Invalid Command'], line: '% Invalid Command' },
    { answer: ['% Ambiguous Command'], line: '% Ambiguous Command' },
  ],
  notRefused: [['Switch ID  Hardware Version', '0  SSE-G48-TG4', 'a', 'b', '% Invalid Command']],
  pagers: ['--More--'],
  questions: ['Username:', 'Password:'],
  renames: { 'hostname access1': 'access1' },
  transcripts: [
    {
      title: 'inverse video is switched off before the prompt',
      before: '\x1b[27m\rSMIS# ',
      command: 'foo',
      received: 'foo\r\n% Invalid Command\r\n\x1b[27m\rSMIS# ',
      output: '% Invalid Command',
      mode: 'privileged',
      refusal: '% Invalid Command',
    },
  ],
};

export const supermicroSmis: Platform = {
  name: 'supermicro_smis',
  title: 'Supermicro SMIS (Aricent ISS)',
  verified: [],
  sources: [
    'netmiko ssh_autodetect (show system info: Super Micro Computer)',
    'netmiko smci_smis.py (paging off in the mode of configuration, write startup-config)',
    'oxidized model aricentiss (SSE-G48-TG4, MBM-XEM-002: prompt, paging holds for the session)',
    'gnetcli pkg/device/eltex (errors of the same software in Eltex MES 24xx)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    privileged: { prompt: `^${iosHost}#$`, enter: [] },
    config: {
      prompt: String.raw`^${iosHost}\(conf[^)]*\)#$`,
      enter: [{ from: 'privileged', send: 'configure terminal', refusals: [] }],
      leave: iosEnd,
    },
  },
  login: iosLogin,
  // It is typed in the mode of configuration, and holds for the session; elsewhere the pager is answered.
  prepare: [{ send: 'set cli pagination off', in: ['config'] }],
  pager: [iosMore],
  questions: iosQuestions,
  refusals: ['^% ?(?:Invalid input detected|Invalid [cC]ommand|Ambiguous [cC]ommand|Incomplete [cC]ommand)'],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'write startup-config', in: 'privileged' },
  detect: { probe: { send: 'show system info', answer: String.raw`\bSuper Micro Computer\b` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
