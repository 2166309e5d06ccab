import { iosFamily } from './ios-family.js';

/** Supermicro SMIS: privileged from the beginning; paging is turned off in the mode of configuration. */
export const supermicroSmis = iosFamily({
  name: 'supermicro_smis',
  title: 'Supermicro SMIS (Aricent ISS)',
  sources: [
    'netmiko smci_smis.py (set cli pagination off, write startup-config)',
    'oxidized model aricentiss (prompt, ESC[27m)',
  ],
  withoutExec: true,
  prompts: {
    privileged: '\x1b[27m\r{host}# ',
    config: '\x1b[27m\r{host}(config)# ',
    inside: '\x1b[27m\r{host}(config-{section})# ',
  },
  login: { username: 'Username: ', password: 'Password: ', failure: 'Invalid login' },
  refusals: {
    unknown: '% Invalid Command',
    unexpected: ['{marker}', "% Invalid input detected at '^' marker."],
    incomplete: '% Incomplete Command',
    ambiguous: '% Ambiguous Command',
  },
  pager: { prompt: '--More--', erase: '\r\x1b[K' },
  terminal: [
    { line: 'set cli pagination off', does: { pageLength: 0 } },
    { line: 'terminal width {n:0-512}', does: { width: '{n}' } },
  ],
  terminalIn: 'config',
  version: [
    'Switch ID       Hardware Version                Firmware Version',
    '0               SSE-G48-TG4   (P2-01)           1.0.16-9',
  ],
  more: [
    {
      line: 'show system info',
      prints: [
        'Hardware Version       : (P2-01)',
        'System Contact         : Super Micro Computer, Inc.',
        'System Name            : {host}',
      ],
    },
  ],
  versionHolds: '1.0.16-9',
  save: {
    command: { line: 'write startup-config', does: 'save', prints: ['Building configuration ...', '[OK]'] },
    send: ['write startup-config'],
    holds: '[OK]',
  },
  unknownHolds: '% Invalid Command',
});
