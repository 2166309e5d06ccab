import { FASTPATH_MORE, FASTPATH_REFUSALS, fastpathSave } from './fastpath-family.js';
import { iosFamily } from './ios-family.js';

/** N-Series: the FASTPATH command line as Dell has it. */
export const dellOs6 = iosFamily({
  name: 'dell_os6',
  title: 'Dell OS6 (N-Series)',
  sources: [
    'Dell, N-Series CLI Reference Guide 6.x: Using the CLI, terminal length, copy running-config startup-config',
    'fake-switches, tests/dell10g: sessions with switches of this command line',
  ],
  login: { username: 'User:', password: 'Password:', mask: '*', failure: '' },
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
    'Machine Description............... Dell EMC Networking N3048 Switch',
    'System Model ID................... N3048',
  ],
  versionHolds: 'N3048',
  save: {
    command: fastpathSave('copy running-config startup-config'),
    send: ['copy running-config startup-config', 'y'],
    holds: 'Configuration Saved!',
  },
  exit: 'quit',
  unknownHolds: '% Invalid input detected',
});
