import type { Dialect } from '../dialect/index.js';
import { iosFamily } from './ios-family.js';

const HELP = 'Type "?" for help.';

const base = iosFamily({
  name: 'mellanox_mlnxos',
  title: 'NVIDIA (Mellanox) MLNX-OS and Onyx',
  sources: [
    'NVIDIA, MLNX-OS User Manual 3.11: Command Line Interface; Onyx User Manual 3.10: UI Commands',
    'netmiko issue 394 and public transcripts of an SX6036 (prompts, error texts); oxidized mlnxos.rb (pager)',
  ],
  prompts: {
    exec: '{host} [standalone: master] > ',
    privileged: '{host} [standalone: master] # ',
    config: '{host} [standalone: master] (config) # ',
    inside: '{host} [standalone: master] (config {section}) # ',
  },
  seen: {
    exec: 'edge-1 [standalone: master] >',
    privileged: 'edge-1 [standalone: master] #',
    config: 'edge-1 [standalone: master] (config) #',
  },
  login: {
    username: 'login: ',
    password: 'Password: ',
    failure: 'Login incorrect',
    banner: ['', 'Mellanox MLNX-OS Switch Management', ''],
  },
  refusals: {
    unknown: ['% Unrecognized command "{word}".', HELP],
    unexpected: ['% Unrecognized command "{word}".', HELP],
    incomplete: ['% Incomplete command.', HELP],
    ambiguous: ['% Ambiguous command "{line}".', HELP],
  },
  pager: { prompt: 'lines 1-23 ', erase: '\r\x1b[K', quit: ['q'] },
  terminal: [
    { line: 'no cli session paging enable', does: { pageLength: 0 } },
    { line: 'cli session paging enable', does: { pageLength: 24 } },
  ],
  pagingOff: 'no cli session paging enable',
  version: ['Product name:      MLNX-OS', 'Product release:   3.10.4300', 'Build ID:          #1-dev'],
  versionHolds: '3.10.4300',
  leave: 'exit',
  statements: [
    'hostname {host}',
    'snmp-server contact {text...}',
    { line: 'interface ethernet {port}', label: 'interface ethernet {port}' },
    'interface ethernet {port} > description {text...}',
    { line: 'ip route {network:ip} {netmask:mask} {gateway:ip}', many: true },
  ],
  refused: { send: 'snmp-sever contact noc', holds: '% Unrecognized command "snmp-sever".' },
  unknownHolds: '% Unrecognized command "shwo".',
});

/** Without a secret at enable, and saved from configuration mode. */
export const mellanoxMlnxos: Dialect = {
  ...base,
  modes: {
    ...base.modes,
    exec: {
      prompt: '{host} [standalone: master] > ',
      commands: [
        { line: 'enable', does: { enter: 'privileged' } },
        ...(base.modes.exec?.commands ?? []).filter(({ line }) => line !== 'enable'),
      ],
    },
    config: {
      prompt: '{host} [standalone: master] (config) # ',
      ...base.modes.config,
      commands: [
        { line: 'configuration write', does: 'save' },
        { line: 'no configure', does: 'rest' },
        ...(base.modes.config?.commands ?? []),
      ],
    },
  },
  examples: { ...base.examples, enable: { send: ['enable'], prompt: 'edge-1 [standalone: master] #' } },
};
