import type { Dialect } from '../dialect/index.js';

/** ScreenOS as its CLI reference and published sessions of an SSG show it. */
export const juniperScreenos: Dialect = {
  name: 'juniper_screenos',
  title: 'Juniper ScreenOS',
  sources: [
    'Juniper, ScreenOS CLI Reference Guide: IPv4 Command Descriptions 6.0 and 6.2',
    'published sessions of an SSG5 (prompt, refusals, the question of `exit`)',
  ],
  login: {
    banner: 'Remote Management Console',
    username: 'login: ',
    password: 'password: ',
    failure: ' ### Login failed',
    ssh: { ident: 'NetScreen' },
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host}{role}-> ',
      commands: [
        { line: 'set console page {n:0-1000}', does: { pageLength: '{n}' } },
        {
          line: 'get system',
          prints: [
            'Product Name: SSG5-Serial',
            'Serial Number: 0162012000000000, Control Number: 00000000',
            'Hardware Version: 0710(0)-(00), FPGA checksum: 00000000, VLAN1 IP (0.0.0.0)',
            'Software Version: 6.3.0r21.0, Type: Firewall+VPN',
          ],
        },
        {
          line: 'get session',
          prints: [
            'alloc 100/max 16064, alloc failed 0, mcast alloc 0',
            { repeat: 90, line: 'id {i}/s**,vsys 0,flag 08000040/0000/0001,policy 1,time 180, dip 2 module 0' },
            'Total 90 sessions shown',
          ],
        },
        { line: 'get config', prints: ['Total Config size 1024:', '{running}'] },
        { line: 'set {statement...}', does: 'set' },
        { line: 'unset {statement...}', does: 'delete' },
        { line: ['save config', 'save'], does: 'save', prints: ['Save System Configuration  ...', 'Done'] },
        {
          line: 'exit',
          when: 'unsaved',
          asks: [
            {
              asks: 'Configuration modified, save? [y]/n ',
              answers: { '': { does: 'save' }, y: { does: 'save' }, n: {} },
            },
          ],
          does: 'logout',
        },
        { line: 'exit', does: 'logout' },
      ],
    },
  },
  variables: { role: '' },
  refusals: {
    unknown: '{marker}------unknown keyword {word}',
    incomplete: '{marker}------missing keyword',
    ambiguous: '{marker}------ambiguous keyword {word}',
  },
  pager: { prompt: '--- more --- ', erase: '\r             \r' },
  help: { key: '?', row: '{word}', none: '<return>' },
  configuration: {
    render: { style: 'set', verb: 'set' },
    statements: [
      'hostname {host}',
      'interface {name} ip {address:prefix}',
      { line: 'route {network:prefix} interface {name} gateway {gateway:ip}', many: true },
      'snmp location {text...}',
    ],
    initial: ['hostname {host}', 'interface trust ip 192.0.2.1/24'],
  },
  examples: {
    prompt: 'edge-1->',
    show: { send: 'get system', holds: 'SSG5-Serial' },
    long: { send: 'get session', first: 'alloc 100/max', last: 'Total 90 sessions' },
    pagingOff: ['set console page 0'],
    unknown: { send: 'shwo system', holds: 'unknown keyword shwo' },
    exit: ['exit'],
  },
};
