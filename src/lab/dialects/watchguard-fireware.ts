import type { Dialect } from '../dialect/index.js';

/** Fireware's command modes, as its CLI reference shows them. */
export const watchguardFireware: Dialect = {
  name: 'watchguard_fireware',
  title: 'WatchGuard Fireware',
  sources: [
    'WatchGuard, Fireware Command Line Interface Reference: Command Modes',
    'published sessions (`WG#`, `WG(config/policy)#`); the words of its refusals are those of other IOS-like systems, for want of a source',
  ],
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: ['--', '-- WatchGuard Fireware OS Version 12.9', '--', ''],
    ssh: { ident: 'OpenSSH_8.8' },
  },
  start: 'main',
  modes: {
    main: {
      prompt: '{fault}{host}{role}#',
      commands: [
        {
          line: 'show sysinfo',
          prints: [
            '--',
            '-- System information',
            '--',
            'System Name            : {host}',
            'Version                : 12.9.B677851',
          ],
        },
        { line: 'configure', does: { enter: 'config' } },
        { line: 'exit', does: 'logout' },
      ],
    },
    config: {
      prompt: '{fault}{host}{role}(config)#',
      commands: [
        { line: 'policy', does: { enter: 'policy' } },
        { line: 'system name {text}' },
        { line: 'exit', does: 'leave' },
      ],
    },
    policy: {
      prompt: '{fault}{host}{role}(config/policy)#',
      commands: [
        { line: 'sslvpn web-download enable' },
        { line: 'no sslvpn web-download enable' },
        { line: 'apply' },
        { line: 'exit', does: 'leave' },
      ],
    },
  },
  variables: { fault: '', role: '' },
  refusals: {
    unknown: ['{marker}', "% Invalid input detected at '^' marker."],
    incomplete: '% Incomplete command.',
  },
  examples: {
    prompt: 'edge-1#',
    show: { send: 'show sysinfo', holds: '12.9.B677851' },
    unknown: { send: 'shwo sysinfo', holds: '% Invalid input' },
    exit: ['exit'],
  },
  variants: {
    'the master of a cluster, with a fault': {
      variables: { fault: '[FAULT]', role: '<managed-by-wsm><master>' },
      examples: {
        prompt: '[FAULT]edge-1<managed-by-wsm><master>#',
        show: { send: 'show sysinfo', holds: '12.9.B677851' },
        unknown: { send: 'shwo sysinfo', holds: '% Invalid input' },
        exit: ['exit'],
      },
    },
  },
};
