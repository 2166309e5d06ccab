import type { CommandData, QuestionData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';

/** Asked behind a command that takes more words, as long as `undo smart` was not typed: Enter is the command as it is. */
const more = (words: string): readonly QuestionData[] => [{ asks: `{ <cr>|${words} }:`, answers: { '': {} } }];

const BOARDS = [
  '  -------------------------------------------------------------------------',
  '  SlotID  BoardName  Status          SubType0 SubType1    Online/Offline',
  '  -------------------------------------------------------------------------',
  '  1       H805GPFD   Normal',
  '  8       H902MPLB   Active_normal',
  '  9       H902MPLB   Standby_normal',
  '  -------------------------------------------------------------------------',
];

const display = (smart: boolean): readonly CommandData[] => [
  {
    line: 'display version',
    ...(smart ? { asks: more('backplane<K>|frameid/slotid<S><Length 1-15>') } : {}),
    prints: ['', '  VERSION : MA5800V100R018C00', '  PRODUCT MA5800-X17', ''],
  },
  { line: 'display board 0', prints: BOARDS },
  {
    line: 'display ont info 0 all',
    ...(smart ? { asks: more('|<K>') } : {}),
    prints: [
      '  F/S/P   ONT         SN         Control     Run      Config   Match    Protect',
      { repeat: 80, line: '  0/ 1/0    {i}  48575443123456A0  active      online   normal   match    no' },
      '  In port 0/1/0, the total of ONTs are: 80',
    ],
  },
];

const leaving: CommandData = {
  line: 'quit',
  asks: [
    {
      asks: '  Check whether system data has been changed. Please save data before logout.\nAre you sure to log out? (y/n)[n]:',
      answers: { y: { does: 'logout' }, '*': { stops: true } },
    },
  ],
};

const refused = (what: string): string[] => ['{marker}', `  % ${what}, the error locates at '^'`, ''];

/** SmartAX's MA5800 as published sessions show it. */
export const huaweiSmartax: Dialect = {
  name: 'huawei_smartax',
  title: 'Huawei SmartAX MA5600T and MA5800',
  sources: [
    'Huawei, MA5800 and MA5600T command references: enable, config, scroll, undo smart, save, quit',
    'published sessions of MA5600T, MA5603T and MA5800 (prompts, refusals, pager, questions)',
  ],
  login: {
    banner: [
      '',
      'Huawei Integrated Access Software (MA5800).',
      'Copyright(C) Huawei Technologies Co., Ltd. 2002-2019. All rights reserved.',
      '',
    ],
    username: '>>User name:',
    password: '>>User password:',
    failure: '  Username or password invalid.',
    welcome: ['', '  Huawei Integrated Access Software (MA5800).', '  All rights reserved.', ''],
    ssh: { ident: 'HUAWEI-1.5' },
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host}>',
      commands: [
        { line: 'undo smart', does: { go: 'plain' }, prints: '  Interactive function is disabled' },
        { line: 'scroll', asks: more('number<U><10,512>'), does: { pageLength: 0 } },
        { line: 'enable', does: { enter: 'privileged' } },
        ...display(true),
        leaving,
      ],
    },
    plain: {
      prompt: '{host}>',
      commands: [
        { line: 'undo smart', prints: '  Interactive function is disabled' },
        { line: 'smart', does: { go: 'exec' } },
        { line: 'scroll', does: { pageLength: 0 } },
        { line: 'enable', does: { enter: 'privileged' } },
        ...display(false),
        leaving,
      ],
    },
    privileged: {
      prompt: '{host}#',
      commands: [
        { line: 'undo smart' },
        { line: 'scroll', does: { pageLength: 0 } },
        ...display(false),
        { line: 'display current-configuration', prints: ['[MA5800V100R018: 1024]', '#', '{running}', 'return'] },
        { line: 'config', does: { enter: 'config' } },
        { line: 'diagnose', does: { enter: 'diagnose' } },
        {
          line: 'save',
          does: 'save',
          prints: ['', '  It will take several minutes to save configuration file, please wait...', ''],
        },
        { line: 'disable', does: 'leave' },
        leaving,
      ],
    },
    config: {
      prompt: '{host}(config)#',
      inside: '{host}(config-{section})#',
      statements: true,
      commands: [
        { line: 'undo {statement...}', does: 'delete' },
        ...display(false),
        { line: 'display current-configuration', prints: ['[MA5800V100R018: 1024]', '#', '{running}', 'return'] },
        { line: 'quit', does: 'up' },
        { line: 'return', does: 'leave' },
      ],
    },
    diagnose: { prompt: '{host}(diagnose)%%', commands: [{ line: 'quit|return', does: 'leave' }] },
  },
  refusals: {
    unknown: refused('Unknown command'),
    value: refused('Parameter error'),
    incomplete: refused('Incomplete command'),
    ambiguous: refused('Ambiguous command'),
  },
  pager: { prompt: "---- More ( Press 'Q' to break ) ----", erase: `\x1b[37D${' '.repeat(37)}\x1b[37D` },
  help: { key: '?', row: '  {word}', none: "  % Unknown command, the error locates at '^'" },
  configuration: {
    render: { style: 'indented', between: '#' },
    statements: [
      'sysname {host}',
      { line: 'interface gpon {slot}', label: 'if-gpon-{slot}', many: true },
      'interface gpon {slot} > port {port:0-15} ont-auto-find {state:enable|disable}',
      { line: 'vlan {id:1-4093} smart', many: true },
      'vlan desc {id:1-4093} description {text...}',
      { line: 'ip route-static {network:ip} {mask:mask} {gateway:ip}', many: true },
    ],
    initial: ['sysname {host}', 'vlan 100 smart'],
  },
  examples: {
    prompt: 'edge-1>',
    show: { send: 'display board 0', holds: 'H902MPLB' },
    pagingOff: ['scroll'],
    unknown: { send: 'shwo version', holds: '% Unknown command, the error locates at' },
    enable: { send: ['undo smart', 'enable'], prompt: 'edge-1#' },
    configure: {
      enter: ['config'],
      prompt: 'edge-1(config)#',
      lines: ['vlan 200 smart', 'ip route-static 198.51.100.0 255.255.255.0 192.0.2.254'],
      refused: { send: 'vlan 9999 smart', holds: '% Parameter error' },
      show: { send: 'display current-configuration', holds: ['vlan 200 smart', 'ip route-static 198.51.100.0'] },
      leave: ['return'],
      save: { send: ['save'], holds: 'please wait' },
    },
    exit: ['quit', 'y'],
  },
};
