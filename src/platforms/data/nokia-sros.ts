import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { srosReadOnly } from './read-only-like.js';

const HOST = String.raw`(?<host>[^\s#$>@:\\]{1,64})`;

/** The second line of the model-driven prompt; the first tells the mode. */
const MD_LINE = String.raw`^\*?[A-D]:(?<user>[^\s@#]{1,64})@${HOST}#$`;

/** The first line: `(ex)[/]` in the explicit workflow, `[ex:/configure]` in the implicit one. */
const above = (mode: string) => ({
  line: String.raw`^!?\*?(?:\(${mode}\) ?\[.{0,400}\]|\[${mode}:.{0,400}\])$`,
  stands: 'always' as const,
});

const FAILED = '^(?:MINOR|MAJOR|CRITICAL): ';
const quit = {
  send: 'quit-config',
  answers: [{ prompt: String.raw`^Discard uncommitted changes\? \[y,n\] ?$`, answer: 'y' }],
};
const edit = (mode: string) => ({ from: 'exec-md', send: `edit-config ${mode}`, refusals: [FAILED] });

export const nokiaSros: Platform = {
  name: 'nokia_sros',
  title: 'Nokia SR OS: the classic command line and MD-CLI',
  verified: [
    {
      by: 'documentation',
      what: 'Nokia 7x50 MD-CLI User Guide 23.10, "Editing configuration": prompts of the modes, workflows, commit, confirmed commit',
    },
    {
      by: 'documentation',
      what: 'Nokia Classic CLI guide (22.2) and the Basic System Configuration Guide: contexts, prompt',
    },
  ],
  sources: [
    'Nokia, MD-CLI User Guide 21.2, 22.7, 23.10 and 24.3: Editing configuration, Committing a configuration',
    'Nokia, 7750 SR Classic CLI overview 22.2',
    "netmiko 4.8 nokia_sros.py; Nokia's Ansible collection nokia.sros (prompt patterns of both engines)",
    'Files: netmiko 4, nokia_sros.py (file dir; no checksum); Nokia 7750 SR Basic System Configuration Guide: file commands',
  ],
  terminal: { type: 'vt100', columns: 512, rows: 24, newline: '\r' },
  modes: {
    // `*` is a configuration that was not saved. Every context but `configure` is as good as the root.
    exec: {
      prompt: String.raw`^\*?[A-D]:${HOST}(?:>(?!config)[^#$]{1,300})?#$`,
      enter: [],
    },
    // A context that the line before has created ends in `$`.
    config: {
      prompt: String.raw`^\*?[A-D]:${HOST}>config(?:>[^#$]{1,300})?[#$]$`,
      enter: [{ from: 'exec', send: 'configure', refusals: ['^Error: ', FAILED] }],
      leave: { send: 'exit all' },
    },
    'exec-md': {
      prompt: MD_LINE,
      above: { line: String.raw`^!?\*?\[(?!(?:ex|gl|pr|ro):).{0,400}\]$`, stands: 'always' },
      enter: [],
    },
    'config-exclusive': { prompt: MD_LINE, above: above('ex'), enter: [edit('exclusive')], leave: quit },
    'config-private': { prompt: MD_LINE, above: above('pr'), enter: [edit('private')], leave: quit },
    // Shared with everybody else: what it commits may be somebody else's.
    'config-global': { prompt: MD_LINE, above: above('gl'), enter: [edit('global')], leave: quit },
    'config-read-only': { prompt: MD_LINE, above: above('ro'), enter: [edit('read-only')], leave: quit },
  },
  login: commonLogin,
  prepare: [
    { send: 'environment no more', in: ['exec'] },
    { send: 'environment more false', in: ['exec-md'] },
    { send: 'environment console width 512', in: ['exec-md'] },
    { send: 'environment command-completion space false', in: ['exec-md'] },
  ],
  pager: [
    { prompt: String.raw`^Press any key to continue \(Q to quit\) ?$`, answer: ' ' },
    {
      prompt: String.raw`^Press Q to quit, Enter to print next line or any other key to print next page\. ?$`,
      answer: ' ',
    },
  ],
  questions: [...commonQuestions, String.raw`\[y,n\] ?$`],
  refusals: ['^Error: ', FAILED],
  // MD-CLI underlines the wrong word, the classic engine points at it.
  beforeRefusal: [String.raw`^\s*\^+\s*$`],
  renames: [String.raw`^\s*(?:(?:/?configure\s+)?system\s+)?name\s+"?(?<host>[^\s"]+)"?\s*$`],
  helpKey: '?',
  save: { send: 'admin save', refusals: ['^Error: ', FAILED] },
  // Of the model-driven engine; a line of the classic one takes effect at once.
  commit: {
    modes: ['config-exclusive', 'config-private', 'config-global'],
    send: 'commit',
    refusals: [FAILED],
    check: { send: 'validate', refusals: [FAILED] },
    discard: { send: 'discard', refusals: [FAILED] },
    confirmed: {
      send: 'commit confirmed {time}',
      unit: 'minutes',
      refusals: [FAILED],
      confirm: { send: 'commit confirmed accept', refusals: [FAILED] },
    },
  },
  detect: { probe: { send: 'show version', answer: '^TiMOS-' } },
  files: {
    protocols: ['scp', 'sftp'],
    fileSystem: 'cf3:/',
    size: {
      send: 'file dir {path}',
      answer: String.raw`^\d\d/\d\d/\d{4}\s+\S+\s+(?<size>\d+)\s`,
      absent: 'File Not Found',
    },
    free: { send: 'file dir {folder}', answer: String.raw`\s(?<free>\d+) bytes free` },
    remove: 'file delete {path} force',
  },
  readOnly: srosReadOnly,
  exit: 'logout',
  cases: {
    prompts: {
      exec: [
        ...['A:router1#', '*A:router1# ', 'B:PE-1.lab#', 'A:R_1>show#', '*A:R1>file cf3:\\ #', `A:${'h'.repeat(64)}#`],
      ],
      config: [
        ...[
          'A:R1>config#',
          '*A:R1>config>service>vprn#',
          '*A:R1>config>service>vprn$',
          'A:R1>config>router>bgp>group# ',
        ],
        'A:R1.lab>config>port>ethernet#',
      ],
      'exec-md': ['[]\nA:admin@node-2#', '[/]\nA:admin@node-2# ', '*[/show]\nB:ops.1@PE-1.lab#', '![/]\nA:a@b#'],
      'config-exclusive': [
        ...['(ex)[/]\nA:admin@node-2#', '*(ex)[/configure router "Base"]\nA:admin@node-2# ', '!*(ex)[]\nA:a@b#'],
        ...['[ex:/configure]\nA:admin@node-2#', '*[ex:/configure system]\nA:admin@node-2#'],
      ],
      'config-private': ['(pr)[/]\nA:admin@node-2#', '*[pr:/configure]\nA:admin@node-2#', '!*[pr:configure]\nA:a@b#'],
      'config-global': ['(gl)[/]\nA:admin@node-2#', '*[gl:/configure]\nA:admin@leaf-2#'],
      'config-read-only': ['(ro)[/]\nA:admin@node-2#', '[ro:/configure]\nA:admin@node-2#'],
    },
    noPrompts: [
      ...[
        '',
        '#',
        'A:',
        'A:router1',
        'E:router1#',
        'A:admin@node-2#',
        'text\nA:admin@node-2#',
        '[/]',
        '*[ex:/configure]',
      ],
      ...['A:R1# show', 'admin@node-2#', 'A:R1$'],
    ],
    refused: [
      { answer: ['           ^', 'Error: Bad command.'], line: 'Error: Bad command.' },
      {
        answer: ['            ^^^^', "MINOR: MGMT_CORE #2201: Unknown element - 'foo'"],
        line: "MINOR: MGMT_CORE #2201: Unknown element - 'foo'",
      },
      { answer: ['MINOR: CLI Interface "x" does not exist.'], line: 'MINOR: CLI Interface "x" does not exist.' },
    ],
    notRefused: [
      ['INFO: CLI #2060: Entering exclusive configuration mode'],
      ['Interface Table', '', 'Error: counters', '', '', '', 'MINOR: log'],
      ['WARNING: CLI #2074: Exiting exclusive configuration mode - uncommitted changes are discarded'],
    ],
    pagers: [
      'Press any key to continue (Q to quit)',
      'Press Q to quit, Enter to print next line or any other key to print next page.',
    ],
    questions: ['Discard uncommitted changes? [y,n] ', 'Are you sure you want to reboot (y/n)? '],
    renames: { 'system name "pe-2"': 'pe-2', '/configure system name pe-2': 'pe-2', 'name pe-2': 'pe-2' },
    files: [
      { line: 'size', answer: ['10/16/2019  10:00p                6738 test.txt'], reads: '6738' },
      { line: 'free', answer: ['               3 Dir(s)               961531904 bytes free.'], reads: '961531904' },
    ],
    transcripts: [
      {
        title: 'a show command of the model-driven engine',
        before: '\r\n[/]\r\nA:admin@pe1# ',
        command: 'show version',
        received: 'show version\r\nTiMOS-B-23.10.R1 both/x86_64 Nokia 7750 SR\r\n\r\n[/]\r\nA:admin@pe1# ',
        output: 'TiMOS-B-23.10.R1 both/x86_64 Nokia 7750 SR',
        mode: 'exec-md',
      },
      {
        title: 'a refused line in the classic engine',
        before: '*A:pe1>config>router# ',
        command: 'interfac x',
        received: 'interfac x\r\n                             ^\r\nError: Bad command.\r\n*A:pe1>config>router# ',
        output: '                             ^\nError: Bad command.',
        mode: 'config',
        refusal: 'Error: Bad command.',
      },
    ],
  },
};
