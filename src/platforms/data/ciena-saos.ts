import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { lsSize } from './files-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['3930-A> ', '3930-A*> ', 'CN5150.site_2[1]> ', `${'C'.repeat(64)}*> `],
    shell: ['diag@3930-A:~$ ', 'diag@3930-A:/tmp# '],
  },
  noPrompts: ['> ', '| Parameter > ', '+-------------------->', 'diag@ 3930'],
  refused: [
    { answer: ["SHELL PARSER FAILURE: 'foo' - invalid input"], line: "SHELL PARSER FAILURE: 'foo' - invalid input" },
    { answer: ['ERROR: VLAN 10 does not exist'], line: 'ERROR: VLAN 10 does not exist' },
  ],
  notRefused: [['+------------- SYSTEM LOG -------------+', '| ERROR: 0 |'], ['| Message | SHELL PARSER FAILURE |']],
  questions: ['Continue? (y/n): '],
  renames: { 'system set host-name core1': 'core1' },
  files: [
    {
      line: 'free',
      answer: [
        'Filesystem           1K-blocks      Used Available Use% Mounted on',
        'tmpfs                  1048576       648   1047928   0% /tmp',
      ],
      reads: '1073078272',
    },
    { line: 'size', answer: ['-rw-r--r--  1 pyclass  wheel  12 Nov  5 19:07 /tmp/users/x/test3.txt'], reads: '12' },
  ],
  transcripts: [
    {
      title: 'a star marks what is not saved',
      before: '3930-A> ',
      command: 'vlan create vlan 10',
      received: 'vlan create vlan 10\r\n3930-A*> ',
      output: '',
      mode: 'exec',
    },
    {
      title: 'a word that is none',
      before: '3930-A*> ',
      command: 'foo',
      received: "foo\r\nSHELL PARSER FAILURE: 'foo' - invalid input\r\n3930-A*> ",
      output: "SHELL PARSER FAILURE: 'foo' - invalid input",
      mode: 'exec',
      refusal: "SHELL PARSER FAILURE: 'foo' - invalid input",
    },
  ],
};

export const cienaSaos: Platform = {
  name: 'ciena_saos',
  title: 'Ciena SAOS 6 and 8',
  verified: [],
  sources: [
    'ntc-templates, tests/ciena_saos/software_show',
    "Ciena's Ansible collection ciena.saos6, plugins/terminal/saos6.py",
    'netmiko ciena_saos.py (diag shell, configuration save)',
    'Files: netmiko 4, ciena_saos.py (file ls, file vols, system server scp enable)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: String.raw`^(?<host>\w[\w+.:/[\]-]{0,63})\*?>$`, enter: [] },
    shell: {
      prompt: String.raw`^diag@(?<host>[\w.-]{1,64}):[^\s#$>]{0,200}[#$>]$`,
      enter: [{ from: 'exec', send: 'diag shell', refusals: ['^SHELL PARSER FAILURE'] }],
      leave: { send: 'exit' },
    },
  },
  login: commonLogin,
  prepare: [{ send: 'system shell session set more off' }, { send: 'system shell session set window-width 512' }],
  // How its pager waits is written down nowhere; it is off for the session.
  pager: [],
  questions: commonQuestions,
  refusals: ['^SHELL PARSER FAILURE', '^ERROR: '],
  beforeRefusal: [],
  renames: [String.raw`^\s*system set host-name\s+(?<host>\S{1,64})\s*$`],
  helpKey: '?',
  configureIn: 'exec',
  save: { send: 'configuration save', in: 'exec' },
  detect: { probe: { send: 'software show', answer: String.raw`^\| Installed Package +: saos-` } },
  files: {
    protocols: ['scp'],
    fileSystem: '/tmp/users/{username}/',
    size: { send: 'file ls -l {path}', answer: lsSize, absent: 'No such file or directory' },
    free: { send: 'file vols -P {folder}', answer: String.raw`\s\d+\s+\d+\s+(?<free>\d+)\s+\d+%\s`, unit: 1024 },
    switchOn: { scp: 'system server scp enable' },
  },
  exit: 'exit',
  cases,
};
