import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';
import { NOKIA_MD_CLI } from './nokia-sros-md.js';

const SHOW: readonly CommandData[] = [
  { line: 'show version', prints: 'TiMOS-C-20.10.R4 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2021 Nokia.' },
  {
    line: 'show port',
    prints: [
      '===============================================================================',
      'Ports on Slot 1',
      '===============================================================================',
      { repeat: 90, line: '1/1/{i}       Up    Yes  Up      9212 9212    - netw null xcme' },
      '===============================================================================',
    ],
  },
  { line: 'admin display-config', prints: ['# TiMOS-C-20.10.R4', 'exit all', 'configure', '{running}', 'exit all'] },
  {
    line: ['admin save', '/admin save'],
    does: 'save',
    prints: ['Writing configuration to cf3:\\config.cfg', 'Saving configuration ... OK', 'Completed.'],
  },
];

const RULE = '----------------------------------------------';

/** SR OS with its classic command line, and (as a variant) with the model-driven one. */
export const nokiaSros: Dialect = {
  name: 'nokia_sros',
  title: 'Nokia SR OS',
  sources: [
    'Nokia, 7450/7750/7950 SR OS Basic System Configuration Guide: CLI usage, environment commands, admin save',
    'Nokia, SR OS MD-CLI User Guide: edit-config, commit confirmed, discard, validate, the messages of each',
    'netmiko 4.8 nokia_sros and ntc-templates recordings (prompts, error texts)',
  ],
  login: {
    username: 'Login: ',
    password: 'Password: ',
    failure: 'Login incorrect\n',
    welcome: [
      '',
      'TiMOS-C-20.10.R4 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2021 Nokia.',
      'All rights reserved.',
      '',
    ],
    ssh: { ident: 'OpenSSH_6.6' },
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{unsaved}A:{host}# ',
      commands: [
        { line: 'environment no more', does: { pageLength: 0 } },
        { line: 'environment more', does: { pageLength: 24 } },
        { line: 'environment terminal width {n:1-512}', does: { width: '{n}' } },
        ...SHOW,
        { line: 'configure {statement...}', does: 'set' },
        { line: 'configure', does: { enter: 'config' } },
        { line: 'exit all|exit', prints: [] },
        { line: 'logout', does: 'logout' },
      ],
    },
    config: {
      prompt: '{unsaved}A:{host}>config# ',
      inside: '{unsaved}A:{host}>config>{path}# ',
      statements: true,
      endKey: 'rest',
      commands: [
        ...SHOW,
        { line: 'info', prints: [RULE, '{here}', RULE] },
        { line: 'no {statement...}', does: 'delete' },
        { line: 'exit all', does: 'rest' },
        { line: 'exit|back', does: 'up' },
        { line: 'logout', does: 'logout' },
      ],
    },
  },
  refusals: {
    unknown: ['{marker}', 'Error: Bad command.'],
    unexpected: ['{marker}', 'Error: Bad command.'],
    value: ['{marker}', 'Error: Invalid parameter.'],
    incomplete: ['{marker}', 'Error: Missing parameter'],
    ambiguous: ['{marker}', 'Error: Ambiguous command.'],
  },
  marks: { unsaved: ['', '*'], uncommitted: ['', '*'] },
  pager: {
    prompt: 'Press any key to continue (Q to quit)',
    erase: '\r                                      \r',
  },
  pipes: { match: 'include', count: 'count' },
  help: { key: '?', row: ' {word}', none: 'Error: Bad command.' },
  configuration: {
    render: { style: 'indented', indent: 4 },
    pathSeparator: '>',
    statements: [
      { line: 'system', label: 'system', closes: 'exit' },
      'system > name {host}',
      'system > location {text}',
      'system > contact {text}',
      { line: 'system > snmp', label: 'snmp', closes: 'exit' },
      'system > snmp > packet-size {size:484-9216}',
      { line: 'router', label: 'router', closes: 'exit' },
      { line: 'router > interface {name}', label: 'if', closes: 'exit' },
      'router > interface {name} > address {address:prefix}',
      'router > interface {name} > description {text}',
      { line: 'router > static-route-entry {network:prefix}', label: 'static-route-entry', closes: 'exit' },
      'router > static-route-entry {network:prefix} > next-hop {gateway:ip}',
    ],
    initial: ['system name "{host}"', 'router interface "system" address 10.1.1.1/32'],
  },
  examples: {
    prompt: 'A:edge-1#',
    show: { send: 'show version', holds: 'TiMOS-C-20.10.R4' },
    long: { send: 'show port', first: 'Ports on Slot 1', last: '1/1/90' },
    pagingOff: ['environment no more'],
    unknown: { send: 'shwo version', holds: 'Error: Bad command.' },
    configure: {
      enter: ['configure'],
      prompt: '…A:edge-1>config#',
      lines: ['system location "HQ"', 'router static-route-entry 10.9.0.0/16 next-hop 10.0.0.254'],
      refused: { send: 'system locatoin "HQ"', holds: 'Error: Bad command.' },
      show: { send: 'info', holds: ['location "HQ"', 'next-hop 10.0.0.254'] },
      leave: ['exit all'],
      save: { send: ['admin save'], holds: 'Saving configuration ... OK' },
    },
    exit: ['logout'],
  },
  variants: { 'md-cli': NOKIA_MD_CLI },
};
