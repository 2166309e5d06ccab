import { iosFamily } from './ios-family.js';

/** SLX-OS: the marker is drawn with dashes, and the terminal is told to wrap before each prompt. */
export const extremeSlx = iosFamily({
  name: 'extreme_slx',
  title: 'Extreme SLX-OS',
  sources: [
    'Ansible terminal plugin slxos (prompt, errors)',
    'Control::CLI::Extreme 1.04, CPAN: prompt, pager and errors of SLX',
    'documentation.extremenetworks.com, EFA 2.5.1 (prompts of configuration)',
  ],
  withoutExec: true,
  prompts: {
    privileged: '\x1b[?7h{host}# ',
    config: '\x1b[?7h{host}(config)# ',
    inside: '\x1b[?7h{host}(config-{section})# ',
  },
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    welcome: 'Welcome to the Extreme SLX-OS Software',
  },
  refusals: {
    unknown: ['-----------------------^', 'syntax error: unknown argument.'],
    unexpected: ['-----------------------^', 'syntax error: element does not exist'],
    incomplete: ['-----------------------^', 'syntax error: incomplete path'],
  },
  pager: { prompt: '\x1b[7m--More--\x1b[27m', erase: '\r\x1b[K' },
  terminal: [{ line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } }],
  pagingOff: 'terminal length 0',
  configureSays: 'Entering configuration mode terminal',
  version: [
    'SLX-OS Operating System Software',
    'SLX-OS Operating System Version: 20.4.1',
    'Firmware name:      20.4.1',
  ],
  versionHolds: 'Version: 20.4.1',
  statements: [
    'switch-attributes host-name {host}',
    'snmp-server contact {text...}',
    { line: 'interface {name}', label: 'if' },
    'interface {name} > description {text...}',
    { line: 'ip route {prefix:prefix} {gateway:ip}', many: true },
  ],
  lines: ['snmp-server contact noc', 'ip route 10.9.0.0/16 10.0.0.1'],
  save: {
    command: {
      line: 'copy running-config startup-config',
      asks: [
        {
          asks: 'This operation will modify your startup configuration. Do you want to continue? [y/n]:',
          answers: { y: {}, n: { stops: true } },
        },
      ],
      does: 'save',
      prints: '',
    },
    send: ['copy running-config startup-config', 'y'],
    holds: '',
  },
  unknownHolds: 'syntax error: unknown argument.',
});
