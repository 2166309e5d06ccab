import type { Dialect } from '../dialect/index.js';
import { iosFamily } from './ios-family.js';

/** What the switch does with its last row: it goes to it, and scrolls the screen by hand for each line end. */
const SCROLL = '\x1b[24;1H\x1b[1;0H\x1b[1M\x1b[24;1H\x1b[1L\x1b[24;1H\x1b[2K\x1b[24;1H\x1b[?25h\x1b[1;24r\x1b[24;1H\r';

const base = iosFamily({
  name: 'hp_procurve',
  title: 'HPE ProCurve and ArubaOS-Switch',
  sources: [
    'HPE, ArubaOS-Switch Management and Configuration Guide 16.10',
    'netmiko issues 1087 and 1699 (login on telnet and SSH, the escape sequences at logout)',
    'NOC profile HP.ProCurve (pager)',
  ],
  withoutExec: true,
  prompts: { privileged: '{host}# ', config: '{host}(config)# ', inside: '{host}({section})# ' },
  login: {
    banner: ['HP J9773A 2530-24G-PoEP Switch', 'Software revision YA.16.10.0012', ''],
    first: [{ asks: 'Press any key to continue', key: true }],
    username: 'Username: ',
    password: 'Password: ',
    failure: 'Invalid password',
    welcome: 'Your previous successful login (as manager) was on 2026-11-20 10:00:00',
    ssh: { ident: 'Mocana SSH 6.3' },
  },
  refusals: {
    unknown: 'Invalid input: {rest}',
    incomplete: 'Incomplete input: {line}',
    ambiguous: 'Ambiguous input: {rest}',
  },
  pager: {
    prompt: '-- MORE --, next page: Space, next line: Enter, quit: Control-C',
    erase: '\r\x1b[K',
    quit: ['\x03', 'q'],
  },
  terminal: [
    { line: 'no page', does: { pageLength: 0 } },
    { line: 'page', does: { pageLength: 24 } },
    { line: 'terminal width {n:61-1920}', does: { width: '{n}' } },
  ],
  pagingOff: 'no page',
  version: [
    'Image stamp:    /ws/swbuildm/rel_yakima_qaoff/code/build/lakes(swbuildm)',
    '                YA.16.10.0012',
  ],
  versionHolds: 'YA.16.10.0012',
  save: { command: { line: 'write memory', does: 'save', prints: '' }, send: ['write memory'], holds: '' },
  statements: [
    'hostname {host}',
    'snmp-server contact {text...}',
    { line: 'vlan {vlan:1-4094}', label: 'vlan-{vlan}' },
    'vlan {vlan:1-4094} > name {text...}',
    { line: 'ip route {network:ip} {netmask:mask} {gateway:ip}', many: true },
  ],
  exit: 'logout',
  refused: { send: 'snmp-sever contact noc', holds: 'Invalid input: snmp-sever' },
  unknownHolds: 'Invalid input: shwo',
});

const loggingOut = {
  line: 'logout',
  asks: [
    { asks: 'Do you want to log out (y/n)? ', key: true, answers: { y: {}, n: { stops: true }, '*': { stops: true } } },
  ],
  does: 'logout',
} as const;

export const hpProcurve: Dialect = {
  ...base,
  modes: {
    ...base.modes,
    privileged: {
      prompt: '{host}# ',
      commands: [loggingOut, ...(base.modes.privileged?.commands ?? []).filter(({ line }) => line !== 'logout')],
    },
  },
  examples: { ...base.examples, exit: ['logout', 'y'] },
  variants: {
    'escape sequences': { echo: { before: '\x1b[?25h', enter: SCROLL } },
  },
};
