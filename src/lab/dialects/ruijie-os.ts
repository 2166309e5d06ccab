import { iosFamily, MARKED, MORE } from './ios-family.js';

/** Ruijie RGOS: the width is set by those who are privileged alone. */
export const ruijieOs = iosFamily({
  name: 'ruijie_os',
  title: 'Ruijie RGOS',
  sources: ['netmiko ruijie_os.py: terminal length and width, write'],
  refusals: MARKED,
  pager: MORE,
  terminal: [
    { line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } },
    { line: 'terminal width {n:0-256}', does: { width: '{n}' } },
  ],
  pagingOff: 'terminal length 0',
  version: ['System description      : Ruijie Gigabit Switch', 'System software version : RGOS 11.4(1)B70'],
  versionHolds: 'RGOS 11.4(1)B70',
  save: {
    command: { line: ['write', 'write memory'], does: 'save', prints: ['Building configuration...', '[OK]'] },
    send: ['write'],
    holds: '[OK]',
  },
  unknownHolds: '% Invalid input detected',
});
