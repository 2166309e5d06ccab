import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosEnd, iosLogin, iosMore, iosQuestions } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

const HOST = String.raw`(?<host>[\w+.:/[\]-]{1,64})`;

const cases: PlatformCases = {
  prompts: {
    privileged: ['SLX#', 'sw0#', 'SLX-9540.rack[2]#', `${'s'.repeat(64)}#`],
    config: ['SLX(config)#', 'SLX(config-system-maintenance)#', 'sw0(config-rbridge-id-1)#', 'sw0(conf-if-te-1/0/1)#'],
  },
  noPrompts: ['SLX>', '(END)', '#', '! SLX(config'],
  refused: [
    {
      answer: ['------------^', 'syntax error: unknown argument.'],
      line: 'syntax error: unknown argument.',
    },
    { answer: ['---------^', 'syntax error: element does not exist'], line: 'syntax error: element does not exist' },
    { answer: ['%% Error: Invalid VLAN'], line: '%% Error: Invalid VLAN' },
    { answer: ['%Error: Port does not exist'], line: '%Error: Port does not exist' },
  ],
  notRefused: [['Ethernet 0/1 is up', '  Errors: 0', '    syntax error: 0']],
  pagers: ['--More--', '(END)'],
  questions: ['This operation will modify your startup configuration. Do you want to continue? [y/n]:'],
  renames: {
    'switch-attributes host-name leaf1': 'leaf1',
    'switch-attributes 1 host-name sw1': 'sw1',
    'host-name x': 'x',
  },
  transcripts: [
    {
      title: 'the marker is drawn with dashes',
      before: 'SLX# ',
      command: 'show vlann',
      received: 'show vlann\r\n--------------^\r\nsyntax error: unknown argument.\r\nSLX# ',
      output: '--------------^\nsyntax error: unknown argument.',
      mode: 'privileged',
      refusal: 'syntax error: unknown argument.',
    },
    {
      title: 'the terminal is told to wrap before the prompt',
      before: '\x1b[?7hSLX# ',
      command: 'configure terminal',
      received: 'configure terminal\r\nEntering configuration mode terminal\r\n\x1b[?7hSLX(config)# ',
      output: 'Entering configuration mode terminal',
      mode: 'config',
    },
  ],
};

export const extremeSlx: Platform = {
  name: 'extreme_slx',
  title: 'Extreme SLX-OS and Network OS (VDX)',
  verified: [
    {
      by: 'documentation',
      what: 'documentation.extremenetworks.com/efa/efa_2.5.1/admin/ (Persistent Configuration): prompts of SLX-OS, saving the running configuration',
    },
  ],
  sources: [
    'https://documentation.extremenetworks.com/efa/efa_2.5.1/admin/ (Persistent Configuration)',
    'Control::CLI::Extreme 1.04, CPAN: InitPrompt, MorePrompt, ErrorPatterns of SLX',
    'Ansible terminal plugins slxos and nos; netmiko extreme_slx_ssh.py',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    privileged: { prompt: `^${HOST}#$`, enter: [] },
    config: {
      prompt: String.raw`^${HOST}\(conf[^)]*\)#$`,
      enter: [{ from: 'privileged', send: 'configure terminal', refusals: [] }],
      leave: iosEnd,
    },
  },
  login: { ...iosLogin, username: '^(?:please enter login name|username|login|.{1,64} login): ?$' },
  prepare: [{ send: 'terminal length 0' }],
  pager: [iosMore, { prompt: String.raw`^\(END\)$`, answer: 'q' }],
  questions: iosQuestions,
  refusals: [
    '^syntax error: (?:unknown|element|incomplete|expecting|extra|invalid)',
    '^(?:%% ?|% ?)?Error ?: ',
    String.raw`^Error\(s\):`,
    '^% ?(?:Invalid input|Incomplete command|Ambiguous command)',
  ],
  beforeRefusal: [String.raw`^-+\^$`],
  // Common knowledge, not read in a source: these lines.
  renames: [String.raw`^\s*(?:switch-attributes (?:\d+ )?)?host-name\s+(?<host>\S{1,64})\s*$`],
  helpKey: '?',
  save: {
    send: 'copy running-config startup-config',
    in: 'privileged',
    // Common knowledge, not read in a source: the words of the question.
    answers: [{ prompt: String.raw`Do you want to continue\? ?\[y/n\]: ?$`, answer: 'y\r' }],
  },
  detect: { banner: '^Welcome to the Extreme SLX-OS Software' },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
