import { iosFamily } from './ios-family.js';

/** Netgear ProSAFE: the name in parentheses, the mode in others, an empty line around each answer. */
export const netgearProsafe = iosFamily({
  name: 'netgear_prosafe',
  title: 'Netgear ProSAFE (managed switches)',
  sources: [
    'netmiko netgear_prosafe_ssh.py (paging after enable, the question of write memory)',
    'Control::CLI::Extreme 1.04, CPAN: Series200 (prompts, pager, errors of the same software)',
  ],
  prompts: {
    exec: '\n({host}) >',
    privileged: '\n({host}) #',
    config: '\n({host}) (Config)#',
    inside: '\n({host}) ({section})#',
  },
  seen: { exec: '(edge-1) >', privileged: '(edge-1) #', config: '(edge-1) (Config)#' },
  login: { username: 'User:', password: 'Password:', failure: '\nIncorrect username or password' },
  secretPrompt: 'Password:',
  refusals: {
    unknown: ['', '{marker}', "% Invalid input detected at '^' marker."],
    incomplete: ['', 'Command not found / Incomplete command. Use ? to list commands.'],
  },
  pager: { prompt: '--More-- or (q)uit', erase: '\r                  \r' },
  terminal: [{ line: 'terminal length {n:0-48}', does: { pageLength: '{n}' } }],
  terminalIn: 'privileged',
  configure: 'configure',
  leave: 'exit',
  version: [
    '',
    'Machine Model................................... M4300-28G',
    'Software Version................................ 12.0.11.16',
  ],
  versionHolds: '12.0.11.16',
  statements: [
    'hostname {host}',
    'snmp-server contact {text...}',
    { line: 'interface {name}', label: 'Interface {name}' },
    'interface {name} > description {text...}',
    { line: 'ip route {network:ip} {netmask:mask} {gateway:ip}', many: true },
  ],
  save: {
    command: {
      line: 'write memory',
      asks: [
        {
          asks: '\nThis operation may take a few minutes.\nManagement interfaces will not be available during this time.\n\nAre you sure you want to save? (y/n) ',
          key: true,
          answers: { y: {}, n: { says: '\nConfiguration Not Saved!', stops: true } },
        },
      ],
      does: 'save',
      prints: '\nConfiguration Saved!',
    },
    send: ['write memory', 'y'],
    holds: 'Configuration Saved!',
  },
  exit: 'logout',
  unknownHolds: '% Invalid input detected',
});
