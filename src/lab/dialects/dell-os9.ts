import type { Dialect } from '../dialect/index.js';
import { iosFamily, MORE } from './ios-family.js';

const base = iosFamily({
  name: 'dell_os9',
  title: 'Dell OS9 (FTOS)',
  sources: [
    'Dell, Configuration Guide for the S4810 System 9.5(0.0): CLI Modes, Configuring Login Banners',
    'NOC profile Force10.FTOS (error texts, pager); netmiko pull request 3070 (write memory)',
  ],
  login: { username: 'Login: ', password: 'Password: ', failure: '% Authentication failed' },
  prompts: { config: '{host}(conf)#', inside: '{host}(conf-{section})#' },
  seen: { config: 'edge-1(conf)#' },
  wrongSecret: '% Error: Access denied.',
  refusals: {
    unknown: ['{marker}', '% Error: Invalid input at "^" marker.'],
    incomplete: '% Error: Incomplete command.',
    ambiguous: '% Error: Ambiguous command.',
  },
  pager: MORE,
  terminal: [{ line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } }],
  pagingOff: 'terminal length 0',
  version: [
    'Dell Real Time Operating System Software',
    'Dell Operating System Version: 2.0',
    'Dell Application Software Version: 9.14(2.5)',
  ],
  versionHolds: '9.14(2.5)',
  save: { command: { line: 'write memory', does: 'save', prints: ['!'] }, send: ['write memory'], holds: '!' },
  unknownHolds: '% Error: Invalid input',
});

/** As it is, and with a banner that must be acknowledged. */
export const dellOs9: Dialect = {
  ...base,
  variants: {
    'a banner to acknowledge': {
      login: {
        ...base.login,
        after: [
          {
            asks: 'Authorized users only. Do you accept? [y/n]: ',
            answers: { y: {}, n: { does: 'logout', stops: true } },
          },
        ],
      },
      examples: { ...base.examples, after: 'y\r' },
    },
  },
};
