import { iosFamily, MORE } from './ios-family.js';

/** Qtech QSW-2800, by its configuration guide and by what its users' tools expect. */
export const qtech = iosFamily({
  name: 'qtech',
  title: 'Qtech QSW',
  sources: [
    'QSW-2800 Series Configuration Guide, 1.2.5 Input Verification',
    'NOC profile Qtech.QSW2800 (login, pager, question)',
  ],
  login: { username: 'Username(1-32 chars):', password: 'Password(1-16 chars):', mask: '*', failure: 'Login invalid' },
  refusals: {
    unknown: ['{marker}', "% Invalid input detected at '^' marker."],
    unexpected: 'Unrecognized command or illegal parameter!',
    incomplete: 'Incomplete command',
    ambiguous: 'Ambiguous command',
  },
  pager: MORE,
  terminal: [{ line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } }],
  pagingOff: 'terminal length 0',
  version: ['  QSW-2800-28T-AC Device, Compiled on Jan 06 10:00:00 2026', '  SoftWare Version 6.3.100.12'],
  versionHolds: '6.3.100.12',
  save: {
    command: {
      line: 'copy running-config startup-config',
      asks: [
        {
          asks: 'Confirm to overwrite current startup-config configuration [Y/N]:',
          answers: { y: {}, n: { stops: true } },
        },
      ],
      does: 'save',
      prints: 'Write running-config to current startup-config successful',
    },
    send: ['copy running-config startup-config', 'Y'],
    holds: 'successful',
  },
  unknownHolds: '% Invalid input detected',
});
