import { iosFamily } from './ios-family.js';

/** VOSS: the slot of the processor behind the name, a bell before the marker. */
export const extremeVsp = iosFamily({
  name: 'extreme_vsp',
  title: 'Extreme VOSS / Fabric Engine',
  sources: [
    'Control::CLI::Extreme 1.04, CPAN: prompts, pager and errors of PassportERS',
    'Ansible terminal plugin voss',
  ],
  prompts: {
    exec: '{host}:1>',
    privileged: '{host}:1#',
    config: '{host}:1(config)#',
    inside: '{host}:1(config-{section})#',
  },
  seen: { exec: 'edge-1:1>', privileged: 'edge-1:1#', config: 'edge-1:1(config)#' },
  login: { username: 'Login: ', password: 'Password: ', failure: 'Incorrect login' },
  refusals: {
    unknown: ['\x07{marker}', "% Invalid input detected at '^' marker."],
    incomplete: '% Incomplete command.',
  },
  pager: { prompt: '--More-- (q = quit) ', erase: '\r                    \r' },
  terminal: [
    { line: 'terminal more disable', does: { pageLength: 0 } },
    { line: 'terminal more enable', does: { pageLength: 23 } },
  ],
  pagingOff: 'terminal more disable',
  configureSays: 'Enter configuration commands, one per line.  End with CNTL/Z.',
  version: ['General Info :', '', '        SysDescr     : VSP-8284XSQ (8.10.0.0)', '        SysName      : {host}'],
  versionHolds: 'VSP-8284XSQ (8.10.0.0)',
  statements: [
    'prompt {host}',
    'snmp-server contact {text...}',
    { line: 'interface {name}', label: 'if' },
    'interface {name} > description {text...}',
    { line: 'ip route {network:ip} {netmask:mask} {gateway:ip}', many: true },
  ],
  save: {
    command: {
      line: 'save config',
      does: 'save',
      prints: 'CP-1: Save config to file /intflash/config.cfg successful.',
    },
    send: ['save config'],
    holds: 'successful',
  },
  unknownHolds: '% Invalid input detected',
});
