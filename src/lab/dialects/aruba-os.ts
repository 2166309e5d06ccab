import { iosFamily, MARKED } from './ios-family.js';

/** A mobility controller with ArubaOS 8: the name in parentheses, the node behind it. */
export const arubaOs = iosFamily({
  name: 'aruba_os',
  title: 'ArubaOS (mobility controllers)',
  sources: [
    'netmiko issue 1252 and netdev issue 5: sessions with ArubaOS 8 controllers',
    'Aruba, ArubaOS 8.x CLI Reference Guide: enable, configure terminal, no paging, write memory',
    'NOC profile Aruba.ArubaOS (pager)',
  ],
  prompts: {
    exec: '({host}) [mynode] >',
    privileged: '({host}) {unsaved}[mynode] #',
    config: '({host}) {unsaved}[mynode] (config) #',
    inside: '({host}) {unsaved}[mynode] (config-submode)#',
  },
  seen: { exec: '(edge-1) [mynode] >', privileged: '(edge-1) …[mynode] #', config: '(edge-1) …[mynode] (config) #' },
  login: { username: 'User: ', password: 'Password: ', mask: '*', failure: 'Authentication failed' },
  secretPrompt: 'Password:',
  wrongSecret: 'Access denied',
  refusals: MARKED,
  marks: { unsaved: ['', '^'] },
  pager: { prompt: '--More-- (q) quit (u) pageup (/) search (n) repeat', erase: `\r${' '.repeat(50)}\r` },
  terminal: [{ line: 'no paging', does: { pageLength: 0 } }],
  terminalIn: 'privileged',
  configureSays: 'Enter Configuration commands, one per line. End with CNTL/Z',
  version: ['Aruba Operating System Software.', 'ArubaOS (MODEL: Aruba7005), Version 8.10.0.0'],
  versionHolds: 'Version 8.10.0.0',
  save: {
    command: {
      line: 'write memory',
      does: 'save',
      prints: ['', 'Saving Configuration...', '', 'Configuration Saved.'],
    },
    send: ['write memory'],
    holds: 'Configuration Saved.',
  },
  unknownHolds: '% Invalid input detected',
});
