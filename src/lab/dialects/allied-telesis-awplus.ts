import { iosFamily, MARKED } from './ios-family.js';

/** AlliedWare Plus, which stays in user mode at login, whatever the privilege. */
export const alliedTelesisAwplus = iosFamily({
  name: 'allied_telesis_awplus',
  title: 'Allied Telesis AlliedWare Plus',
  sources: [
    'Allied Telesis, Software Reference for x-Series switches: CLI Navigation Commands, File and Configuration Management Commands',
    'oxidized issue 929: a session with an AlliedWare Plus switch',
  ],
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: ['', 'AlliedWare Plus (TM) 5.5.2 01/01/26 00:00:00', ''],
  },
  secretPrompt: 'Password: ',
  wrongSecret: '% Bad passwords',
  refusals: MARKED,
  pager: { prompt: '--More--', erase: '\r        \r' },
  terminal: [{ line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } }],
  pagingOff: 'terminal length 0',
  configureSays: 'Enter configuration commands, one per line.  End with CNTL/Z.',
  version: ['', 'AlliedWare Plus (TM) 5.5.2 01/01/26 00:00:00', '', 'Build name : x930-5.5.2-0.1.rel'],
  versionHolds: 'x930-5.5.2',
  save: {
    command: { line: ['write', 'write memory'], does: 'save', prints: ['Building configuration...', '[OK]'] },
    send: ['write memory'],
    holds: '[OK]',
  },
  unknownHolds: '% Invalid input detected',
});
