import { iosFamily } from './ios-family.js';

/** AudioCodes Mediant: one mode of configuration for each part, left by `exit`, and a star for what is not saved. */
export const audiocode72 = iosFamily({
  name: 'audiocode_72',
  title: 'AudioCodes Mediant 7.2',
  sources: ['netmiko audiocode_ssh.py (modes, star, write)', 'oxidized model audiocodes (login, pager)'],
  prompts: {
    exec: '{host}> ',
    privileged: '{host}{unsaved}# ',
    config: '{host}(config-system){unsaved}# ',
    inside: '{host}({section}){unsaved}# ',
  },
  seen: { privileged: 'edge-1…#', config: 'edge-1(config-system)…#' },
  marks: { unsaved: ['', '*'] },
  login: { username: 'Username: ', password: 'Password: ', failure: 'Login failed' },
  refusals: { unknown: 'Invalid command', incomplete: 'Incomplete command' },
  pager: { prompt: ' --MORE--', erase: '\r          \r' },
  configure: 'configure system',
  leave: 'exit',
  version: ['Version info: --------------', ';Software Version: 7.20A.258.457'],
  versionHolds: '7.20A.258.457',
  statements: [
    'hostname {host}',
    { line: 'cli-settings', label: 'cli-settings' },
    'cli-settings > idle-timeout {n:0-3600}',
    'cli-settings > window-height {n:0-65535}',
  ],
  lines: ['cli-settings idle-timeout 30'],
  holds: ['idle-timeout 30'],
  refused: { send: 'cli-setings idle-timeout 30', holds: 'Invalid command' },
  save: {
    command: { line: 'write', does: 'save', prints: ['Writing configuration...done'] },
    send: ['write'],
    holds: 'done',
  },
  unknownHolds: 'Invalid command',
});
