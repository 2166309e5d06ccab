import { iosFamily } from './ios-family.js';

/** OneAccess OneOS 5: `stty columns`, and no marker. */
export const oneaccessOneos = iosFamily({
  name: 'oneaccess_oneos',
  title: 'OneAccess (Ekinops) OneOS 5',
  sources: ['netmiko oneaccess_oneos.py (term len 0, stty columns, write mem)', 'oxidized model oneos (login, pager)'],
  refusals: { unknown: 'Syntax error : {word}', incomplete: 'Syntax error : incomplete command' },
  pager: { prompt: '--More--', erase: '\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b' },
  terminal: [
    { line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } },
    { line: 'term len {n:0-512}', does: { pageLength: '{n}' } },
    { line: 'stty columns {n:20-255}', does: { width: '{n}' } },
  ],
  pagingOff: 'term len 0',
  version: ['Software version    : ONEOS92-MONO_FT-V5.2R2E7_HA8', 'Software created on : 06/01/26 10:00:00'],
  versionHolds: 'V5.2R2E7_HA8',
  save: {
    command: { line: ['write memory', 'write mem'], does: 'save', prints: 'Configuration was saved' },
    send: ['write mem'],
    holds: 'saved',
  },
  unknownHolds: 'Syntax error',
});
