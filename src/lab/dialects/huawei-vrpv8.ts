import type { CommandData } from '../dialect/command-data.js';
import type { Dialect } from '../dialect/index.js';
import { huaweiVrp, INITIAL, STATEMENTS } from './huawei-vrp.js';

/** What leaves system view asks while something is not committed. */
const leaving = (line: string, does: 'rest' | 'up'): CommandData[] => [
  ...(does === 'up' ? [{ line, when: 'in section', does } as const] : []),
  {
    line,
    when: 'uncommitted',
    asks: [
      {
        asks: 'Warning: Uncommitted configurations found. Are you sure to commit them before exiting? [Y(yes)/N(no)/C(cancel)]:',
        answers: {
          y: { does: 'commit' },
          yes: { does: 'commit' },
          n: { does: 'discard' },
          no: { does: 'discard' },
          c: { stops: true },
          cancel: { stops: true },
          '*': {
            says: "Error: Please choose 'YES', 'NO' or 'CANCEL' first before pressing 'Enter'.",
            again: true,
          },
        },
      },
    ],
    does: 'rest',
  },
  { line, does: 'rest' },
];

const { exec, config } = huaweiVrp.modes;

/** VRP 8 (CloudEngine, NE): lines wait in a candidate for `commit`. */
export const huaweiVrpv8: Dialect = {
  ...huaweiVrp,
  name: 'huawei_vrpv8',
  title: 'Huawei VRP 8',
  sources: [
    'Huawei, CloudEngine 6800 configuration guide: commit, commit trial, clear configuration candidate',
    'netmiko 4.8 huawei_vrpv8 (prompts with ~ and *, the question about uncommitted configuration)',
  ],
  modes: {
    exec: {
      prompt: '<{host}>',
      commands: [
        {
          line: 'display version',
          prints: [
            'Huawei Versatile Routing Platform Software',
            'VRP (R) software, Version 8.180 (CE6850HI V200R005C10SPC800)',
          ],
        },
        {
          line: 'save',
          says: 'Warning: The current configuration will be written to the device.',
          asks: [{ asks: 'Are you sure to continue? [Y/N]:', answers: { y: {}, n: { stops: true } } }],
          does: 'save',
          prints: ['Now saving the current configuration to the slot 1.', 'Info: Save the configuration successfully.'],
        },
        {
          line: 'system-view',
          does: { enter: 'config', candidate: 'shared' },
          prints: 'Enter system view, return user view with return command.',
        },
        ...(exec?.commands ?? []).filter(({ line }) => line !== 'save' && line !== 'system-view'),
      ],
    },
    config: {
      prompt: '[{uncommitted}{host}]',
      inside: '[{uncommitted}{host}-{section}]',
      statements: true,
      commands: [
        ...(config?.commands ?? []).filter(({ line }) => line !== 'return' && line !== 'quit'),
        { line: 'display configuration candidate', prints: ['#', '{candidate}', 'return'] },
        {
          line: 'commit trial {n:60-65535}',
          does: { commitFor: '{n}', unitMs: 1000 },
          prints: 'Info: The trial configuration is valid for {n} seconds.',
        },
        { line: ['commit description {text...}', 'commit'], does: 'commit' },
        { line: 'abort trial', does: 'rollback' },
        { line: 'clear configuration candidate', does: 'discard' },
        ...leaving('return', 'rest'),
        ...leaving('quit', 'up'),
      ],
    },
  },
  marks: { uncommitted: ['~', '*'] },
  configuration: {
    candidate: true,
    render: { style: 'indented', between: '#' },
    fallsBack: true,
    statements: STATEMENTS,
    initial: INITIAL,
  },
  examples: {
    prompt: '<edge-1>',
    show: { send: 'display version', holds: 'Version 8.180' },
    long: { send: 'display interface brief', first: 'PHY: Physical', last: 'NULL0' },
    pagingOff: ['screen-length 0 temporary'],
    unknown: { send: 'dispaly version', holds: "Error: Unrecognized command found at '^' position." },
    running: 'display current-configuration',
    configure: {
      enter: ['system-view'],
      prompt: '[…edge-1]',
      lines: ['snmp-agent sys-info location HQ', 'ip route-static 10.9.0.0 255.255.0.0 10.0.0.254'],
      refused: { send: 'ip route-static 10.9.0.0 255.255.0.0', holds: 'Error:Incomplete command' },
      show: { send: 'display configuration candidate', holds: ['sys-info location HQ', 'ip route-static 10.9.0.0'] },
      commit: { send: 'commit', holds: '[~edge-1]' },
      confirmed: { send: 'commit trial 60', holds: '60 seconds', afterMs: 60_000, confirm: 'commit' },
      discard: ['clear configuration candidate'],
      leave: ['return'],
      save: { send: ['save', 'y'], holds: 'Save the configuration successfully.' },
    },
    exit: ['quit'],
  },
  variants: {},
};
