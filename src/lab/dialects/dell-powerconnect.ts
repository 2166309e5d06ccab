import type { Dialect } from '../dialect/index.js';
import { FASTPATH_MORE, FASTPATH_REFUSALS, fastpathSave } from './fastpath-family.js';
import { iosFamily } from './ios-family.js';

const base = iosFamily({
  name: 'dell_powerconnect',
  title: 'Dell PowerConnect 6200',
  sources: [
    'fake-switches, tests/dell: sessions with a PowerConnect 6224',
    'Dell, PowerConnect 6200 Series CLI Reference Guide: Using the CLI, configure, copy',
  ],
  login: {
    username: 'User Name:',
    password: 'Password:',
    mask: '*',
    failure: 'authentication failed',
    ssh: { asksInShell: true },
  },
  secretPrompt: 'Password:',
  wrongSecret: 'Incorrect Password!',
  refusals: FASTPATH_REFUSALS,
  pager: FASTPATH_MORE,
  terminal: [{ line: 'terminal length {n:0-48}', does: { pageLength: '{n}' }, prints: '' }],
  terminalIn: 'privileged',
  configure: 'configure',
  configureSays: '',
  version: [
    '',
    'Image Descriptions',
    '',
    ' image1 : default image',
    '    1     3.3.7.3     3.3.7.3             image1             image1',
  ],
  versionHolds: '3.3.7.3',
  save: {
    command: fastpathSave('copy running-config startup-config'),
    send: ['copy running-config startup-config', 'y'],
    holds: 'Configuration Saved!',
  },
  unknownHolds: '% Invalid input detected',
});

const OVERWRITE = 'Overwrite file [startup-config].... (Y/N)[N] ?';

/** The 6200 series, and the 5500 series, which has another maker's software. */
export const dellPowerconnect: Dialect = {
  ...base,
  variants: {
    '5500 series': {
      refusals: {
        unknown: '% Unrecognized command',
        value: '% bad parameter value',
        incomplete: '% missing mandatory parameter',
        ambiguous: '% Ambiguous command',
      },
      pager: { prompt: 'More: <space>,  Quit: q or CTRL+Z, One line: <return> ', erase: '\r\x1b[K' },
      modes: {
        ...base.modes,
        privileged: {
          prompt: '{host}#',
          also: ['exec'],
          commands: [
            { line: 'terminal datadump', does: { pageLength: 0 } },
            {
              line: 'copy running-config startup-config',
              asks: [{ asks: OVERWRITE, key: true, answers: { y: {}, '*': { stops: true } } }],
              does: 'save',
              prints: '21-Nov-2026 13:21:22 %COPY-N-TRAP: The copy operation was completed successfully',
            },
            ...(base.modes.privileged?.commands ?? []).filter(
              ({ line }) => typeof line !== 'string' || !/^(?:copy|terminal) /.test(line),
            ),
          ],
        },
      },
      examples: {
        ...base.examples,
        unknown: { send: 'shwo version', holds: '% Unrecognized command' },
        ...(base.examples.configure === undefined
          ? {}
          : {
              configure: {
                ...base.examples.configure,
                refused: { send: 'snmp-sever contact noc', holds: '% Unrecognized command' },
                save: { send: ['copy running-config startup-config', 'y'], holds: 'completed successfully' },
              },
            }),
      },
    },
  },
};
