import type { Dialect } from '../dialect/index.js';
import { leavingAtOnce, longExample, longInterfaces, terminalCommands } from './cisco-parts.js';

const at = (words: string): readonly string[] => ['{marker}', `% ${words} at '^' marker.`];

/** NX-OS as the Nexus 9000 guides show it. */
export const ciscoNxos: Dialect = {
  name: 'cisco_nxos',
  title: 'Cisco NX-OS',
  sources: [
    'Cisco Nexus 3000, 3400-S and 9000 Series NX-OS Programmability Guides, Tcl: tclsh, "% Invalid command at \'^\' marker."',
    'Cisco Nexus guides: copy running-config startup-config, "Copy complete."',
    'scrapli_definitions cisco_nxos and unicon.plugins nxos (maint-mode, bash)',
  ],
  login: {
    banner: 'User Access Verification',
    username: '{host} login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: [
      '',
      'Cisco Nexus Operating System (NX-OS) Software',
      'TAC support: http://www.cisco.com/tac',
      'Copyright (C) 2002-2023, Cisco and/or its affiliates.',
      'All rights reserved.',
    ],
    ssh: { ident: 'OpenSSH_8.3' },
  },
  start: 'privileged',
  modes: {
    privileged: {
      prompt: '{host}{role}# ',
      commands: [
        ...terminalCommands,
        {
          line: 'show version',
          prints: [
            'Cisco Nexus Operating System (NX-OS) Software',
            'Software',
            '  BIOS: version 05.47',
            '  NXOS: version 10.3(2) [Feature Release]',
            '  Device name: {host}',
          ],
        },
        { line: 'show clock', prints: '{hours}:{minutes}:{seconds}.{ms} UTC {day} {month} {date} {year}' },
        longInterfaces,
        { line: 'show running-config', prints: ['', '!Command: show running-config', '', '{running}'] },
        { line: 'show startup-config', prints: '{startup}' },
        {
          line: 'configure terminal',
          does: { enter: 'config' },
          prints: 'Enter configuration commands, one per line. End with CNTL/Z.',
        },
        {
          line: 'copy running-config startup-config',
          does: 'save',
          prints: [
            '[########################################] 100%',
            'Copy complete, now saving to disk (please wait)...',
            'Copy complete.',
          ],
        },
        {
          line: 'reload',
          asks: [
            {
              asks: 'This command will reboot the system. (y/n)?  [n] ',
              key: true,
              answers: { y: {}, '*': { stops: true } },
            },
          ],
          does: 'logout',
        },
        { line: 'tclsh', does: { enter: 'tcl' } },
        { line: 'run bash', does: { enter: 'bash' } },
        { line: 'exit', does: 'logout' },
      ],
    },
    config: {
      prompt: '{host}{role}(config)# ',
      inside: '{host}{role}({section})# ',
      commands: leavingAtOnce,
      also: ['privileged'],
      escapes: { do: 'privileged' },
      statements: true,
      endKey: 'rest',
    },
    tcl: { prompt: '{host}-tcl# ', commands: [{ line: 'tclquit|exit', does: 'leave' }], also: ['privileged'] },
    bash: {
      prompt: 'bash-4.4$ ',
      commands: [
        { line: 'pwd', prints: '/bootflash/home/{user}' },
        { line: 'exit', does: 'leave', prints: 'exit' },
      ],
      refusals: { unknown: 'bash: {word}: command not found', incomplete: 'bash: {word}: command not found' },
    },
  },
  refusals: {
    unknown: at('Invalid command'),
    incomplete: at('Incomplete command'),
    ambiguous: at('Ambiguous command'),
  },
  variables: { role: '' },
  pager: { prompt: '--More--', erase: '\r        \r' },
  pipes: { include: 'include', exclude: 'exclude', begin: 'begin', count: 'count', 'no-more': 'unpaged' },
  help: { key: '?', row: '  {word}', none: '  <CR>' },
  configuration: {
    fallsBack: true,
    render: { style: 'indented', indent: 2 },
    statements: [
      'hostname {host}',
      { line: 'feature {name}', many: true },
      { line: 'vlan {id:1-4094}', label: 'config-vlan' },
      'vlan {id:1-4094} > name {text}',
      { line: 'interface {name}', label: 'config-if' },
      'interface {name} > description {text...}',
      'interface {name} > mtu {n:1500-9216}',
      'interface {name} > ip address {address:prefix}',
      'interface {name} > shutdown',
      { line: 'ip access-list {name}', label: 'config-acl' },
      { line: 'ip access-list {name} > {n:1-4294967295} permit|deny {rule...}', many: true },
      { line: 'ip route {prefix:prefix} {gateway:ip}', many: true },
      { line: 'ip prefix-list {name} seq {n:1-65535} permit|deny {rule...}', many: true },
    ],
    initial: ['hostname {host}', 'feature lldp', 'vlan 10 name users', 'interface Ethernet1/1 description uplink'],
  },
  syslog: '{year} {month} {date} {hours}:{minutes}:{seconds} {host} %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up',
  examples: {
    prompt: 'edge-1#',
    show: { send: 'show version', holds: 'NXOS: version 10.3(2)' },
    long: longExample,
    pagingOff: ['terminal length 0'],
    unknown: { send: 'shwo version', holds: "% Invalid command at '^' marker." },
    configure: {
      enter: ['configure terminal'],
      prompt: 'edge-1(config)#',
      lines: ['ip route 10.9.0.0/16 192.0.2.1', 'ip prefix-list P seq 5 permit 10.0.0.0/8', 'feature bgp'],
      refused: { send: 'vlan 5000', holds: "at '^' marker." },
      show: { send: 'show running-config', holds: ['ip route 10.9.0.0/16 192.0.2.1', 'feature bgp'] },
      leave: ['end'],
      save: { send: ['copy running-config startup-config'], holds: 'Copy complete.' },
    },
    exit: ['exit'],
  },
  variants: {
    'maintenance mode': {
      variables: { role: '(maint-mode)' },
      examples: {
        prompt: 'edge-1(maint-mode)#',
        show: { send: 'show version', holds: 'NXOS: version 10.3(2)' },
        unknown: { send: 'shwo version', holds: "% Invalid command at '^' marker." },
        configure: {
          enter: ['configure terminal'],
          prompt: 'edge-1(maint-mode)(config)#',
          lines: ['feature bgp'],
          refused: { send: 'vlan 5000', holds: "at '^' marker." },
          show: { send: 'show running-config', holds: ['feature bgp'] },
          leave: ['end'],
        },
        exit: ['exit'],
      },
    },
    'carriage returns': { lineEnd: '\r\r\n' },
  },
};
