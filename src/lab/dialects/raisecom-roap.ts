import { iosFamily } from './ios-family.js';

/** Raisecom: asks for name and password inside the shell, and quotes the word that is none. */
export const raisecomRoap = iosFamily({
  name: 'raisecom_roap',
  title: 'Raisecom ROAP and ROS',
  sources: ['NOC profile Raisecom.ROS (errors, pager)', 'netmiko raisecom_roap.py (login in the shell, paging)'],
  login: {
    username: 'Login:',
    password: 'Password:',
    mask: '*',
    failure: 'Login incorrect',
    ssh: { asksInShell: true },
  },
  secretPrompt: 'Password:',
  refusals: {
    unknown: '% "{word}"  (Unknown command.)',
    unexpected: ['{marker}', "Error input in the position marked by '^'."],
    incomplete: '% Incomplete command.',
  },
  pager: { prompt: ' --More--  ', erase: '\b\b\b\b\b\b\b\b\b\b\b           \b\b\b\b\b\b\b\b\b\b\b' },
  terminal: [{ line: 'terminal page-break disable', does: { pageLength: 0 }, prints: 'Set successfully.' }],
  terminalIn: 'privileged',
  configure: 'config',
  configureSays: 'Configuration mode, one command input per times. End with CTRL-Z.',
  version: ['Product Name: ISCOM2624G', 'Raisecom Operating System Software Version: ROS_5.1.1'],
  versionHolds: 'ROS_5.1.1',
  save: {
    command: { line: 'write startup-config', does: 'save', prints: 'Save current configuration successfully.' },
    send: ['write startup-config'],
    holds: 'successfully',
  },
  refused: { send: 'snmp-sever contact noc', holds: '(Unknown command.)' },
  unknownHolds: '% "shwo"  (Unknown command.)',
});
