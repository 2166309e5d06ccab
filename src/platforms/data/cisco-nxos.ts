import type { Platform } from '../platform.js';
import {
  iosAhead,
  iosBanners,
  iosConfigure,
  iosEnable,
  iosEnd,
  iosHost,
  iosLogin,
  iosMore,
  iosQuestions,
  iosRefusals,
} from './ios-like.js';
import { nxosReadOnly } from './read-only-like.js';

/** A standby supervisor, or a switch in maintenance mode. */
const ROLE = String.raw`(?:\((?:standby|maint-mode)\))?`;

// A VDC (`switchto vdc NAME`) is no context here: it has a host name of its own in its prompt. A session of
// configuration (`configure session`, `(config-s)#`) is a candidate of another kind and none of these modes.
export const ciscoNxos: Platform = {
  name: 'cisco_nxos',
  title: 'Cisco NX-OS',
  verified: [
    {
      by: 'recording',
      what: 'ntc-templates d0bc5a48, tests/cisco_nxos: of 177 answers the one that is an error, with its marker, is a refusal',
    },
    {
      by: 'documentation',
      what: 'Nexus 3000/3500/9000 Programmability Guides, Tcl: tclsh, `switch-tcl#`, "% Invalid command at \'^\' marker."',
    },
  ],
  sources: [
    'https://www.cisco.com/c/en/us/td/docs/switches/datacenter/nexus3400s/sw/93x/programmability/guide/ (Scripting with Tcl)',
    'scrapli_definitions cisco_nxos (maint-mode, tcl prompts, error texts)',
    'unicon.plugins nxos patterns (standby, bash-4.2$, commit of a session)',
    'netmiko 4 cisco_nxos, ssh_autodetect; The NOC Project, Cisco.NXOS profile (pager)',
    'Cisco Nexus guides: copy running-config startup-config answers "Copy complete."; 5000 series "[####] 100%"',
    'Files: netmiko 4, cisco_nxos_ssh.py (show file md5sum, dir); Cisco NX-OS Security Configuration Guide: feature scp-server, feature sftp-server',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${iosHost}${ROLE}>$`, enter: [] },
    privileged: {
      // `-tcl#` is Tcl's, and `bash-4.3#` the shell's.
      prompt: String.raw`^(?!bash-\d\.\d#)${iosHost}(?<!-tcl)${ROLE}#$`,
      enter: [iosEnable],
    },
    config: {
      prompt: String.raw`^${iosHost}(?:\(maint-mode\))?\(conf(?!ig-tcl\)|ig-s[)-])[^()#>]{0,62}\)#$`,
      enter: [iosConfigure],
      leave: iosEnd,
    },
    tcl: {
      prompt: String.raw`^(?<host>[A-Za-z0-9_][^\s#>()]{0,62}?)(?:-tcl|(?:\(maint-mode\))?\(config-tcl\)|\(maint-mode-tcl\))#$`,
      enter: [{ from: 'privileged', send: 'tclsh', refusals: [] }],
      leave: { send: 'tclquit' },
    },
    shell: {
      prompt: String.raw`^bash-\d\.\d[$#]$`,
      enter: [{ from: 'privileged', send: 'run bash', refusals: [] }],
      leave: { send: 'exit' },
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 511' }],
  pager: [iosMore],
  questions: [
    ...iosQuestions,
    String.raw`\((?:y/n|yes/no)\)\?? {0,2}\[(?:n|y|no|yes)\] ?:? ?$`,
    String.raw`^(?:Enter|Confirm) the password for "admin": ?$`,
  ],
  refusals: [...iosRefusals, String.raw`^% ?Invalid (?:command|parameter|number|ip|value|range|interface)\b`],
  beforeRefusal: [],
  renames: [
    String.raw`^\s*(?:switchname|ho(?:s(?:t(?:n(?:a(?:me?)?)?)?)?)?)\s+(?<host>\S+)\s*$`,
    String.raw`^\s*no\s+(?:switchname|ho(?:s(?:t(?:n(?:a(?:me?)?)?)?)?)?)(?:\s+\S+)?\s*$`,
  ],
  helpKey: '?',
  ahead: iosAhead,
  blocks: iosBanners,
  // It draws a bar, and may take minutes.
  save: {
    send: 'copy running-config startup-config',
    in: 'privileged',
    done: String.raw`^Copy complete|\] 100% ?$`,
    refusals: [String.raw`^Configuration update aborted`],
  },
  detect: {
    banner: String.raw`^Cisco Nexus Operating System \(NX-OS\) Software`,
    probe: { send: 'show version', answer: String.raw`^Cisco Nexus Operating System \(NX-OS\) Software` },
  },
  files: {
    protocols: ['scp', 'sftp'],
    fileSystem: 'bootflash:',
    checksums: [
      { algorithm: 'sha256', send: 'show file {path} sha256sum', answer: '^(?<sum>[0-9a-f]{64})$' },
      { algorithm: 'md5', send: 'show file {path} md5sum', answer: '^(?<sum>[0-9a-f]{32})$' },
    ],
    size: {
      send: 'dir {path}',
      answer: String.raw`^\s*(?<size>\d+)\s+[A-Z][a-z]{2}\s+\d{1,2}\s`,
      absent: 'No such file or directory',
    },
    free: { send: 'dir {folder}', answer: String.raw`^\s*(?<free>\d+) bytes free` },
    remove: 'delete {path} no-prompt',
    switchOn: { scp: 'feature scp-server', sftp: 'feature sftp-server' },
  },
  readOnly: nxosReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['switch>', 'N9K-1(maint-mode)>', 'n9k.example.net> '],
      privileged: [
        ...['switch#', 'switch# ', 'N7K-core-vdc2#', 'N9K-1(maint-mode)#', 'N7K(standby)# ', `${'n'.repeat(63)}#`],
        ...['spine01.dc_1#', 'tcl#'],
      ],
      config: [
        ...['switch(config)#', 'switch(config-if)# ', 'switch(config-if-range)#', 'switch(config-vlan)#'],
        ...['switch(maint-mode)(config)#', 'switch(config-vpc-domain)#', 'switch(config-sg-radius)#'],
        'n-1.x(config-router-neighbor-af)#',
      ],
      tcl: ['switch-tcl#', 'switch(config-tcl)#', 'a-tcl-tcl#', 'N9K(maint-mode-tcl)#', 'N9K(maint-mode)(config-tcl)#'],
      shell: ['bash-4.2$', 'bash-4.3# ', 'bash-4.4$ '],
    },
    noPrompts: [
      ...['', '#', 'switch', 'switch(config-s)#', 'switch(config-s-acl)#', 'loader >', 'switch(boot)#', '+>', 'a b#'],
      ...[`${'n'.repeat(64)}#`, '--More--', 'switch login: '],
    ],
    refused: [
      {
        answer: ['                         ^', "% Invalid command at '^' marker."],
        line: "% Invalid command at '^' marker.",
      },
      { answer: ["% Incomplete command at '^' marker."], line: "% Incomplete command at '^' marker." },
      { answer: ['% Ambiguous command:  "s"'], line: '% Ambiguous command:  "s"' },
      {
        answer: ['   ^', "% Invalid number, range is (1-4094) at '^' marker."],
        line: "% Invalid number, range is (1-4094) at '^' marker.",
      },
      { answer: ['% Permission denied for the role'], line: '% Permission denied for the role' },
    ],
    notRefused: [
      ['% Network not in table'],
      ['Note: process currently not running'],
      ['No. of lines: 1', "text before % Invalid command at '^' marker."],
      ['1', '2', '3', '4', '5', "% Invalid command at '^' marker."],
    ],
    pagers: ['--More--'],
    questions: [
      ...['This command will reboot the system. (y/n)?  [n] ', 'Password: ', 'switch login: '],
      ...['Do you want to enforce secure password standard (yes/no) [y]: ', 'Enter the password for "admin": '],
      'Abort Power On Auto Provisioning and continue with normal setup ?(yes/no)[n]: ',
    ],
    renames: { 'hostname N9K-1': 'N9K-1', 'switchname leaf.1': 'leaf.1' },
    files: [
      { line: 'checksum', answer: ['c84843f0030efd44b01343fdb8c2e801'], reads: 'c84843f0030efd44b01343fdb8c2e801' },
      {
        line: 'size',
        answer: ['       6738    Jul 30 19:49:50 2016  test.txt', '', 'Usage for bootflash://sup-local'],
        reads: '6738',
      },
      { line: 'size', answer: ['No such file or directory'], reads: 'absent' },
      {
        line: 'free',
        answer: ['Usage for bootflash://sup-local', ' 1234567890 bytes used', '  987654321 bytes free'],
        reads: '987654321',
      },
    ],
    transcripts: [
      {
        title: 'an error with its marker',
        before: '\r\nswitch# ',
        command: 'show bogus',
        received: "show bogus\r\n            ^\r\n% Invalid command at '^' marker.\r\nswitch# ",
        output: "            ^\n% Invalid command at '^' marker.",
        mode: 'privileged',
        refusal: "% Invalid command at '^' marker.",
      },
      {
        title: 'a bar that is drawn over itself, and double carriage returns',
        before: '\r\nswitch# ',
        command: 'copy running-config startup-config',
        received:
          'copy running-config startup-config\r\r\n[#                                       ]   1%\r[########################################] 100%\r\r\nCopy complete.\r\r\nswitch# ',
        output: '[########################################] 100%\nCopy complete.',
        mode: 'privileged',
      },
    ],
  },
};
