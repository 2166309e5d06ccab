import type { Platform } from '../platform.js';
import { ciscoDir } from './files-like.js';
import { iosLogin, iosMore, iosQuestions, iosRefusals } from './ios-like.js';
import { xrReadOnly } from './read-only-like.js';

/** Which processor of which rack answers: it changes with a switchover. */
const NODE = String.raw`(?:RP|DRP|LC|SH)/[\w/]{1,24}:`;
const HOST = String.raw`(?<host>[A-Za-z0-9_][^\s#>()]{0,62})`;
/** Only the first characters of the name: configuration mode cuts the prompt as a whole, at 31. */
const CUT_HOST = String.raw`(?<host>[A-Za-z0-9_][^\s#>()]{0,15})[^\s#>()]{0,47}`;

// The date line above every answer is a stamp; `terminal exec prompt no-timestamp` would cost a round trip to drop it.
// `configure exclusive` has the same prompt as `configure terminal`: it is the other way into the one mode.
export const ciscoXr: Platform = {
  name: 'cisco_xr',
  title: 'Cisco IOS-XR',
  verified: [
    {
      by: 'documentation',
      what: 'Cisco 8000 and ASR 9000 System Management Command References, Configuration Management Commands: commit [comment line] [confirmed [seconds]]',
    },
    {
      by: 'documentation',
      what: 'ASR 9000 Getting Started Guide OL-17502-01, table 3-5: a trial is confirmed by commit',
    },
  ],
  sources: [
    'https://www.cisco.com/c/en/us/td/docs/iosxr/cisco8000/system-management/b-system-management/m-conf-mgmt-commands.html',
    'https://www.cisco.com/c/en/us/td/docs/routers/asr9000/software/system_management/command/reference/b-system-managment-cr-asr9000/configuration-management-commands.html',
    'netmiko 4 cisco_xr (failed commit, commits of others, the prompt cut at 31 characters)',
    'scrapli_definitions cisco_iosxr; The NOC Project, Cisco.IOSXR profile (pager)',
    'unicon.plugins iosxr patterns and settings (admin, sysadmin-vm and run prompts, refusals, questions)',
    'Files: netmiko 4, cisco_xr.py (show md5 file, the slash before the file system)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    privileged: { prompt: `^${NODE}${HOST}#$`, enter: [] },
    config: {
      prompt: String.raw`^${NODE}${CUT_HOST}\((?!admin)[a-z][^()#>]{0,62}\)#$`,
      hostLimit: 16,
      enter: [
        { from: 'privileged', send: 'configure terminal', refusals: [] },
        { from: 'privileged', send: 'configure exclusive', variant: 'exclusive', refusals: [] },
      ],
      // Drops what was not committed, and does not ask, as `end` would.
      leave: {
        send: 'abort',
        answers: [
          {
            prompt: String.raw`^Uncommitted changes found, commit them before exiting ?\(yes/no/cancel\)\? ?\[cancel\]: ?$`,
            answer: 'no\r',
          },
          // Leaving would roll back a trial that this session has begun.
          { prompt: String.raw`^Do you wish to exit\? ?\[no\]: ?$`, answer: 'no\r' },
        ],
      },
    },
    admin: {
      prompt: String.raw`^(?:${NODE}${HOST}\(admin\)|sysadmin-vm:\w{1,20})#$`,
      enter: [{ from: 'privileged', send: 'admin', refusals: [] }],
      leave: { send: 'exit' },
    },
    shell: {
      prompt: String.raw`^\[[\w.-]{1,63}:[^\]\s]{1,200}\] ?[$#]$`,
      enter: [{ from: 'privileged', send: 'run', refusals: [] }],
      leave: { send: 'exit' },
    },
  },
  login: { ...iosLogin, refusals: [...iosLogin.refusals, String.raw`^% User [Aa]uthentication failed`] },
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 511' }],
  pager: [iosMore],
  questions: [
    ...iosQuestions,
    String.raw`\[confirm(?: with only 'y' or 'n')?\] ?\[y/n\] ?:? ?$`,
    String.raw`\[cancel\]: ?$`,
  ],
  refusals: [
    ...iosRefusals,
    String.raw`^% ?(?:Invalid number|Unmatched quote|This command is not authorized|Error parsing piping string)`,
  ],
  beforeRefusal: [],
  stamps: [
    String.raw`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,6})? \S{1,8} ?$`,
  ],
  renames: [
    String.raw`^\s*ho(?:s(?:t(?:n(?:a(?:me?)?)?)?)?)?\s+(?<host>\S+)\s*$`,
    String.raw`^\s*no\s+ho(?:s(?:t(?:n(?:a(?:me?)?)?)?)?)?(?:\s+\S+)?\s*$`,
  ],
  helpKey: '?',
  // Entries of an access list or a prefix set, inside it.
  ahead: [String.raw`^\s*(?:no\s+)?\d+\s+(?:permit|deny|remark)\s+\S.*$`],
  blocks: [
    {
      start: String.raw`^\s*banner\s+(?:exec|incoming|login|motd|prompt-timeout|slip-ppp)\s+(?<delimiter>\S)(?!.*\k<delimiter>)`,
    },
  ],
  commit: {
    send: 'commit',
    comment: 'commit comment {comment}',
    // Colleagues have committed meanwhile, or the change is large: the caller must look first.
    answers: [{ prompt: String.raw`^Do you wish to proceed.*\? ?\[no\]: ?$`, answer: 'no\r' }],
    refusals: [String.raw`^% ?Failed to commit`, String.raw`^One or more commits have occurred from other`],
    discard: { send: 'abort' },
    confirmed: { send: 'commit confirmed {time}', unit: 'seconds', confirm: { send: 'commit' } },
  },
  detect: {
    ident: String.raw`\bCisco-2\.\d+`,
    prompt: String.raw`^RP/\d+/\w+/CPU\d+:[^\s#>()]{1,63}#$`,
    probe: { send: 'show version', answer: String.raw`^Cisco IOS XR Software` },
  },
  files: {
    ...ciscoDir,
    protocols: ['scp', 'sftp'],
    fileSystem: 'disk0:/',
    checksums: [{ algorithm: 'md5', send: 'show md5 file /{path}', answer: '^(?<sum>[0-9a-f]{32})$' }],
    remove: 'delete {path}',
  },
  readOnly: xrReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      privileged: [
        ...['RP/0/RSP0/CPU0:ios#', 'RP/0/RP0/CPU0:PE-1.example.net#', 'RP/0/0/CPU0:xr_1#', 'RP/B0/CB0/CPU0:nv#'],
        `RP/0/RP1/CPU0:${'A'.repeat(63)}# `,
      ],
      config: [
        ...[
          'RP/0/RSP0/CPU0:ios(config)#',
          'RP/0/RP0/CPU0:PE-1.example.net(config-if)#',
          'RP/0/0/CPU0:xr_1(config-bgp-nbr-af)#',
        ],
        ...['RP/0/RSP0/CPU0:a-name-cut-at-si(config)#', 'RP/0/RP0/CPU0:ios(config-rpl)# '],
      ],
      admin: ['RP/0/RSP0/CPU0:ios(admin)#', 'sysadmin-vm:0_RP0#', 'sysadmin-vm:0_RSP1# '],
      shell: ['[xr-vm_node0_RP0_CPU0:~]$', '[node0_RP0_CPU0:~]$', '[ios:~]$', '[xr-vm_node0_RP0_CPU0:/misc/disk1]$'],
    },
    noPrompts: [
      ...['', '#', 'ios#', 'RP/0/RSP0/CPU0:ios', 'RP/0/RSP0/CPU0:ios(admin-config)#', '0/RP0/ADMIN0:', 'ios login: '],
      ...['Wed Jul 30 14:04:58.767 UTC', 'RP/0/RP0/CPU0:Jul 30 14:04:58.767 UTC: config[65711]: %MGBL-SYS-5-CONFIG_I'],
    ],
    refused: [
      {
        answer: ['            ^', "% Invalid input detected at '^' marker."],
        line: "% Invalid input detected at '^' marker.",
      },
      { answer: ['% Incomplete command.'], line: '% Incomplete command.' },
      { answer: ['% This command is not authorized'], line: '% This command is not authorized' },
      { answer: ["% Unmatched quote ('\"')"], line: "% Unmatched quote ('\"')" },
    ],
    notRefused: [
      ['% No such configuration item(s)'],
      ['% WARNING: Policy object has been redefined'],
      ['!! IOS XR Configuration 7.10.1', '', '', '', '% Incomplete command.'],
    ],
    pagers: [' --More-- ', '--More--'],
    questions: [
      ...['Username: ', 'Password: ', 'Clear logging buffer [confirm] [y/n] : ', 'Do you wish to proceed? [no]: '],
      'Uncommitted changes found, commit them before exiting(yes/no/cancel)? [cancel]:',
      'Would you like to proceed in configuration mode? [no]: ',
    ],
    renames: { 'hostname PE-2': 'PE-2' },
    files: [
      {
        line: 'checksum',
        answer: ['Sat Mar  3 17:49:03.596 UTC', 'c84843f0030efd44b01343fdb8c2e801'],
        reads: 'c84843f0030efd44b01343fdb8c2e801',
      },
      { line: 'free', answer: ['1011660 kbytes total (938376 kbytes free)'], reads: '938376000' },
    ],
    transcripts: [
      {
        title: 'a time stamp above the answer',
        before: '\r\nRP/0/RP0/CPU0:ios#',
        command: 'show clock',
        received: 'show clock\r\nThu Jul 30 14:04:58.767 UTC\r\n14:04:58.801 UTC Thu Jul 30 2026\r\nRP/0/RP0/CPU0:ios#',
        output: '14:04:58.801 UTC Thu Jul 30 2026',
        mode: 'privileged',
      },
    ],
  },
};
