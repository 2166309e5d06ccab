import type { Platform } from '../platform.js';
import { lsSize } from './files-like.js';
import {
  iosConfigure,
  iosEnable,
  iosEnd,
  iosHost,
  iosLogin,
  iosMore,
  iosQuestions,
  iosRefusals,
  iosRenames,
} from './ios-like.js';
import { showReadOnly } from './read-only-like.js';
import { shellRefusals } from './shell-like.js';

export const dellOs10: Platform = {
  name: 'dell_os10',
  title: 'Dell SmartFabric OS10',
  verified: [],
  sources: [
    'Dell SmartFabric OS10 User Guide 10.5: CLI basics, Configuration modes, Copy running configuration, system bash',
    'netmiko 4.8 dell/dell_os10_ssh.py (save); ansible dellemc.os10 plugins/terminal/os10.py (prompts, error texts)',
    'napalm-dellos10 pull request 26: the echo shows a shortened command in its long form',
    'Files: netmiko 4, dell_os10_ssh.py (system "md5sum …", ls, /home/admin)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${iosHost}>$`, enter: [] },
    privileged: { prompt: `^${iosHost}#$`, enter: [iosEnable] },
    config: {
      prompt: String.raw`^${iosHost}\(conf(?:ig)?[^()]*\)#$`,
      enter: [iosConfigure],
      leave: iosEnd,
    },
    shell: {
      prompt: String.raw`^[\w.-]+@(?<host>[A-Za-z0-9_][\w.-]{0,62}):[^\s$#]{1,200}\$$`,
      enter: [{ from: 'privileged', send: 'system bash', refusals: ['^% ?Error'] }],
      leave: { send: 'exit' },
    },
  },
  login: iosLogin,
  // Every command is in its long form: the device echoes that, whatever was typed.
  prepare: [{ send: 'terminal length 0' }],
  pager: [iosMore],
  questions: [...iosQuestions, String.raw`\[confirm yes/no\]: ?$`],
  refusals: [...iosRefusals, String.raw`^% ?Error\b`, '^Syntax error:', ...shellRefusals],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  ahead: [
    String.raw`^(?:no )?ip(?:v6)? route \S`,
    String.raw`^\s*(?:no )?(?:seq \d+ )?(?:permit|deny) \S`,
    String.raw`^ip prefix-list \S+ seq \d+ (?:permit|deny) \S`,
  ],
  // As the guides have it; not tried on a device.
  blocks: [{ start: String.raw`^\s*banner (?:login|motd) (?<delimiter>\S)\s*$` }],
  // A transaction (`start transaction`, `commit`) shows in no prompt and is open to others: it is left to those who want it.
  save: { send: 'copy running-configuration startup-configuration', in: 'privileged' },
  detect: {
    probe: { send: 'show version', answer: String.raw`^Dell (?:EMC Networking|SmartFabric) OS10[ -]Enterprise` },
  },
  files: {
    protocols: ['scp', 'sftp'],
    fileSystem: '/home/{username}/',
    checksums: [{ algorithm: 'md5', send: 'system "md5sum {path}"', answer: '^(?<sum>[0-9a-f]{32}) ' }],
    size: { send: 'system "ls -l {path}"', answer: lsSize, absent: 'No such file or directory' },
    free: { send: 'system "df -Pk {folder}"', answer: String.raw`\s\d+\s+\d+\s+(?<free>\d+)\s+\d+%\s`, unit: 1024 },
    remove: 'system "rm {path}"',
  },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['OS10>', 'leaf-1>'],
      privileged: ['OS10#', 'OS10# ', 'Kenda-Core-1#', 'leaf.example.net#', `${'h'.repeat(63)}#`],
      config: [
        'OS10(config)#',
        'OS10(conf-if-eth1/1/5)# ',
        'OS10(config-router-bgp-65000)#',
        'LEAF_1(conf-if-po-10)#',
        'OS10(conf-if-eth1/1/1:2)#',
      ],
      shell: ['admin@OS10:~$ ', 'admin@leaf-1:/home/admin$ '],
    },
    noPrompts: ['OS10', '', '#', 'OS10(boot)#', 'OS10(config)', 'Password: ', 'OS10 login: ', 'admin@OS10'],
    refused: [
      { answer: ['% Error: Unrecognized command.'], line: '% Error: Unrecognized command.' },
      {
        answer: ['                 ^', "% Error: Illegal parameter near '^' marker."],
        line: "% Error: Illegal parameter near '^' marker.",
      },
      { answer: ['% Error: Incomplete command.'], line: '% Error: Incomplete command.' },
      { answer: ['-bash: nonesuch: command not found'], line: '-bash: nonesuch: command not found' },
    ],
    notRefused: [
      ['% Warning : Default password for admin account should be changed to secure the system'],
      ['Ethernet 1/1/1 is up', 'Input statistics:', '% Error: 0'],
      ['Error statistics: 0 CRC'],
    ],
    pagers: ['--More--', ' --More-- '],
    questions: ['Proceed to reboot the system? [confirm yes/no]:', 'Password: ', 'Continue? [yes/no]:'],
    renames: { 'hostname leaf-2': 'leaf-2' },
    files: [
      {
        line: 'checksum',
        answer: ['900150983cd24fb0d6963f7d28e17f72  /home/admin/x'],
        reads: '900150983cd24fb0d6963f7d28e17f72',
      },
    ],
    transcripts: [
      {
        title: 'a word that is no command',
        before: 'OS10# ',
        command: 'shwo version',
        received: 'shwo version\r\n% Error: Unrecognized command.\r\nOS10# ',
        output: '% Error: Unrecognized command.',
        mode: 'privileged',
        refusal: '% Error: Unrecognized command.',
      },
      {
        title: 'an interface is entered',
        before: 'OS10(config)# ',
        command: 'interface ethernet1/1/5',
        received: 'interface ethernet1/1/5\r\nOS10(conf-if-eth1/1/5)# ',
        output: '',
        mode: 'config',
      },
    ],
  },
};
