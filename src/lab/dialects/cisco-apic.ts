import type { Dialect } from '../dialect/index.js';
import { leavingAtOnce, terminalCommands } from './cisco-parts.js';

const invalid = "Error: Invalid argument '{rest} '. Please check syntax in command reference guide";

/** APIC's NX-OS style command line: a shell in disguise, which paints around its prompt. */
export const ciscoApic: Dialect = {
  name: 'cisco_apic',
  title: 'Cisco APIC (the NX-OS style command line of ACI)',
  sources: [
    'Cisco APIC CLI User Guide 1.x: Bash with custom commands, the NX-OS style CLI at login',
    'unicon.plugins apic: escape sequences around the prompt, the error text',
  ],
  login: {
    banner: 'Application Policy Infrastructure Controller',
    username: '{host} login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: 'Application Policy Infrastructure Controller',
  },
  start: 'privileged',
  modes: {
    privileged: {
      prompt: '{host}# ',
      commands: [
        ...terminalCommands,
        {
          line: 'show version',
          prints: [
            ' Role        Pod         Node        Name                      Version',
            ' ----------  ----------  ----------  ------------------------  --------------------',
            ' controller  1           1           {host}                    5.2(4d)',
          ],
        },
        { line: 'show switch', prints: [' ID    Name', { repeat: 60, line: ' 1{i}   leaf-{i}' }, ' 999   spine-1'] },
        { line: 'show running-config', prints: ['# Command: show running-config', '{running}'] },
        { line: 'configure [terminal]', does: { enter: 'config' } },
        {
          line: 'acidiag reboot',
          asks: [
            {
              asks: 'This command will restart this device, Proceed? [y/N] ',
              answers: { y: {}, '*': { stops: true } },
            },
          ],
          does: 'logout',
        },
        { line: 'bash', does: { enter: 'shell' } },
        { line: 'exit', does: 'logout' },
      ],
    },
    config: {
      prompt: '{host}(config)# ',
      inside: '{host}({section})# ',
      commands: leavingAtOnce,
      also: ['privileged'],
      statements: true,
    },
    shell: {
      prompt: '{user}@{host}:~> ',
      commands: [
        { line: 'pwd', prints: '/home/{user}' },
        { line: 'exit', does: 'leave', prints: 'exit' },
      ],
      refusals: { unknown: 'bash: {word}: command not found', incomplete: 'bash: {word}: command not found' },
    },
  },
  refusals: {
    unknown: invalid,
    incomplete: "Error: Invalid argument ''. Please check syntax in command reference guide",
  },
  echo: { before: '\x1b[K\x1b[?2004h', after: '\x1b[?2004l\r' },
  pager: { prompt: '--More--', erase: '\r        \r' },
  configuration: {
    fallsBack: true,
    render: { style: 'indented', indent: 2 },
    statements: [
      { line: 'tenant {name}', label: 'config-tenant' },
      'tenant {name} > description {text}',
      { line: 'tenant {name} > vrf context {vrf}', many: true },
      { line: 'dns address {server:ip}', many: true },
      { line: 'ntp server {server:ip}', many: true },
    ],
    initial: ['tenant common description shared'],
  },
  examples: {
    prompt: 'edge-1#',
    show: { send: 'show version', holds: '5.2(4d)' },
    long: { send: 'show switch', first: 'leaf-1', last: 'spine-1' },
    pagingOff: ['terminal length 0'],
    unknown: { send: 'shwo version', holds: "Error: Invalid argument 'shwo version '" },
    configure: {
      enter: ['configure'],
      prompt: 'edge-1(config)#',
      lines: ['dns address 192.0.2.53', 'ntp server 192.0.2.123'],
      refused: { send: 'dns bogus', holds: 'Error: Invalid argument' },
      show: { send: 'show running-config', holds: ['dns address 192.0.2.53', 'ntp server 192.0.2.123'] },
      leave: ['end'],
    },
    exit: ['exit'],
  },
};
