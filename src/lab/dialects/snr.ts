import { iosFamily, MORE } from './ios-family.js';

/** NAG SNR, by its configuration guide and by what its users' tools expect. */
export const snr = iosFamily({
  name: 'snr',
  title: 'NAG SNR',
  sources: ['SNR-S2940-8G-v2 Switch Configuration Guide, 1.2.5 and 1.2.6', 'NOC profile NAG.SNR (pager, question)'],
  login: { username: 'login:', password: 'Password:', failure: 'Invalid login' },
  refusals: {
    unknown: ['{marker}', "% Invalid input detected at '^' marker."],
    unexpected: 'Invalid command or parameter',
    incomplete: 'Invalid command or parameter',
    ambiguous: '> Ambiguous command!',
  },
  pager: MORE,
  terminal: [{ line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } }],
  pagingOff: 'terminal length 0',
  version: [
    '  SNR-S2985G-24T Device, Compiled on Jan 06 10:00:00 2026',
    '  SoftWare Package Version 7.0.3.5(R0241.0390)',
  ],
  versionHolds: '7.0.3.5(R0241.0390)',
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
    send: ['copy running-config startup-config', 'y'],
    holds: 'successful',
  },
  unknownHolds: '% Invalid input detected',
});
