import type { Dialect } from '../dialect/index.js';
import { LESS, VYATTA_CONFIGURATION, VYATTA_REFUSALS, vyattaConfig } from './vyatta-family.js';

/** VyOS 1.4, whose operational mode is a shell. */
export const vyos: Dialect = {
  name: 'vyos',
  title: 'VyOS',
  sources: [
    'VyOS documentation, Command Line Interface: configure, commit, commit-confirm, save, exit discard',
    'vyos-1x, python/vyos/config_mgmt.py (what commit-confirm asks)',
  ],
  login: {
    banner: ['Welcome to VyOS - {host} ttyS0', ''],
    username: 'login: ',
    password: 'Password: ',
    failure: ['', 'Login incorrect'],
    welcome: ['Welcome to VyOS!', '', 'Check out project news at https://blog.vyos.io'],
  },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{user}@{host}:~$ ',
      commands: [
        { line: 'show version', prints: ['Version:          VyOS 1.4.0', 'Release train:    sagitta', ''] },
        {
          line: 'show interfaces',
          prints: [
            'Interface    IP Address      S/L  Description',
            { repeat: 90, line: 'eth{i}         10.0.{i}.1/24     u/u  Total Error 0' },
            'lo           127.0.0.1/8     u/u',
          ],
        },
        { line: 'show configuration', prints: '{running}' },
        { line: 'set terminal length {n:0-1000}', does: { pageLength: '{n}' } },
        { line: 'set terminal width {n:0-1000}', does: { width: '{n}' } },
        { line: 'configure', does: { enter: 'config', candidate: 'private' } },
        { line: 'exit', does: 'logout', prints: 'logout' },
      ],
    },
    config: vyattaConfig(
      [
        {
          asks: [
            'commit-confirm will automatically reboot in {n} minutes unless changes',
            'are confirmed.',
            '',
            'Proceed ? [Y/n] ',
          ],
          answers: { '': {}, y: {}, n: { says: 'commit-confirm canceled', stops: true } },
        },
      ],
      [],
    ),
  },
  refusals: VYATTA_REFUSALS,
  pager: LESS,
  pipes: { match: 'include', 'no-match': 'exclude', count: 'count', 'no-more': 'unpaged' },
  configuration: VYATTA_CONFIGURATION,
  examples: {
    prompt: 'cisco@edge-1:~$',
    show: { send: 'show version', holds: 'VyOS 1.4.0' },
    long: { send: 'show interfaces', first: 'Interface    IP Address', last: 'lo           127.0.0.1/8' },
    pagingOff: ['set terminal length 0'],
    unknown: { send: 'shwo version', holds: 'Invalid command: [shwo]' },
    configure: {
      enter: ['configure'],
      prompt: 'cisco@edge-1#',
      lines: ['set system contact noc', 'set protocols static route 10.9.0.0/16 next-hop 10.0.0.254'],
      refused: { send: 'set sytem contact noc', holds: 'is not valid' },
      show: { send: 'show', holds: ['contact noc', 'next-hop 10.0.0.254'] },
      commit: { send: 'commit', holds: '' },
      discard: ['discard'],
      leave: ['exit discard'],
    },
    exit: ['exit'],
  },
};
