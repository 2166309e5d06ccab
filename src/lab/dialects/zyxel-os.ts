import { iosFamily } from './ios-family.js';

/** Zyxel's ZyNOS: the cursor is saved behind the prompt, and the pager cannot be turned off. */
export const zyxelOs = iosFamily({
  name: 'zyxel_os',
  title: 'Zyxel switches (ZyNOS)',
  sources: [
    'NOC profile Zyxel.ZyNOS (pager, errors)',
    'oxidized models zynos and zynoscli (what stands behind the prompt)',
  ],
  prompts: {
    exec: '{host}> \x1b7',
    privileged: '{host}# \x1b7',
    config: '{host}(config)# \x1b7',
    inside: '{host}(config-{section})# \x1b7',
  },
  login: { username: 'User name: ', password: 'Password: ', failure: 'Invalid username or password' },
  refusals: { unknown: 'Invalid command', unexpected: 'Invalid input', incomplete: 'Invalid input' },
  pager: {
    prompt: '-- more --, next page: Space, continue: c, quit: ESC',
    erase: '\r\x1b[K',
    all: ['c'],
    quit: ['\x1b', 'q'],
  },
  configure: 'configure',
  leave: 'exit',
  version: ['Current ZyNOS version: V4.70(ABBH.4) | 06/16/2021'],
  versionHolds: 'V4.70(ABBH.4)',
  save: { command: { line: 'write memory', does: 'save', prints: '' }, send: ['write memory'], holds: '' },
  unknownHolds: 'Invalid command',
});
