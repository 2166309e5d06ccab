import { iosFamily, MARKED } from './ios-family.js';

/** Calix B6: lets everybody in over SSH, and asks inside the shell. */
export const calixB6 = iosFamily({
  name: 'calix_b6',
  title: 'Calix B6',
  sources: ['netmiko calix_b6.py (login as, Password, width, paging, copy run start)'],
  login: {
    username: 'login as: ',
    password: 'Password: ',
    mask: '*',
    failure: 'Login incorrect',
    ssh: { asksInShell: true },
  },
  refusals: MARKED,
  pager: { prompt: '--More--', erase: '\r          \r' },
  terminal: [
    { line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } },
    { line: 'terminal width {n:0-512}', does: { width: '{n}' } },
  ],
  pagingOff: 'terminal length 0',
  version: ['Occam BLC 6000 System Software, Version 8.0.4.2'],
  versionHolds: 'Version 8.0.4.2',
  save: {
    command: { line: ['copy running-config startup-config', 'copy run start'], does: 'save', prints: '[OK]' },
    send: ['copy run start'],
    holds: '[OK]',
  },
  unknownHolds: '% Invalid input detected',
});
