import type { Dialect } from '../dialect/index.js';
import { LESS } from './vyatta-family.js';

const NOT_FOUND = '-bash: {word}: command not found';

/** Cumulus Linux 5: a shell, with NVUE as a program on it whose candidate outlives the line. */
export const cumulusLinux: Dialect = {
  name: 'cumulus_linux',
  title: 'NVIDIA Cumulus Linux 5',
  sources: [
    'NVIDIA, NVUE Command Reference: Config Commands (apply, --confirm, detach, save)',
    'NVIDIA, NVOS User Manual: Configuration Management Commands (question and answer of nv config apply)',
  ],
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: ['', 'Login incorrect'],
    welcome: ['Welcome to NVIDIA Cumulus (R) Linux (R)', ''],
  },
  start: 'shell',
  modes: {
    shell: {
      prompt: '{user}@{host}:mgmt:~$ ',
      commands: [
        {
          line: 'uname -a',
          prints: 'Linux cumulus 5.10.0-cl-1-amd64 #1 SMP Debian 5.10.162-1+cl5.4.0u1 x86_64 GNU/Linux',
        },
        { line: 'uname -s', prints: 'Linux' },
        {
          line: 'nv show interface',
          prints: [
            'Interface  MTU   Speed  State  Remote Host      Remote Port  Type      Summary',
            { repeat: 90, line: 'swp{i}     9216  25G    up     leaf{i}       swp{i}        swp       Error none' },
            'lo         65536        up                                    loopback  127.0.0.1/8',
          ],
        },
        { line: 'nv set {statement...}', does: 'set' },
        { line: 'nv unset {statement...}', does: 'delete' },
        { line: 'nv config show', prints: '{running}' },
        { line: 'nv config diff', prints: '{changes}' },
        { line: 'nv config detach', does: 'discard' },
        {
          line: ['nv config apply', 'nv config apply -y'],
          when: 'uncommitted',
          asks: [
            {
              asks: ['Warning: current user may be logged out by this change.', '', 'Are you sure? [y/N] '],
              answers: { y: {}, '*': { stops: true } },
            },
          ],
          does: 'commit',
          prints: 'applied [rev_id: 2]',
        },
        { line: ['nv config apply', 'nv config apply -y'], prints: 'applied [rev_id: 1]' },
        {
          line: 'nv config apply --confirm {n:1-1440}',
          does: { commitFor: '{n}', unitMs: 60_000 },
          prints: 'applied_and_need_confirm [rev_id: 2]',
        },
        { line: 'nv config apply --confirm-yes', when: 'confirming', does: 'confirm', prints: 'applied [rev_id: 2]' },
        { line: 'nv config save', does: 'save', prints: 'saved [rev_id: 2]' },
        { line: 'exit', does: 'logout', prints: 'logout' },
      ],
      refusals: { unknown: NOT_FOUND, incomplete: NOT_FOUND, unexpected: "Error: Invalid parameter '{word}'." },
    },
  },
  refusals: { unknown: NOT_FOUND, incomplete: NOT_FOUND },
  abbreviations: false,
  pager: LESS,
  configuration: {
    candidate: true,
    render: { style: 'set', verb: 'nv set' },
    statements: [
      'system hostname {host}',
      'interface {port} description {text}',
      { line: 'service ntp mgmt server {server}', many: true },
    ],
    initial: ['system hostname {host}', 'interface swp1 description uplink'],
  },
  examples: {
    prompt: 'cisco@edge-1:mgmt:~$',
    show: { send: 'uname -a', holds: 'cl5.4.0' },
    unknown: { send: 'shwo version', holds: '-bash: shwo: command not found' },
    exit: ['exit'],
  },
};
