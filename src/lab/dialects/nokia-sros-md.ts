import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';

const SHOW: readonly CommandData[] = [
  { line: 'show version', prints: 'TiMOS-C-20.10.R4 cpm/hops64 Nokia 7750 SR Copyright (c) 2000-2021 Nokia.' },
  {
    line: 'show port',
    prints: [
      'Ports on Slot 1',
      { repeat: 90, line: '1/1/{i}       Up    Yes  Up      9212 9212    - netw null xcme' },
      'No. of ports: 90',
    ],
  },
  { line: 'environment more false', does: { pageLength: 0 } },
  { line: 'environment more true', does: { pageLength: 24 } },
  { line: 'environment console width {n:80-512}', does: { width: '{n}' } },
  { line: 'environment command-completion space false', does: { completion: 'off' } },
  {
    line: ['admin save', '/admin save'],
    does: 'save',
    prints: 'Writing configuration to cf3:\\config.cfg\nSaving configuration OK',
  },
  { line: 'admin show configuration', prints: '{running}' },
  { line: 'logout', does: 'logout' },
];

const entered = (kind: string): string[] => [
  `INFO: CLI #2060: Entering ${kind} configuration mode`,
  'INFO: CLI #2061: Uncommitted changes are discarded on configuration mode exit',
];

const left = 'INFO: CLI #2064: Exiting {kind} configuration mode';

/** The model-driven command line of SR OS: what differs from the classic one. */
export const NOKIA_MD_CLI: Partial<Omit<Dialect, 'name' | 'variants'>> = {
  modes: {
    exec: {
      prompt: '\n[/]\n{unsaved}A:{user}@{host}# ',
      commands: [
        ...SHOW,
        {
          line: 'edit-config exclusive',
          does: [
            { variable: 'mode', to: 'ex' },
            { variable: 'kind', to: 'exclusive' },
            { enter: 'config', candidate: 'exclusive' },
          ],
          prints: entered('exclusive'),
        },
        {
          line: 'edit-config private',
          does: [
            { variable: 'mode', to: 'pr' },
            { variable: 'kind', to: 'private' },
            { enter: 'config', candidate: 'private' },
          ],
          prints: entered('private'),
        },
        {
          line: 'edit-config global',
          does: [
            { variable: 'mode', to: 'gl' },
            { variable: 'kind', to: 'global' },
            { enter: 'config', candidate: 'shared' },
          ],
          prints: 'INFO: CLI #2054: Entering global configuration mode',
        },
      ],
    },
    config: {
      prompt: '\n{uncommitted}({mode})[/]\n{unsaved}A:{user}@{host}# ',
      inside: '\n{uncommitted}({mode})[/{path}]\n{unsaved}A:{user}@{host}# ',
      statements: true,
      commands: [
        ...SHOW,
        { line: 'info', prints: '{here}' },
        { line: 'compare', prints: '{changes}' },
        { line: 'delete {statement...}', does: 'delete' },
        { line: 'validate', does: 'check' },
        { line: 'commit confirmed accept', does: 'confirm' },
        { line: 'commit confirmed cancel', does: 'rollback' },
        { line: 'commit confirmed {n:1-168}', does: { commitFor: '{n}', unitMs: 60_000 } },
        { line: ['commit comment {text...}', 'commit'], does: 'commit' },
        { line: 'discard', does: 'discard' },
        { line: 'back', does: 'level' },
        { line: 'top|exit', when: 'in section', does: 'top' },
        {
          line: 'quit-config',
          when: 'uncommitted',
          says: 'INFO: CLI #2071: Uncommitted changes are discarded on configuration mode exit',
          asks: [{ asks: 'Discard uncommitted changes? [y,n] ', key: true, answers: { y: {}, n: { stops: true } } }],
          does: ['discard', 'leave'],
          prints: left,
        },
        { line: 'quit-config', does: 'leave', prints: left },
      ],
    },
  },
  refusals: {
    unknown: ['{marker}', "MINOR: MGMT_CORE #2201: Unknown element - '{word}'"],
    value: ['{marker}', "MINOR: MGMT_CORE #2301: Invalid element value - '{word}'"],
    incomplete: ['{marker}', 'MINOR: MGMT_CORE #2202: Missing element value'],
    ambiguous: ['{marker}', "MINOR: MGMT_CORE #2204: Ambiguous element - '{word}'"],
  },
  echo: { completesOnSpace: true },
  pager: {
    prompt: 'Press Q to quit, Enter to print next line or any other key to print next page.',
    erase: '\r                                                                               \r',
  },
  configuration: {
    candidate: true,
    render: { style: 'braces', indent: 4 },
    commitRefused: ['MINOR: MGMT_CORE #4001: {statement} - {reason}', 'MINOR: MGMT_CORE #2203: Commit failed'],
    locked: 'MINOR: MGMT_CORE #2052: Exclusive datastore access unavailable - {holder}',
    statements: [
      'configure > system > name {host}',
      'configure > system > location {text}',
      'configure > system > contact {text}',
      'configure > router {instance} > interface {name} > ipv4 > primary > address {address:ip}',
      'configure > router {instance} > interface {name} > description {text}',
      { line: 'configure > router {instance} > static-routes > route {network:prefix} > next-hop {gateway:ip}' },
      {
        line: 'configure > system > snmp > community {community}',
        refusedAtCommit: 'Missing mandatory fields - access-permissions',
      },
    ],
    initial: [
      'configure system name "{host}"',
      'configure router "Base" interface "system" ipv4 primary address 10.1.1.1',
    ],
  },
  variables: { mode: 'ex', kind: 'exclusive' },
  examples: {
    prompt: 'A:cisco@edge-1#',
    show: { send: 'show version', holds: 'TiMOS-C-20.10.R4' },
    long: { send: 'show port', first: 'Ports on Slot 1', last: 'No. of ports: 90' },
    pagingOff: ['environment more false'],
    unknown: { send: 'shwo version', holds: "MINOR: MGMT_CORE #2201: Unknown element - 'shwo'" },
    running: 'admin show configuration',
    configure: {
      mode: 'config-exclusive',
      enter: ['edit-config exclusive'],
      prompt: '…A:cisco@edge-1#',
      lines: ['configure system location "HQ"', 'configure system contact "noc"'],
      refused: { send: 'configure system locatoin "HQ"', holds: 'Unknown element' },
      show: { send: 'info', holds: ['location "HQ"', 'contact "noc"'] },
      commit: { send: 'commit', holds: '(ex)[/]' },
      confirmed: { send: 'commit confirmed 1', holds: '(ex)[/]', afterMs: 60_000, confirm: 'commit confirmed accept' },
      discard: ['discard'],
      leave: ['quit-config'],
      save: { send: ['admin save'], holds: 'Saving configuration OK' },
    },
    exit: ['logout'],
  },
};
