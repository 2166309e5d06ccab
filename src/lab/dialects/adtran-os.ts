import { iosFamily } from './ios-family.js';

/** Adtran AOS: a long line is echoed with a blank and a step back at the margin. */
export const adtranOs = iosFamily({
  name: 'adtran_os',
  title: 'Adtran AOS',
  sources: ['netmiko adtran.py (terminal length, the redrawn echo)', 'oxidized model adtran'],
  refusals: {
    unknown: ['{marker}', '% Unrecognized command'],
    incomplete: '% Incomplete command',
    ambiguous: '% Ambiguous command',
  },
  pager: { prompt: '--MORE--', erase: '\r          \r' },
  terminal: [{ line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } }],
  terminalIn: 'privileged',
  echo: { margin: ' \x1b[1D' },
  version: ['ADTRAN, Inc. OS version R13.11.0.E', 'Platform: NetVanta 3448'],
  versionHolds: 'OS version R13.11.0.E',
  save: {
    command: { line: ['write memory', 'write'], does: 'save', prints: ['Building configuration...', 'Done. Success!'] },
    send: ['write memory'],
    holds: 'Success!',
  },
  unknownHolds: '% Unrecognized command',
});
