import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';
import { iosFamily } from './ios-family.js';

const TERMINAL: readonly CommandData[] = [
  { line: 'terminal length {n:0-32767}', does: { pageLength: '{n}' }, prints: 'Pagination disabled.' },
  { line: 'terminal width {n:10-32767}', does: { width: '{n}' }, prints: 'Width set to {n} columns.' },
];

const base = iosFamily({
  name: 'arista_eos',
  title: 'Arista EOS',
  sources: [
    'Arista, EOS User Manual: Command-Line Interface, Configure Session, and the messages of each',
    'ntc-templates recordings of arista_eos (show version, show hostname)',
    'ngworx.ag, Arista EOS Config Sessions; EnhancedSession README (prompts of a session)',
  ],
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: 'Last login: Sat Nov 21 13:00:00 2026 from 192.0.2.9',
  },
  prompts: {
    exec: '{host}{supervisor}>',
    privileged: '{host}{supervisor}#',
    config: '{host}{supervisor}(config)#',
    inside: '{host}{supervisor}(config-{section})#',
  },
  wrongSecret: '% Bad secret',
  refusals: {
    unknown: "% Invalid input (at token 0: '{word}')",
    unexpected: "% Invalid input (at token 1: '{word}')",
    incomplete: '% Incomplete command',
    ambiguous: '% Ambiguous command',
  },
  pager: { prompt: '\x1b[7m --More-- \x1b[27m\x1b[K', erase: '\r\x1b[K' },
  terminal: TERMINAL,
  pagingOff: 'terminal length 0',
  version: [' vEOS', 'Hardware version:    ', 'Software image version: 4.28.3M', 'Architecture:           x86_64'],
  versionHolds: '4.28.3M',
  save: {
    command: { line: 'write [memory]', does: 'save', prints: 'Copy completed successfully.' },
    send: ['write memory'],
    holds: 'Copy completed successfully.',
  },
  unknownHolds: '% Invalid input',
});

/** EOS with its sessions: a candidate of one's own, which the prompt names after the first six letters. */
export const aristaEos: Dialect = {
  ...base,
  variables: { supervisor: '' },
  modes: {
    ...base.modes,
    privileged: {
      prompt: '{host}{supervisor}#',
      also: ['exec'],
      commands: [
        {
          line: 'configure session {name}',
          does: { enter: 'session', candidate: 'private' },
        },
        { line: 'configure session {name} commit', when: 'confirming', does: 'confirm' },
        { line: 'configure session {name} commit', prints: '% Session {name} does not exist' },
        { line: 'bash', does: { enter: 'shell' }, prints: ['', 'Arista Networks EOS shell', ''] },
        ...(base.modes.privileged?.commands ?? []),
      ],
    },
    session: {
      prompt: '{host}{supervisor}(config-s-sess)#',
      inside: '{host}{supervisor}(config-s-sess-{section})#',
      statements: true,
      escapes: { do: 'privileged' },
      commands: [
        { line: 'commit timer {after:clock}', does: [{ commitFor: '{after}', unitMs: 1000 }, 'leave'] },
        { line: 'commit', does: ['commit', 'leave'] },
        { line: 'abort', does: ['discard', 'leave'] },
        { line: 'show session-config diffs', prints: '{changes}' },
        { line: 'no {statement...}', does: 'delete' },
        { line: 'end', does: 'leave' },
        { line: 'exit', does: 'up' },
      ],
    },
    shell: {
      prompt: '[{user}@{host} ~]$ ',
      commands: [
        { line: 'uname', prints: 'Linux' },
        { line: 'exit|logout', does: 'leave', prints: 'logout' },
      ],
      refusals: { unknown: '-bash: {word}: command not found', incomplete: '-bash: {word}: command not found' },
    },
  },
  variants: {
    'two supervisors': {
      variables: { supervisor: '(s1)' },
      examples: {
        ...base.examples,
        prompt: 'edge-1(s1)>',
        enable: { send: ['enable', 'cisco'], prompt: 'edge-1(s1)#' },
        ...(base.examples.configure === undefined
          ? {}
          : { configure: { ...base.examples.configure, prompt: 'edge-1(s1)(config)#' } }),
      },
    },
  },
};
