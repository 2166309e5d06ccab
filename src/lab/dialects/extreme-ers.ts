import type { Dialect } from '../dialect/index.js';
import { iosFamily } from './ios-family.js';

const plain = iosFamily({
  name: 'extreme_ers',
  title: 'Extreme ERS (BOSS)',
  sources: [
    'Control::CLI::Extreme 1.04, CPAN: banner, prompts, pager and errors of BaystackERS',
    'oxidized model boss',
  ],
  login: { username: 'Username: ', password: 'Password: ', mask: '*', failure: 'Incorrect Credentials' },
  refusals: {
    unknown: ['{marker}', "% Invalid input detected at '^' marker."],
    incomplete: '% Incomplete command',
    ambiguous: '% Ambiguous command',
  },
  pager: { prompt: '----More (q=Quit, space/return=Continue)----', erase: '\r\x1b[K' },
  terminal: [
    { line: 'terminal length {n:0-132}', does: { pageLength: '{n}' } },
    { line: 'terminal width {n:1-132}', does: { width: '{n}' } },
  ],
  pagingOff: 'terminal length 0',
  configureSays: 'Enter configuration commands, one per line.  End with CNTL/Z.',
  version: ['sysDescr:    Ethernet Routing Switch 4850GTS-PWR+', '             HW:10    FW:5.8.0.1   SW:v5.12.0.105'],
  versionHolds: 'SW:v5.12.0.105',
  statements: [
    'snmp-server name {host}',
    'snmp-server contact {text...}',
    { line: 'interface {name}', label: 'if' },
    'interface {name} > description {text...}',
    { line: 'ip route {network:ip} {netmask:mask} {gateway:ip}', many: true },
  ],
  save: { command: { line: 'save config', does: 'save', prints: '' }, send: ['save config'], holds: '' },
  exit: 'logout',
  unknownHolds: '% Invalid input detected',
});

/** ERS; the variant shows its banner, which only Ctrl-Y takes away. */
export const extremeErs: Dialect = {
  ...plain,
  variants: {
    banner: {
      login: {
        ...plain.login,
        after: [
          {
            asks: 'Ethernet Routing Switch 4850GTS-PWR+\n\nEnter Ctrl-Y to begin.',
            key: true,
            answers: { '\x19': {} },
          },
        ],
      },
      examples: { ...plain.examples, after: '\x19' },
    },
  },
};
