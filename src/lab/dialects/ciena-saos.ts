import type { Dialect } from '../dialect/index.js';

/** SAOS 6: one mode, and a star for what is not saved. */
export const cienaSaos: Dialect = {
  name: 'ciena_saos',
  title: 'Ciena SAOS 6',
  sources: ["Ciena's Ansible collection ciena.saos6 (prompts, errors, session settings)", 'netmiko ciena_saos.py'],
  login: { username: 'login: ', password: 'Password: ', failure: 'Login incorrect' },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host}{unsaved}> ',
      statements: true,
      commands: [
        { line: 'system shell session set more off', does: { pageLength: 0 } },
        { line: 'system shell session set window-width {n:80-512}', does: { width: '{n}' } },
        {
          line: 'software show',
          prints: [
            '+----------------------------------------+',
            '| Installed Package   : saos-06-18-00-0310 |',
            '| Last Error: ERROR: 0 |',
          ],
        },
        { line: 'configuration show', prints: '{running}' },
        { line: 'configuration save', does: 'save' },
        { line: 'diag shell', does: { enter: 'shell' } },
        { line: ['exit', 'quit'], does: 'logout' },
      ],
    },
    shell: {
      prompt: 'diag@{host}:~$ ',
      commands: [
        { line: 'uname', prints: 'Linux' },
        { line: 'exit', does: 'leave' },
      ],
      refusals: { unknown: '-sh: {word}: not found', incomplete: '-sh: syntax error' },
    },
  },
  refusals: {
    unknown: "SHELL PARSER FAILURE: '{line}' - invalid input",
    incomplete: "SHELL PARSER FAILURE: '{line}' - incomplete",
  },
  marks: { unsaved: ['', '*'] },
  configuration: {
    render: { style: 'indented' },
    statements: [
      'system set host-name {host}',
      'system set contact {text...}',
      { line: 'vlan create vlan {id:2-4094}', many: true },
    ],
    initial: ['system set host-name {host}'],
  },
  examples: {
    prompt: 'edge-1…>',
    show: { send: 'software show', holds: 'saos-06-18-00-0310' },
    unknown: { send: 'sofware show', holds: 'SHELL PARSER FAILURE' },
    pagingOff: ['system shell session set more off'],
    configure: {
      enter: [],
      prompt: 'edge-1…>',
      lines: ['vlan create vlan 10', 'system set contact noc'],
      refused: { send: 'vlan crate vlan 10', holds: 'SHELL PARSER FAILURE' },
      show: { send: 'configuration show', holds: ['vlan create vlan 10', 'system set contact noc'] },
      leave: [],
      save: { send: ['configuration save'], holds: '' },
    },
    exit: ['exit'],
  },
};
