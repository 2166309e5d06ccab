import type { Dialect } from '../dialect/index.js';
import { iosFamily } from './ios-family.js';

const base = iosFamily({
  name: 'ruckus_fastiron',
  title: 'Ruckus FastIron (ICX)',
  sources: [
    'Ruckus, FastIron Command Reference: skip-page-display, write memory, enable',
    'fake-switches, tests/brocade: sessions with Brocade switches (prompts, error texts, enable)',
  ],
  prompts: {
    exec: '{way}{host}>',
    privileged: '{way}{host}#',
    config: '{way}{host}(config)#',
    inside: '{way}{host}(config-{section})#',
  },
  seen: { exec: 'SSH@edge-1>', privileged: 'SSH@edge-1#', config: 'SSH@edge-1(config)#' },
  login: {
    username: 'Please Enter Login Name: ',
    password: 'Please Enter Password: ',
    failure: 'Error - Incorrect username or password.',
  },
  secretPrompt: 'Password:',
  wrongSecret: 'Error - Incorrect username or password.',
  refusals: {
    unknown: ['Invalid input -> {rest}', 'Type ? for a list'],
    incomplete: 'Incomplete command.',
    ambiguous: ['Ambiguous input -> {rest}', 'Type ? for a list'],
  },
  pager: {
    prompt: '--More--, next page: Space, next line: Return key, quit: Control-c',
    erase: '\b \b'.repeat(66),
    quit: ['\x03', 'q'],
  },
  terminal: [
    { line: 'skip-page-display', does: { pageLength: 0 }, prints: 'Disable page display mode' },
    { line: 'page-display', does: { pageLength: 24 } },
  ],
  terminalIn: 'privileged',
  version: [
    'Copyright (c) 2017-2026 Ruckus Wireless, Inc. All rights reserved.',
    '    UNIT 1: compiled as SPR08095f, labeled as SPR08095f',
  ],
  versionHolds: 'SPR08095f',
  save: {
    command: { line: 'write memory', does: 'save', prints: ['Write startup-config done.'] },
    send: ['write memory'],
    holds: 'Write startup-config done.',
  },
  statements: [
    'hostname {host}',
    'snmp-server contact {text...}',
    { line: 'interface ethernet {port}', label: 'if-e1000-{port}' },
    'interface ethernet {port} > port-name {text...}',
    { line: 'ip route {network:ip} {netmask:mask} {gateway:ip}', many: true },
  ],
  refused: { send: 'snmp-sever contact noc', holds: 'Invalid input -> snmp-sever' },
  unknownHolds: 'Invalid input -> shwo',
});

/** The way in stands in the prompt; and RADIUS wants a name at enable. */
export const ruckusFastiron: Dialect = {
  ...base,
  variables: { way: 'SSH@' },
  variants: {
    'a name at enable': {
      modes: {
        ...base.modes,
        exec: {
          prompt: '{way}{host}>',
          commands: [
            {
              line: 'enable',
              asks: [
                { asks: 'User Name:', takes: 'username', tries: 1, wrong: 'Error - Incorrect username or password.' },
                {
                  asks: 'Password:',
                  hidden: true,
                  takes: 'secret',
                  tries: 1,
                  wrong: 'Error - Incorrect username or password.',
                },
              ],
              does: { go: 'privileged' },
            },
            ...(base.modes.exec?.commands ?? []).filter(({ line }) => line !== 'enable'),
          ],
        },
      },
      examples: {
        ...base.examples,
        enable: { send: ['enable', 'cisco', 'cisco'], prompt: 'SSH@edge-1#' },
      },
    },
    'a console': {
      variables: { way: '' },
      examples: {
        ...base.examples,
        prompt: 'edge-1>',
        enable: { send: ['enable', 'cisco'], prompt: 'edge-1#' },
        ...(base.examples.configure === undefined
          ? {}
          : { configure: { ...base.examples.configure, prompt: 'edge-1(config)#' } }),
      },
    },
  },
};
