import type { Dialect } from '../dialect/index.js';

/** Gaia Clish and expert mode, as the Gaia Administration Guide shows them. */
export const checkpointGaia: Dialect = {
  name: 'checkpoint_gaia',
  title: 'Check Point Gaia',
  sources: [
    'Check Point, R82 Gaia Administration Guide: Introduction to the CLI, Gaia Clish; CLI Reference Guide',
    'published sessions (codes of the refusals, the warning of expert mode)',
  ],
  login: {
    banner: 'This system is for authorized use only.',
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    ssh: { ident: 'OpenSSH_7.8' },
  },
  start: 'clish',
  modes: {
    clish: {
      prompt: '{host}> ',
      commands: [
        { line: 'set clienv rows {n:0-1000}', does: { pageLength: '{n}' } },
        { line: 'lock database override' },
        { line: 'show hostname', prints: '{host}' },
        {
          line: 'show version all',
          prints: [
            'Product version Check Point Gaia R81.20',
            'OS build 627',
            'OS kernel version 3.10.0-1160.15.2cpx86_64',
            'OS edition 64-bit',
          ],
        },
        {
          line: 'show route all',
          prints: [
            'Codes: C - Connected, S - Static',
            { repeat: 120, line: 'S         10.{i}.0.0/16       via 192.0.2.254, eth0, cost 0, age 100' },
            'C         127.0.0.0/8         is directly connected, lo',
          ],
        },
        { line: 'show configuration', prints: ['#', '# Configuration of {host}', '#', '{running}'] },
        { line: 'set {statement...}', does: 'set' },
        { line: 'add {statement...}', does: 'set' },
        { line: 'delete {statement...}', does: 'delete' },
        { line: 'save config', does: 'save' },
        {
          line: 'expert',
          asks: [{ asks: 'Enter expert password:', hidden: true, takes: 'secret', wrong: 'Wrong password.', tries: 1 }],
          does: { enter: 'expert' },
          prints: [
            '',
            '',
            'Warning! All configurations should be done through clish',
            'You are in expert mode now.',
            '',
          ],
        },
        {
          line: 'halt|reboot',
          asks: [
            {
              asks: 'Are you sure you want to {line}?(Y/N)[N]\n',
              answers: { y: { does: 'logout' }, '*': { stops: true } },
            },
          ],
        },
        { line: 'exit', does: 'logout' },
      ],
    },
    expert: {
      prompt: '[Expert@{host}:0]# ',
      commands: [
        { line: 'uname -r', prints: '3.10.0-1160.15.2cpx86_64' },
        { line: 'exit', does: 'leave', prints: 'exit' },
      ],
      refusals: { unknown: '-bash: {word}: command not found', incomplete: '-bash: {word}: command not found' },
    },
  },
  refusals: {
    unknown: "CLINFR0329  Invalid command:'{line}'.",
    incomplete: 'CLINFR0349  Incomplete command.',
    ambiguous: 'CLINFR0327  Ambiguous command.',
  },
  abbreviations: true,
  pager: { prompt: '-- More --', erase: '\r          \r' },
  configuration: {
    render: { style: 'set', verb: 'set' },
    statements: [
      'hostname {host}',
      'interface {name} comments {text...}',
      'interface {name} state {state:on|off}',
      { line: 'static-route {network:prefix} nexthop gateway address {gateway:ip} {state:on|off}', many: true },
      'snmp contact {text...}',
      'snmp location {text...}',
    ],
    initial: ['hostname {host}', 'interface eth0 state on'],
  },
  examples: {
    prompt: 'edge-1>',
    show: { send: 'show version all', holds: 'Check Point Gaia R81.20' },
    long: { send: 'show route all', first: 'Codes: C', last: '127.0.0.0/8' },
    pagingOff: ['set clienv rows 0'],
    unknown: { send: 'shwo version', holds: 'CLINFR0329  Invalid command' },
    exit: ['exit'],
  },
  variants: {
    'every echo twice': { echo: { manner: 'twice' } },
  },
};
