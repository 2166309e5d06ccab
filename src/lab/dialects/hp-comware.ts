import type { CommandData } from '../dialect/command-data.js';
import type { ExampleData } from '../dialect/example-data.js';
import type { Dialect } from '../dialect/index.js';

const VERSION = [
  'H3C Comware Software, Version 7.1.070, Release 6635P01',
  'Copyright (c) 2004-2022 New H3C Technologies Co., Ltd. All rights reserved.',
  'H3C S6850 uptime is 1 week, 2 days, 3 hours, 4 minutes',
];

/** What is taken in every view. */
const DISPLAY: readonly CommandData[] = [
  { line: 'display version', prints: VERSION },
  { line: 'display clock', prints: '{hours}:{minutes}:{seconds} UTC {day} {monthNumber}/{date}/{year}' },
  {
    line: 'display interface brief',
    prints: [
      'Brief information on interfaces in route mode:',
      'Interface            Link Protocol Primary IP      Description',
      { repeat: 60, line: 'GE1/0/{i}              UP   UP       10.0.{i}.1' },
      'Vlan1                UP   UP       192.0.2.1',
    ],
  },
  { line: 'display current-configuration', prints: ['#', '{running}', 'return'] },
  { line: 'display saved-configuration', prints: ['#', '{startup}', 'return'] },
];

const MORE = '---- More ----';

const login = {
  username: 'login: ',
  password: 'Password: ',
  failure: 'AAA authentication failed.',
  welcome: [
    '',
    '******************************************************************************',
    '* Copyright (c) 2004-2022 New H3C Technologies Co., Ltd. All rights reserved.*',
    "* Without the owner's prior written consent,                                 *",
    '* no decompiling or reverse-engineering shall be allowed.                    *',
    '******************************************************************************',
    '',
  ],
  ssh: { ident: 'Comware-7.1.070' },
} as const;

const refusal = (what: string): string[] => ['{marker}', ` % ${what} found at '^' position.`];

const examples = (pair: string): ExampleData => ({
  prompt: `${pair}<edge-1>`,
  show: { send: 'display version', holds: 'H3C Comware Software' },
  long: { send: 'display interface brief', first: 'Brief information', last: 'Vlan1' },
  pagingOff: ['screen-length disable'],
  unknown: { send: 'shwo version', holds: '% Unrecognized command found' },
  configure: {
    enter: ['system-view'],
    prompt: `${pair}[edge-1]`,
    lines: ['ip route-static 198.51.100.0 24 192.0.2.254', 'ip route-static 203.0.113.0 24 192.0.2.254'],
    refused: { send: 'ip rout-static 1.1.1.1', holds: 'found at' },
    show: { send: 'display current-configuration', holds: ['ip route-static 198.51.100.0', '203.0.113.0 24'] },
    leave: ['return'],
    save: { send: ['save force'], holds: 'successfully' },
  },
  exit: ['quit'],
});

/** Comware 7 as HPE's and H3C's guides show it. */
export const hpComware: Dialect = {
  name: 'hp_comware',
  title: 'H3C and HPE Comware',
  sources: [
    'HPE, FlexNetwork 5510 HI Switch Series Fundamentals Configuration Guide: CLI, configuration files',
    'published sessions of Comware 5 and 7 (refusals, `save force`, the banner)',
  ],
  login,
  start: 'user',
  modes: {
    user: {
      prompt: '{pair}<{host}>',
      commands: [
        { line: 'screen-length disable', does: { pageLength: 0 } },
        { line: 'undo screen-length disable', does: { pageLength: 24 } },
        { line: 'undo terminal monitor', prints: 'The current terminal is disabled to display logs.' },
        {
          line: 'system-view',
          does: { enter: 'system' },
          prints: 'System View: return to User View with Ctrl+Z.',
        },
        {
          line: 'save force',
          does: 'save',
          prints: [
            'Validating file. Please wait...',
            'Saved the current configuration to mainboard device successfully.',
          ],
        },
        {
          line: 'save',
          asks: [
            {
              asks: 'The current configuration will be written to the device. Are you sure? [Y/N]:',
              answers: { y: {}, '*': { stops: true } },
            },
            {
              asks: 'Please input the file name(*.cfg)[flash:/startup.cfg]\n(To leave the existing filename unchanged, press the enter key):',
            },
            {
              asks: 'flash:/startup.cfg exists, overwrite? [Y/N]:',
              answers: { y: {}, '*': { stops: true } },
            },
          ],
          does: 'save',
          prints: [
            'Validating file. Please wait...',
            'Saved the current configuration to mainboard device successfully.',
          ],
        },
        ...DISPLAY,
        { line: 'quit', does: 'logout' },
      ],
    },
    system: {
      prompt: '{pair}[{host}]',
      inside: '{pair}[{host}-{section}]',
      statements: true,
      endKey: 'rest',
      commands: [
        { line: 'undo {statement...}', does: 'delete' },
        { line: 'display this', prints: ['#', '{here}', '#', 'return'] },
        ...DISPLAY,
        { line: 'quit', does: 'up' },
        { line: 'return', does: 'rest' },
      ],
    },
  },
  variables: { pair: '' },
  refusals: {
    unknown: refusal('Unrecognized command'),
    value: refusal('Wrong parameter'),
    incomplete: refusal('Incomplete command'),
    ambiguous: refusal('Ambiguous command'),
  },
  echo: { enter: '\r\r\n' },
  pager: { prompt: MORE, erase: '\x1b[16D                \x1b[16D' },
  pipes: { include: 'include', exclude: 'exclude', begin: 'begin', count: 'count' },
  help: { key: '?', row: '  {word}', none: " % Unrecognized command found at '^' position." },
  configuration: {
    render: { style: 'indented', between: '#' },
    fallsBack: true,
    statements: [
      'sysname {host}',
      { line: 'interface {name}', label: '{name}', many: true },
      'interface {name} > description {text...}',
      'interface {name} > ip address {address:ip} {mask}',
      { line: 'vlan {id:1-4094}', label: 'vlan{id}', many: true },
      'vlan {id:1-4094} > description {text...}',
      { line: 'ip route-static {network:ip} {mask} {gateway:ip}', many: true },
    ],
    initial: ['sysname {host}', 'interface GigabitEthernet1/0/1 description uplink'],
  },
  examples: examples(''),
  variants: {
    'one of a pair': { variables: { pair: 'RBM_P' }, examples: examples('RBM_P') },
  },
};
