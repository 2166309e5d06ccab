import type { Dialect } from '../dialect/index.js';

const DONE = ' Done';

/** NetScaler's nscli, as its command reference shows it. */
export const netscaler: Dialect = {
  name: 'netscaler',
  title: 'Citrix NetScaler',
  sources: [
    'Citrix, NetScaler Command Reference: set cli mode, show ns version, save ns config, shell',
    'published sessions (the bare prompt, ` Done`, refusals)',
  ],
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: [DONE],
    ssh: { ident: 'OpenSSH_7.7' },
  },
  start: 'cli',
  modes: {
    cli: {
      prompt: '> ',
      commands: [
        { line: 'set cli mode -page OFF', does: { pageLength: 0 }, prints: DONE },
        { line: 'set cli mode -page ON', does: { pageLength: 24 }, prints: DONE },
        {
          line: ['show ns version', 'show version'],
          prints: ['\tNetScaler NS13.1: Build 48.47.nc, Date: Mar 30 2023, 10:21:36   (64-bit)', DONE],
        },
        { line: 'show ns hostName', prints: ['\tHostname:  {host}', DONE] },
        {
          line: 'show service',
          prints: [{ repeat: 80, line: '{i})\tsvc{i} (10.0.0.{i}:80) - HTTP\tState: UP' }, 'last)\tend', DONE],
        },
        { line: 'show ns runningConfig', prints: ['#NS13.1 Build 48.47', '{running}', DONE] },
        { line: ['set {statement...}', 'add {statement...}'], does: 'set', prints: DONE },
        { line: 'rm {statement...}', does: 'delete', prints: DONE },
        { line: ['save ns config', 'save config'], does: 'save', prints: DONE },
        { line: 'shell', does: { enter: 'shell' }, prints: ['Copyright (c) 1992-2013 The FreeBSD Project.', ''] },
        {
          line: 'reboot',
          asks: [
            {
              asks: 'Are you sure you want to restart NetScaler (Y/N)? [N]:',
              answers: { y: { does: 'logout' }, '*': { stops: true } },
            },
          ],
        },
        { line: 'exit', does: 'logout', prints: 'Bye!' },
      ],
    },
    shell: {
      prompt: 'root@ns# ',
      commands: [
        { line: 'uname', prints: 'FreeBSD' },
        { line: 'exit', does: 'leave', prints: DONE },
      ],
      refusals: { unknown: '{word}: Command not found.', incomplete: '{word}: Command not found.' },
    },
  },
  refusals: {
    unknown: ['{marker}^^', 'ERROR: No such command'],
    unexpected: ['{marker}^^', 'ERROR: No such argument [{word}]'],
    incomplete: 'ERROR: Required argument missing',
    ambiguous: 'ERROR: Ambiguous command',
  },
  pager: { prompt: '--More--', erase: '\r        \r' },
  configuration: {
    render: { style: 'set', verb: 'set' },
    nothingToDelete: 'ERROR: No such resource',
    statements: [
      'ns hostName {host}',
      'ns param -timezone {zone}',
      { line: 'server {name} {address:ip}', many: true },
      { line: 'snmp community {name} {right:GET|GET_NEXT|ALL}', many: true },
    ],
    initial: ['ns hostName {host}'],
  },
  examples: {
    prompt: '>',
    show: { send: 'show ns version', holds: 'NetScaler NS13.1' },
    long: { send: 'show service', first: 'svc1 ', last: 'last)' },
    pagingOff: ['set cli mode -page OFF'],
    unknown: { send: 'shwo version', holds: 'ERROR: No such command' },
    exit: ['exit'],
  },
  variants: {
    'its name in the prompt': {
      modes: {
        cli: {
          prompt: '{user}@{host} (Primary)> ',
          commands: [
            { line: 'set cli mode -page OFF', does: { pageLength: 0 }, prints: DONE },
            { line: 'show ns version', prints: ['\tNetScaler NS13.1: Build 48.47.nc', DONE] },
            { line: 'exit', does: 'logout', prints: 'Bye!' },
          ],
        },
      },
      examples: {
        prompt: 'cisco@edge-1 (Primary)>',
        show: { send: 'show ns version', holds: 'NetScaler NS13.1' },
        unknown: { send: 'shwo version', holds: 'ERROR: No such command' },
        exit: ['exit'],
      },
    },
  },
};
