import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { lsSize } from './files-like.js';
import { junosReadOnly } from './read-only-like.js';

const USER_AT_HOST = String.raw`(?<user>[\w.-]{1,64})(?:@(?<host>[\w.-]{1,255}))?(?::(?<context>[\w.-]{1,63}))?`;

/** The routing engine that one is on, as `{master:0}` or `{primary:node0}`. */
const CHASSIS = String.raw`\{[\w:.-]{1,40}\}`;

const DISCARDED = { prompt: String.raw`^Discard uncommitted changes\? \[yes,no\] \(yes\) ?$`, answer: 'yes\r' };

export const juniperJunos: Platform = {
  name: 'juniper_junos',
  title: 'Juniper Junos OS and Junos OS Evolved',
  verified: [
    {
      by: 'recording',
      what: 'ntc-templates, 42 recordings of show commands: `{master:0}`, `{master}` and `{primary:node0}` above the prompt; none is taken for a refusal',
    },
    {
      by: 'documentation',
      what: 'Junos OS CLI User Guide: forms of `configure`, leaving with uncommitted changes, `commit` and its options',
    },
  ],
  sources: [
    'Juniper, Junos command reference: "set cli logical-system" (juniper.net/documentation, 12.3 to 13.2)',
    'Juniper, Junos OS CLI User Guide: "Overview of the Configure Command", "Using the configure exclusive Command", "commit"',
    'netmiko 4.8 juniper.py and scrapli_definitions juniper_junos.yaml (preparation, shells, `#` as the mark of a message)',
    'gnetcli pkg/device/juniper (pager, error texts)',
    'Files: Junos OS CLI Reference: file checksum sha-256 and md5, file list, system services ssh sftp-server',
    'czerwonk/junos_exporter, connector/connection.go: a channel for each command, many on one connection',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: {
      prompt: `^${USER_AT_HOST}>$`,
      above: { line: `^${CHASSIS}$`, stands: 'sometimes' },
      enter: [
        { from: 'shell', send: 'cli', refusals: [] },
        { from: 'root-shell', send: 'cli', refusals: [] },
      ],
    },
    // The prompt is the same for all three forms. The shared one comes last: its `commit` takes colleagues' pending
    // changes along, and leaving it keeps what was not committed.
    config: {
      prompt: `^${USER_AT_HOST}#$`,
      above: { line: String.raw`^(?:${CHASSIS})?\[edit(?: .{1,400})?\]$`, stands: 'always' },
      enter: [
        { from: 'exec', variant: 'exclusive', send: 'configure exclusive', refusals: ['^error: '] },
        { from: 'exec', variant: 'private', send: 'configure private', refusals: ['^error: '] },
        { from: 'exec', variant: 'shared', send: 'configure', refusals: ['^error: '] },
      ],
      leave: {
        send: 'exit configuration-mode',
        answers: [
          DISCARDED,
          { prompt: String.raw`^Exit with uncommitted changes\? \[yes,no\] \(yes\) ?$`, answer: 'yes\r' },
        ],
      },
    },
    shell: {
      prompt: String.raw`^(?:(?:\[vrf:\S{1,32}\] )?(?<user>(?!root@)[\w.-]{1,64})@(?<host>[\w.-]{1,255})(?::\S{0,200})? ?)?[%$]$`,
      enter: [{ from: 'exec', send: 'start shell', refusals: ['^error: '] }],
      leave: { send: 'exit' },
    },
    'root-shell': {
      prompt: String.raw`^(?:#|(?:\[vrf:\S{1,32}\] )?(?<user>root)@(?<host>[\w.-]{0,255})(?:(?::\S{0,200})? ?%|:\S{0,200} ?#))$`,
      enter: [
        {
          from: 'exec',
          send: 'start shell user root',
          secretPrompt: '^Password: ?$',
          refusals: ['^(?:su: )?Sorry', '^error: '],
        },
      ],
      leave: { send: 'exit' },
    },
  },
  home: 'exec',
  login: commonLogin,
  // Completion on space would rewrite the line while it is typed.
  prepare: [
    { send: 'set cli screen-length 0', in: ['exec'] },
    { send: 'set cli screen-width 511', in: ['exec'] },
    { send: 'set cli complete-on-space off', in: ['exec'] },
  ],
  pager: [{ prompt: String.raw`^---\(more(?: \d{1,3}%)?\)---$`, answer: ' ' }],
  questions: [...commonQuestions, String.raw`\[yes,no\](?: \((?:yes|no)\))? ?$`],
  refusals: [
    String.raw`^(?:unknown command|syntax error|missing argument|missing mandatory argument)\b`,
    String.raw`^'[^']{1,200}' is ambiguous\.`,
    String.raw`^(?:No valid completions|invalid numeric value|invalid [\w ]{1,60} value at)\b`,
    '^error: ',
  ],
  beforeRefusal: [],
  // It is the prompt's only after the commit.
  // A line of syslog, to those who are logged in (`system syslog user`).
  messages: [
    String.raw`^[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d {1,2}[\w.-]{1,64} {1,2}[\w/-]{1,40}(?:\[\d{1,7}\])?: `,
  ],
  renames: [String.raw`^\s*set\s+system\s+host-name\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  ahead: [
    String.raw`^\s*set (?:routing-options static route|policy-options prefix-list|policy-options route-filter-list) \S`,
  ],
  commit: {
    // With two routing engines one wants `commit synchronize`, which `system commit synchronize` makes the rule.
    send: 'commit',
    done: '^commit complete$',
    refusals: ['^error: '],
    comment: 'commit comment "{comment}"',
    check: { send: 'commit check', done: '^configuration check succeeds$', refusals: ['^error: '] },
    discard: { send: 'rollback 0', done: '^load complete$' },
    confirmed: {
      send: 'commit confirmed {time}',
      unit: 'minutes',
      done: '^commit complete$',
      refusals: ['^error: '],
      confirm: { send: 'commit', done: '^commit complete$', refusals: ['^error: '] },
    },
  },
  context: {
    title: 'logical system',
    enter: ['set cli logical-system {name}'],
    leave: ['clear cli logical-system'],
    refusals: ['^error: '],
  },
  detect: {
    banner: '^--- JUNOS ',
    probe: { send: 'show version', answer: '^(?:Junos: |JUNOS (?:Software|OS|Base))' },
  },
  files: {
    protocols: ['sftp', 'scp'],
    fileSystem: '/var/tmp/',
    checksums: [
      {
        algorithm: 'sha256',
        send: 'file checksum sha-256 {path}',
        answer: String.raw`^SHA256 \(.*\) = (?<sum>[0-9a-f]{64})$`,
      },
      { algorithm: 'md5', send: 'file checksum md5 {path}', answer: String.raw`^MD5 \(.*\) = (?<sum>[0-9a-f]{32})$` },
    ],
    size: { send: 'file list detail {path}', answer: lsSize, absent: 'No such file or directory' },
    remove: 'file delete {path}',
    switchOn: { sftp: 'set system services ssh sftp-server' },
  },
  exec: 'many',
  readOnly: junosReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: [
        ...['admin@mx1>', 'admin@mx1> ', '{master:0}\nnetops@QFX5100-1.dc.example>', '{master}\nlab@re0.mx>'],
        ...['{primary:node0}\nsvc_net@SRX-A>', '{backup:1}\na@b>', `a@${'h'.repeat(63)}>`, 'lab@mxB:R3-1> ', 'root>'],
        '{master:member0-re0}\nadmin@MX-VC>',
      ],
      config: [
        ...['[edit]\nadmin@mx1#', '[edit]\nadmin@mx1# ', '[edit interfaces ge-0/0/0 unit 0]\nadmin@MX_1.example#'],
        ...['{master:0}[edit]\nadmin@qfx#', '{primary:node0}[edit security policies]\nadmin@srx#'],
        ...['[edit protocols bgp]\nlab@mxB:R3-1# ', '[edit]\nroot#'],
        '# commit confirmed will be automatically rolled back in 10 minutes unless confirmed\n[edit]\nadmin@mx1#',
      ],
      shell: ['%', '% ', '$ ', 'admin@mx1:~ % ', 'admin@mx1% ', '[vrf:none] admin@ptx:~$ '],
      'root-shell': [
        'root@mx1% ',
        'root@mx1:~ # ',
        'root@:~ # ',
        'root@mx1:/var/tmp # ',
        '# ',
        '[vrf:none] root@ptx:~# ',
      ],
    },
    noPrompts: [
      ...['', '>', 'admin@mx1', 'admin@mx1#', 'some output\nadmin@mx1#', '{master:0}', '[edit]', '## Last commit: now'],
      ...['admin@mx1> show version', 'address 10.0.0.1/24;', '# commit confirmed will be rolled back', 'a b@c>'],
    ],
    refused: [
      { answer: ['           ^', 'unknown command.', ''], line: 'unknown command.' },
      {
        answer: ['                  ^', 'syntax error, expecting <command>.'],
        line: 'syntax error, expecting <command>.',
      },
      { answer: ['                ^', 'syntax error.', ''], line: 'syntax error.' },
      { answer: ['                ^', "'i' is ambiguous.", 'Possible completions:'], line: "'i' is ambiguous." },
      { answer: ['                      ^', 'missing argument.'], line: 'missing argument.' },
      { answer: ['error: configuration database modified'], line: 'error: configuration database modified' },
      {
        answer: ['                   ^', "invalid autonomous system value at '0' not in range 1 to 65535"],
        line: "invalid autonomous system value at '0' not in range 1 to 65535",
      },
    ],
    notRefused: [
      ['Physical interface: ge-0/0/0, Enabled, Physical link is Up', '  Input errors:', 'error: counter'],
      ['Nov 21 10:00:01  mx1 mgd[1]: syntax error', 'Nov 21 10:00:02  mx1 rpd[2]: error: x'],
      ['[edit interfaces]', '+  ge-0/0/1 {', '+      description "unknown command";', '+  }', 'syntax error'],
      ['warning: statement not found'],
      ['commit complete'],
    ],
    pagers: ['---(more)---', '---(more 45%)---', '---(more 100%)---'],
    questions: [
      'Exit with uncommitted changes? [yes,no] (yes) ',
      'Discard uncommitted changes? [yes,no] (yes)',
      'Reboot the system ? [yes,no] (no) ',
    ],
    renames: { 'set system host-name cool': 'cool' },
    files: [
      {
        line: 'checksum',
        answer: ['MD5 (/var/db/scripts/commit/script1.slax) = 3af7884eb56e2d4489c2e49b26a39a97'],
        reads: '3af7884eb56e2d4489c2e49b26a39a97',
      },
      { line: 'size', answer: ['-rw-r--r--  1 root  wheel  1234 Oct 2  12:00 /var/tmp/x'], reads: '1234' },
    ],
    transcripts: [
      {
        title: 'a show command on a switch with a chassis line',
        before: '\r\n{master:0}\r\nadmin@qfx1> ',
        command: 'show system uptime',
        received:
          'show system uptime \r\nfpc0:\r\n------\r\nCurrent time: 2026-11-20 10:00:00 UTC\r\n\r\n{master:0}\r\nadmin@qfx1> ',
        output: 'fpc0:\n------\nCurrent time: 2026-11-20 10:00:00 UTC',
        mode: 'exec',
      },
      {
        title: 'a refused line of configuration',
        before: '\r\n[edit]\r\nadmin@mx1# ',
        command: 'set system hostnam r2',
        received: 'set system hostnam r2 \r\n                  ^\r\nsyntax error.\r\n\r\n[edit]\r\nadmin@mx1# ',
        output: '                  ^\nsyntax error.',
        mode: 'config',
        refusal: 'syntax error.',
      },
      {
        title: 'a commit to be confirmed: the reminder has the mark of a prompt',
        before: '\r\n[edit]\r\nadmin@mx1# ',
        command: 'commit confirmed 5',
        received:
          'commit confirmed 5 \r\ncommit confirmed will be automatically rolled back in 5 minutes unless confirmed\r\ncommit complete\r\n\r\n# commit confirmed will be rolled back in 5 minutes\r\n[edit]\r\nadmin@mx1# ',
        output:
          'commit confirmed will be automatically rolled back in 5 minutes unless confirmed\ncommit complete\n\n# commit confirmed will be rolled back in 5 minutes',
        mode: 'config',
      },
    ],
  },
};
