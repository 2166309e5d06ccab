import type { Dialect } from '../dialect/index.js';
import { iosFamily, MARKED, MORE } from './ios-family.js';

const base = iosFamily({
  name: 'ipinfusion_ocnos',
  title: 'IP Infusion OcNOS',
  sources: [
    'netmiko pull request 3596 (commit, abort transaction, what a failed commit says), tried on OcNOS 6.3 to 6.5',
  ],
  login: { username: 'login: ', password: 'Password: ', failure: 'Login incorrect' },
  secretPrompt: 'Password:',
  refusals: MARKED,
  pager: MORE,
  terminal: [
    { line: 'terminal length {n:0-511}', does: { pageLength: '{n}' } },
    { line: 'terminal width {n:24-511}', does: { width: '{n}' } },
  ],
  pagingOff: 'terminal length 0',
  version: [
    ' Software version: EC_AS5912-54X-OcNOS-SP-PLUS-6.4.1',
    ' Copyright (C) 2026 IP Infusion. All rights reserved',
  ],
  versionHolds: 'OcNOS-SP-PLUS-6.4.1',
  save: {
    command: { line: ['write', 'write memory'], does: 'save', prints: ['Building configuration...', '[OK]'] },
    send: ['write'],
    holds: '[OK]',
  },
  candidate: true,
  example: {
    show: { send: 'show transaction current', holds: ['snmp-server contact noc', 'ip route 10.9.0.0'] },
    commit: { send: 'commit', holds: '' },
    discard: ['abort transaction'],
  },
  unknownHolds: '% Invalid input detected',
});

/** A candidate that is committed. */
export const ipinfusionOcnos: Dialect = {
  ...base,
  modes: {
    ...base.modes,
    config: {
      prompt: '{host}(config)#',
      ...base.modes.config,
      commands: [
        { line: ['commit', 'commit description {text...}'], does: 'commit' },
        { line: 'abort transaction', does: 'discard' },
        { line: 'show transaction current', prints: '{candidate}' },
        ...(base.modes.config?.commands ?? []),
      ],
    },
  },
  configuration: {
    ...(base.configuration ?? { statements: [], initial: [], render: { style: 'indented' } }),
    commitRefused: [
      '% Failed to commit .. As error(s) encountered during commit operation...',
      'Uncommitted configurations are retained in the current transaction session,',
      "check 'show transaction current'.",
    ],
  },
};
