import type { Platform } from '../platform.js';
import { ciscoDir, ciscoVerify } from './files-like.js';
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
import { eosReadOnly } from './read-only-like.js';
import { shellRefusals } from './shell-like.js';

/** What stands between the name and the mode: the supervisor of a modular switch, the VRF that `cli vrf` chose. */
const HOST = String.raw`${iosHost}(?:\(s\d\))?(?:\(vrf:[^\s()]{1,100}\))?`;

export const aristaEos: Platform = {
  name: 'arista_eos',
  title: 'Arista EOS',
  verified: [
    {
      by: 'recording',
      what: 'ntc-templates, tests/arista_eos: 48 commands, of whose answers none is taken for a refusal',
    },
    {
      by: 'documentation',
      what: 'EOS User Manual, Configure Session (configure session, commit, abort): arista.com/en/um-eos/eos-configure-session',
    },
  ],
  sources: [
    'EOS User Manual: Command-Line Interface, Configure Session, banner',
    'advertisingemergency.net, Config Session Timers (commit timer in hh:mm:ss, its confirmation by the name of the session)',
    'netmiko 4.8 arista/arista.py; scrapli 2 arista_eos.yaml; ansible arista.eos terminal/eos.py (prompts, error texts)',
    'gnetcli pkg/device/arista/device_test.go (prompts, error texts, warnings that are none)',
    'EnhancedSession (extension for EOS), README: prompts of a session and its submodes, its names cut at six characters',
    'Files: netmiko 4, arista.py (/mnt/flash, verify /md5); Arista EOS User Manual: verify, dir',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST}>$`, enter: [] },
    privileged: {
      prompt: `^${HOST}#$`,
      enter: [
        {
          ...iosEnable,
          refusals: [String.raw`^% (?:Bad secret|Access denied|Authentication failed|Authorization denied)`],
        },
      ],
    },
    config: {
      prompt: String.raw`^${HOST}\(config(?!-s-)[^()]*\)#$`,
      enter: [{ ...iosConfigure, refusals: ['^% Authorization denied'] }],
      leave: iosEnd,
    },
    // A candidate of one's own. `end` would leave it pending for a day, and the next one to enter it would commit it.
    'config-private': {
      prompt: String.raw`^${HOST}\(config-s-[^()]+\)#$`,
      enter: [
        {
          from: 'privileged',
          send: 'configure session {session}',
          refusals: ['^Maximum number of pending sessions has been reached', '^% ?(?:Cannot|Error)'],
        },
      ],
      leave: { send: 'abort' },
    },
    // No name on purpose: bash cuts it at the first dot, the command line does not.
    shell: {
      prompt: String.raw`^\[[\w.-]+@[\w.-]+ [^\]]{1,200}\]\$$`,
      enter: [{ from: 'privileged', send: 'bash', refusals: ['^% (?:Authorization denied|Invalid input)'] }],
      leave: { send: 'exit' },
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 511' }],
  pager: [iosMore],
  questions: [...iosQuestions, String.raw`\[yes/no/cancel/diff\]: ?$`],
  refusals: [
    ...iosRefusals,
    String.raw`^% (?:Unavailable command|Cannot commit|Error\b|Duplicate sequence number|User not present|Host name is invalid)`,
    String.raw`^% (?:Maximum number of|More than \d+|Prefix length must be|Subnet \S+ overlaps|BGP is already running)`,
    String.raw`^% Authorization denied`,
    ...shellRefusals,
  ],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  ahead: [
    String.raw`^(?:no )?ip(?:v6)? route \S`,
    String.raw`^\s*(?:no )?(?:\d+ )?(?:permit|deny|remark) \S`,
    String.raw`^\s*(?:no )?seq \d+ (?:permit|deny) \S`,
    String.raw`^ip prefix-list \S+ seq \d+ (?:permit|deny) \S`,
  ],
  blocks: [{ start: String.raw`^\s*banner (?:login|motd)\s*$`, end: 'EOF' }],
  save: { send: 'write memory', in: 'privileged' },
  commit: {
    send: 'commit',
    in: 'config-private',
    modes: ['config-private'],
    refusals: ['^% Cannot commit', '^% ?Error'],
    discard: { send: 'abort', in: 'config-private' },
    confirmed: {
      send: 'commit timer {time}',
      in: 'config-private',
      unit: 'hh:mm:ss',
      refusals: ['^% Cannot commit', '^% ?Error'],
      // Entered again, the session is refused as long as its timer runs.
      confirm: {
        send: 'configure session {session} commit',
        in: 'privileged',
        // Its timer has run out.
        refusals: ['^% Session .* does not exist'],
      },
    },
  },
  detect: { probe: { send: 'show version', answer: String.raw`^\s?(?:Arista |vEOS|cEOS)` } },
  files: {
    ...ciscoDir,
    protocols: ['scp', 'sftp'],
    fileSystem: 'flash:',
    mounts: { 'flash:': '/mnt/flash/' },
    in: 'privileged',
    checksums: [ciscoVerify],
    remove: 'delete {path}',
  },
  readOnly: eosReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: [
        'leaf1>',
        'localhost>',
        'spine-1.dc.example.net>',
        'core1(s1)>',
        'LEAF_1(vrf:MGMT)>',
        `${'h'.repeat(63)}>`,
      ],
      privileged: [
        'leaf1#',
        'leaf1.dc#',
        'core1(s1)#',
        'core1(s2)#',
        'leaf1(vrf:MGMT)#',
        'cmp474(s1)(vrf:MGMT)#',
        'A#',
      ],
      config: [
        ...['leaf1(config)#', 'leaf1(config-if-Et1/1)#', 'leaf1(config-router-bgp)#', 'core1(s1)(config)#'],
        ...['core1(s1)(config-if-Et3/1/1)#', 'leaf1(config-server-group-tacacs+-A)#', 'leaf1(config-mlag)# '],
      ],
      'config-private': [
        ...['leaf1(config-s-sess-1)#', 'leaf1(config-s-sess-1-if-Et1)#', 'core1(s1)(config-s-mysess)#'],
        'leaf1(config-s-rollca-if-Lo77)# ',
      ],
      shell: ['[admin@leaf1 ~]$ ', '[ansible@veos-dc1-leaf1a flash]$ ', '[admin@leaf1 /]$'],
    },
    noPrompts: [
      'leaf1',
      '',
      'leaf1(s1)',
      '(config)#',
      'leaf1 #',
      'leaf1(config)>',
      '[admin@leaf1 ~]',
      'Password: ',
      '#',
    ],
    refused: [
      { answer: ['% Invalid input'], line: '% Invalid input' },
      {
        answer: ["% Invalid input (at token 1: 'bogus')", ''],
        line: "% Invalid input (at token 1: 'bogus')",
      },
      { answer: ['% Incomplete command'], line: '% Incomplete command' },
      { answer: ['% Ambiguous command'], line: '% Ambiguous command' },
      { answer: ['% Invalid input (privileged mode required)'], line: '% Invalid input (privileged mode required)' },
      {
        answer: ['% Unavailable command (not supported on this hardware platform)'],
        line: '% Unavailable command (not supported on this hardware platform)',
      },
      {
        answer: ['% Error: cannot specify source range with group range'],
        line: '% Error: cannot specify source range with group range',
      },
      { answer: ['-bash: nonesuch: command not found'], line: '-bash: nonesuch: command not found' },
    ],
    notRefused: [
      ['% Writing 0 Arp, 0 Route, 1 Mac events to the database'],
      ['%SECURITY-4-ARP_PACKET_DROPPED: Dropped ARP packet on interface Ethernet28/1 Vlan 2121'],
      ['! Host key not found in current VLAN'],
      ['BGP summary information for VRF default', '% Invalid input'],
      ['Pagination disabled.'],
    ],
    pagers: [' --More-- ', '--More--'],
    questions: [
      'Proceed with reload? [confirm]',
      'System configuration has been modified. Save? [yes/no/cancel/diff]:',
      'Password: ',
    ],
    renames: { 'hostname leaf9': 'leaf9', ' hostname core-1.example.net ': 'core-1.example.net' },
    files: [
      {
        line: 'checksum',
        answer: ['verify /md5 (flash:x.swi) = 410db2a7015eaa42b1fe71f1bf3d59a2'],
        reads: '410db2a7015eaa42b1fe71f1bf3d59a2',
      },
      {
        line: 'size',
        answer: ['Directory of flash:/x.swi', '', '       -rwx   393409885            Jul 2 10:43  x.swi'],
        reads: '393409885',
      },
      { line: 'free', answer: ['3519041536 bytes total (1725075456 bytes free)'], reads: '1725075456' },
    ],
    transcripts: [
      {
        title: 'a word that is no command',
        before: 'leaf1#',
        command: 'show bogus',
        received: "show bogus\r\n% Invalid input (at token 1: 'bogus')\r\nleaf1#",
        output: "% Invalid input (at token 1: 'bogus')",
        mode: 'privileged',
        refusal: "% Invalid input (at token 1: 'bogus')",
      },
      {
        title: 'a line of a configuration session',
        before: 'core1(s1)(config-s-sess-1)#',
        command: 'interface Ethernet1',
        received: 'interface Ethernet1\r\ncore1(s1)(config-s-sess-1-if-Et1)#',
        output: '',
        mode: 'config-private',
      },
      {
        title: 'an answer of two lines',
        before: 'leaf1#',
        command: 'show hostname',
        received: 'show hostname\r\nHostname: leaf1\r\nFQDN:     leaf1.example.net\r\nleaf1#',
        output: 'Hostname: leaf1\nFQDN:     leaf1.example.net',
        mode: 'privileged',
      },
    ],
  },
};
