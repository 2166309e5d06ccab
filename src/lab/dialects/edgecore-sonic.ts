import type { Dialect } from '../dialect/index.js';
import { LESS } from './vyatta-family.js';

const NOT_FOUND = '-bash: {word}: command not found';

/** Community SONiC: `show` and `config` are programs of a Linux host. */
export const edgecoreSonic: Dialect = {
  name: 'edgecore_sonic',
  title: 'SONiC (Edgecore)',
  sources: ['sonic-net/sonic-utilities, doc/Command-Reference.md: show, config save, usage and errors of both'],
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: ['', 'Login incorrect'],
    welcome: ['You are on', '  ____   ___  _   _ _  ____', '-- Software for Open Networking in the Cloud --'],
  },
  start: 'shell',
  modes: {
    shell: {
      prompt: '{user}@{host}:~$ ',
      commands: [
        { line: 'show version', prints: ['', 'SONiC Software Version: SONiC.202311.1', 'Distribution: Debian 11.9'] },
        {
          line: 'show interfaces status',
          prints: [
            '  Interface    Lanes    Speed    MTU    Alias    Oper    Admin',
            { repeat: 90, line: '  Ethernet{i}       {i}      25G   9100   Eth{i}      up       up' },
          ],
        },
        {
          line: 'show {name...}',
          prints: [
            'Usage: show [OPTIONS] COMMAND [ARGS]...',
            'Try "show -h" for help.',
            '',
            'Error: No such command "{name}".',
          ],
        },
        {
          line: 'sudo config save -y',
          does: 'save',
          prints: 'Running command: /usr/local/bin/sonic-cfggen -d --print-data > /etc/sonic/config_db.json',
        },
        { line: 'exit', does: 'logout', prints: 'logout' },
      ],
    },
  },
  refusals: { unknown: NOT_FOUND, incomplete: NOT_FOUND },
  abbreviations: false,
  pager: LESS,
  examples: {
    prompt: 'cisco@edge-1:~$',
    show: { send: 'show version', holds: 'SONiC.202311.1' },
    unknown: { send: 'show bogus', holds: 'Error: No such command "bogus".' },
    exit: ['exit'],
  },
};
