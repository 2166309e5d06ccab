import type { Dialect } from '../dialect/index.js';

const MENU = [
  'Sophos Firmware Version: SFOS 19.0.2 MR-2-Build472',
  'Model: SF01V',
  'Hostname: {host}',
  '',
  'Main Menu',
  '',
  '    1.  Network  Configuration',
  '    2.  System   Configuration',
  '    3.  Route    Configuration',
  '    4.  Device Console',
  '    5.  Device Management',
  '    6.  VPN Management',
  '    7.  Shutdown/Reboot Device',
  '    0.  Exit',
  '',
  '    Select Menu Number [0-7]: ',
].join('\n');

/** The menu of Sophos Firewall and its device console, as published sessions show them. */
export const sophosSfos: Dialect = {
  name: 'sophos_sfos',
  title: 'Sophos Firewall',
  sources: [
    'Sophos, Sophos Firewall command-line help: Device console',
    'published sessions of SFOS 17.5 to 22 (menu, prompt, `% Error: Unknown Parameter`)',
  ],
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    after: [
      {
        asks: MENU,
        answers: {
          '4': {},
          '0': { does: 'logout', stops: true },
          '*': { says: '     Invalid Menu Selection', again: true },
        },
      },
    ],
    welcome: ['', 'Sophos Firmware Version SFOS 19.0.2 MR-2-Build472', ''],
    ssh: { ident: 'OpenSSH_7.5' },
  },
  start: 'console',
  modes: {
    console: {
      prompt: 'console> ',
      commands: [
        {
          line: 'show advanced-firewall',
          prints: [
            '\tStrict Policy\t\t\t\t: on',
            '\tFtpBounce Prevention\t\t\t: control',
            '\tTcp Conn. Establishment Idle Timeout\t: 10800',
          ],
        },
        {
          line: 'system diagnostics show version-info',
          prints: ['Serial Number:     C01001XXXXXXXXX', 'Firmware Version:  SFOS 19.0.2 MR-2-Build472'],
        },
        { line: 'exit', does: 'logout' },
      ],
    },
  },
  refusals: {
    unknown: "% Error: Unknown Parameter '{word}'",
    incomplete: "% Error: Unknown Parameter '{line}'",
  },
  examples: {
    prompt: 'console>',
    after: '4\r',
    show: { send: 'show advanced-firewall', holds: 'Strict Policy' },
    unknown: { send: 'shwo advanced-firewall', holds: '% Error: Unknown Parameter' },
    exit: ['exit'],
  },
};
