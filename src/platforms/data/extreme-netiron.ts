import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

// The way of login stands before the name. A name from the factory holds blanks, which only then is told from text.
const HOST = String.raw`(?:SSH@|telnet@|(?=\S+$))(?<host>[^\s#>()@][^#>()@]{0,62})`;

const cases: PlatformCases = {
  prompts: {
    exec: ['MLX>', 'SSH@MLX-8>', 'telnet@Brocade NetIron CES 2024C>'],
    privileged: ['MLX#', 'SSH@core1.example.net#', 'telnet@CER 2024C-4X#', `SSH@${'M'.repeat(63)}#`],
    config: ['MLX(config)#', 'SSH@MLX-8(config-if-e10000-1/1)#', 'telnet@CER 2024C-4X(config-bgp)#'],
  },
  noPrompts: [
    'Slot Module description #',
    '--More--, next page: Space, next line: Return key, quit: Control-c',
    '#',
    'a@b@c#',
  ],
  refused: [
    { answer: ['Invalid input -> foo', 'Type ? for a list'], line: 'Invalid input -> foo' },
    { answer: ['Ambiguous input -> s'], line: 'Ambiguous input -> s' },
    { answer: ['Incomplete command.'], line: 'Incomplete command.' },
    { answer: ['Unrecognized command'], line: 'Unrecognized command' },
    { answer: ['Error - port 1/99 does not exist'], line: 'Error - port 1/99 does not exist' },
  ],
  notRefused: [
    ['Port 1/1: Error - 0 packets', '  Invalid input -> 0'],
    ['Jan  6 10:00:00:I:Security: Invalid input -> x'],
  ],
  pagers: ['--More--, next page: Space, next line: Return key, quit: Control-c', '--More--'],
  questions: ["Are you sure? (enter 'y' or 'n'): "],
  renames: { 'hostname mlx-2': 'mlx-2' },
  transcripts: [
    {
      title: 'a command is followed by an empty line',
      before: 'SSH@MLX-8#',
      command: 'show foo',
      received: 'show foo\r\nInvalid input -> foo\r\nType ? for a list\r\nSSH@MLX-8#',
      output: 'Invalid input -> foo\nType ? for a list',
      mode: 'privileged',
      refusal: 'Invalid input -> foo',
    },
  ],
};

export const extremeNetiron: Platform = {
  name: 'extreme_netiron',
  title: 'Extreme NetIron (earlier Brocade MLX, CER, CES)',
  verified: [
    {
      by: 'documentation',
      what: 'documentation.extremenetworks.com, NetIron 6.3: levels of the CLI, device(config)# prompts',
    },
  ],
  sources: [
    'fake-switches tests/brocade (show version: System: NetIron CER)',
    'https://documentation.extremenetworks.com/netiron/sw/63x/6.300aa/common/ (CLI)',
    'Ansible terminal plugin ironware (errors, pager); oxidized model ironware (login, prompts); NOC profile Brocade.CER-ADV',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: iosModes({
    host: HOST,
    enable: {
      usernamePrompt: '^user ?name: ?$',
      secretPrompt: '^(?:please enter )?password ?: ?$',
      refusals: ['^(?:Error - |Incorrect |Access denied|Authentication failed)'],
    },
  }),
  login: {
    ...iosLogin,
    username: '^(?:please enter login name|user ?name|login): ?$',
    password: '^(?:please enter )?password ?: ?$',
  },
  prepare: [{ send: 'skip-page-display', in: ['privileged'] }],
  pager: [{ prompt: '^--More--(?:, next page: Space, next line: Return key, quit: Control-c)? ?$', answer: ' ' }],
  questions: [...iosQuestions, String.raw`\(enter 'y' or 'n'\) ?: ?$`],
  refusals: ['^(?:Invalid|Ambiguous|Incomplete) (?:input|command)', '^Unrecogni[sz]ed command', '^Error - '],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'write memory', in: 'privileged' },
  detect: { probe: { send: 'show version', answer: String.raw`^System: NetIron ` } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
