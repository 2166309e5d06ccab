import type { Dialect } from '../dialect/index.js';
import { iosFamily } from './ios-family.js';

const name = 'eltex';
const title = 'Eltex MES';
const sources = [
  'gnetcli pkg/device/eltex and its tests',
  'NOC profiles Eltex.MES and Eltex.MES24xx (pagers, questions)',
];
const version = ['Active-image: flash://system/images/mes3300-4015.ros', '  Version: 4.0.15', '  Commit: 6c0f5d6f'];

const newer = iosFamily({
  name,
  title,
  sources,
  prompts: {
    exec: '\x1b[27m\r{host}> ',
    privileged: '\x1b[27m\r{host}# ',
    config: '\x1b[27m\r{host}(config)# ',
    inside: '\x1b[27m\r{host}(config-{section})# ',
  },
  login: { username: 'User Name:', password: 'Password:', failure: '% Incorrect Login/Password' },
  refusals: {
    unknown: '% Invalid Command',
    unexpected: ['{marker}', "% Invalid input detected at '^' marker"],
    incomplete: '% Incomplete command.',
    ambiguous: '% Ambiguous Command',
  },
  pager: { prompt: '--More--', erase: '\r\x1b[K' },
  terminal: [{ line: 'set cli pagination off', does: { pageLength: 0 } }],
  pagingOff: 'set cli pagination off',
  version,
  versionHolds: 'Version: 4.0.15',
  unknownHolds: '% Invalid Command',
});

/** Eltex MES 23xx and 33xx; the variant is MES 24xx, whose software is another one. */
export const eltex: Dialect = {
  ...iosFamily({
    name,
    title,
    sources,
    login: { username: 'User Name:', password: 'Password:', failure: 'authentication failed' },
    secretPrompt: 'Password:',
    refusals: {
      unknown: '% Unrecognized command',
      value: '% Wrong number of parameters or invalid range, size or characters entered',
      incomplete: '% Incomplete command',
      ambiguous: '% Ambiguous command',
    },
    pager: { prompt: 'More: <space>,  Quit: q or CTRL+Z, One line: <return>', erase: '\r\x1b[K' },
    terminal: [{ line: 'terminal datadump', does: { pageLength: 0 } }],
    pagingOff: 'terminal datadump',
    version,
    versionHolds: 'Version: 4.0.15',
    save: {
      command: {
        line: ['write memory', 'copy running-config startup-config'],
        asks: [
          {
            asks: 'Overwrite file [startup-config].... (Y/N)[N] ?',
            key: true,
            answers: { y: {}, '*': { stops: true } },
          },
        ],
        does: 'save',
        prints: 'Copy succeeded',
      },
      send: ['copy running-config startup-config', 'Y'],
      holds: 'Copy succeeded',
    },
    unknownHolds: '% Unrecognized command',
  }),
  variants: {
    'MES 24xx': {
      modes: newer.modes,
      refusals: newer.refusals,
      login: newer.login,
      examples: newer.examples,
      ...(newer.pager === undefined ? {} : { pager: newer.pager }),
    },
  },
};
