import type { Dialect } from '../dialect/index.js';

/** SAOS 10: modes below the mode of configuration in parentheses of their own, each left by `exit`. */
export const cienaSaos10: Dialect = {
  name: 'ciena_saos10',
  title: 'Ciena SAOS 10',
  sources: [
    "Ciena's Ansible collection ciena.saos10: plugins and change log (prompts, config, exit, errors)",
    'oxidized model saos10',
  ],
  login: { username: 'login: ', password: 'Password: ', failure: 'Login incorrect' },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host}> ',
      commands: [
        { line: 'set session more off', does: { pageLength: 0 } },
        { line: 'show software', prints: ['| Running package version : saos-10-7-1-rel1', '| Last Error: | 0 |'] },
        { line: ['show running', 'show running-config'], prints: '{running}' },
        { line: 'config', does: { enter: 'config' } },
        { line: 'exit', does: 'logout' },
      ],
    },
    config: {
      prompt: '{host}(config)# ',
      inside: '{host}(config)({section})# ',
      statements: true,
      commands: [
        { line: 'exit', does: 'up' },
        { line: 'no {statement...}', does: 'delete' },
      ],
    },
  },
  refusals: {
    unknown: 'SHELL PARSER FAILURE',
    unexpected: 'Error: invalid input',
    incomplete: 'Error: incomplete command',
  },
  configuration: {
    render: { style: 'indented', indent: 2, between: '!' },
    statements: [
      'system config hostname {host}',
      { line: 'fds fd {name}', label: 'fds-fd-{name}' },
      'fds fd {name} > mode {mode}',
      { line: 'license-management', label: 'license-management-config' },
      'license-management > server {server:ip}',
    ],
    initial: ['system config hostname {host}'],
  },
  examples: {
    prompt: 'edge-1>',
    show: { send: 'show software', holds: 'saos-10-7-1-rel1' },
    unknown: { send: 'shwo software', holds: 'SHELL PARSER FAILURE' },
    pagingOff: ['set session more off'],
    configure: {
      enter: ['config'],
      prompt: 'edge-1(config)#',
      lines: ['fds fd red mode vpls', 'license-management server 10.0.0.9'],
      refused: { send: 'fdss fd red', holds: 'SHELL PARSER FAILURE' },
      show: { send: 'show running', holds: ['mode vpls', 'server 10.0.0.9'], from: 'rest' },
      leave: ['exit'],
    },
    exit: ['exit'],
  },
};
