import { FASTPATH_MORE, FASTPATH_REFUSALS, fastpathSave } from './fastpath-family.js';
import { iosFamily } from './ios-family.js';

/** EdgeSwitch: the FASTPATH command line with its name in parentheses. */
export const ubiquitiEdgeswitch = iosFamily({
  name: 'ubiquiti_edgeswitch',
  title: 'Ubiquiti EdgeSwitch',
  sources: [
    'Ubiquiti, EdgeSwitch CLI Command Reference: Using the Command-Line Interface',
    'netmiko issues 2628 and 3471: sessions with EdgeSwitches (banner, prompts, write memory)',
  ],
  prompts: {
    exec: '({host}) >',
    privileged: '({host}) #',
    config: '({host}) (Config)#',
    inside: '({host}) ({section})#',
  },
  seen: { exec: '(edge-1) >', privileged: '(edge-1) #', config: '(edge-1) (Config)#' },
  login: {
    username: 'User:',
    password: 'Password:',
    mask: '*',
    failure: '',
    welcome: ['', 'Welcome to EdgeSwitch', ''],
  },
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
    'Switch: 1',
    '',
    'System Description............................. EdgeSwitch 16-Port 150W, 1.7.1.4993748',
  ],
  versionHolds: 'EdgeSwitch 16-Port 150W',
  save: { command: fastpathSave('write memory'), send: ['write memory', 'y'], holds: 'Configuration Saved!' },
  statements: [
    'hostname {host}',
    'snmp-server contact {text...}',
    { line: 'interface {port}', label: 'Interface {port}' },
    'interface {port} > description {text...}',
    { line: 'ip route {network:ip} {netmask:mask} {gateway:ip}', many: true },
  ],
  exit: 'quit',
  unknownHolds: '% Invalid input detected',
});
