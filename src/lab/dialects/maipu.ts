import { iosFamily } from './ios-family.js';

/** Maipu MyPower: `more off`, and one more question before the configuration is written. */
export const maipu = iosFamily({
  name: 'maipu',
  title: 'Maipu MyPower',
  sources: ['NOC profile Maipu.OS (pager, errors, question)', 'netmiko maipu.py (more off, write)'],
  refusals: {
    unknown: ['{marker}', "% Unrecognized command, and error detected at '^' marker."],
    incomplete: '% Incomplete command.',
  },
  pager: { prompt: '---MORE---', erase: '\r             \r' },
  terminal: [{ line: 'more off', does: { pageLength: 0 } }],
  pagingOff: 'more off',
  version: ['MyPower (R) Operating System Software', 'S4320-28TXF Version 9.5.0.2'],
  versionHolds: 'Version 9.5.0.2',
  save: {
    command: {
      line: ['write', 'save'],
      asks: [
        {
          asks: 'Startup config in flash will be updated, are you sure(y/n)? [n]',
          key: true,
          answers: { y: {}, n: { stops: true } },
        },
      ],
      does: 'save',
      prints: ['Building Configuration...', '[OK]'],
    },
    send: ['write', 'y'],
    holds: '[OK]',
  },
  unknownHolds: '% Unrecognized command',
});
