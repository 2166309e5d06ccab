import type { Dialect } from '../dialect/index.js';
import { LESS, VYATTA_CONFIGURATION, VYATTA_REFUSALS, vyattaConfig } from './vyatta-family.js';

/** EdgeOS: Vyatta 6.3 as Ubiquiti went on with it. */
export const ubiquitiEdgerouter: Dialect = {
  name: 'ubiquiti_edgerouter',
  title: 'Ubiquiti EdgeOS',
  sources: [
    'Ubiquiti, EdgeOS User Guide: Command Line Interface (commit-confirm, save)',
    'vyatta-cfg, etc/bash_completion.d/vyatta-cfg; vyatta-tinc issue 7 (sessions with EdgeOS 1.8)',
  ],
  login: {
    banner: ['Welcome to EdgeOS', ''],
    username: 'login: ',
    password: 'Password: ',
    failure: ['', 'Login incorrect'],
    welcome: ['Welcome to EdgeOS', ''],
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{user}@{host}:~$ ',
      commands: [
        { line: 'show version', prints: ['Version:      v2.0.9-hotfix.7', 'HW model:     EdgeRouter 4'] },
        {
          line: 'show interfaces',
          prints: [
            'Interface    IP Address                        S/L  Description',
            { repeat: 90, line: 'eth{i}         10.0.{i}.1/24                   u/u  syntax error' },
            'lo           127.0.0.1/8                       u/u',
          ],
        },
        { line: 'show configuration', prints: '{running}' },
        { line: 'terminal length {n:0-1000}', does: { pageLength: '{n}' } },
        { line: 'terminal width {n:0-1000}', does: { width: '{n}' } },
        { line: 'configure', does: { enter: 'config', candidate: 'private' } },
        { line: 'exit', does: 'logout', prints: 'logout' },
      ],
    },
    config: {
      ...vyattaConfig(
        [
          {
            asks: [
              'commit confirm will be automatically reboot in {n} minutes unless confirmed',
              'Proceed? [confirm][y]',
            ],
            key: true,
            answers: { '': {}, y: {}, '*': { stops: true } },
          },
        ],
        ["Saving configuration to '/config/config.boot'...", 'Done'],
      ),
      refusals: {
        unexpected: ['The specified configuration node is not valid', 'Set failed', ''],
        value: ['"{word}" is not a valid value', 'Value validation failed', 'Set failed', ''],
        incomplete: ['Need to specify the config node to set', ''],
      },
    },
  },
  refusals: VYATTA_REFUSALS,
  pager: LESS,
  pipes: { match: 'include', 'no-match': 'exclude', count: 'count', 'no-more': 'unpaged' },
  configuration: VYATTA_CONFIGURATION,
  examples: {
    prompt: 'cisco@edge-1:~$',
    show: { send: 'show version', holds: 'v2.0.9' },
    long: { send: 'show interfaces', first: 'Interface    IP Address', last: 'lo           127.0.0.1/8' },
    pagingOff: ['terminal length 0'],
    unknown: { send: 'shwo version', holds: 'Invalid command: [shwo]' },
    configure: {
      enter: ['configure'],
      prompt: 'cisco@edge-1#',
      lines: ['set system contact noc', 'set protocols static route 10.9.0.0/16 next-hop 10.0.0.254'],
      refused: { send: 'set sytem contact noc', holds: 'The specified configuration node is not valid' },
      show: { send: 'show', holds: ['contact noc', 'next-hop 10.0.0.254'] },
      commit: { send: 'commit', holds: '' },
      discard: ['discard'],
      leave: ['exit discard'],
    },
    exit: ['exit'],
  },
};
