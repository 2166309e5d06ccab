import type { Platform } from '../platform.js';
import { huaweiVrp } from './huawei-vrp.js';
import { vrpHost } from './vrp-like.js';

const UNCOMMITTED = String.raw`Uncommitted configurations found.{0,80}\[Y\(yes\)/N\(no\)/C\(cancel\)\] ?: ?$`;

export const huaweiVrpv8: Platform = {
  ...huaweiVrp,
  name: 'huawei_vrpv8',
  title: 'Huawei VRP 8 and YunShan OS: lines wait for a commit',
  verified: [
    {
      by: 'documentation',
      what: 'Huawei NetEngine 8000 command reference: `commit`, `commit trial`, `clear configuration candidate`; CloudEngine V200R002C50: the two modes of effect',
    },
  ],
  sources: [
    'Huawei, NetEngine 8000 F1A command reference: commit (All views except the user view), clear configuration candidate',
    'Huawei, CloudEngine 8800/7800/6800/5800 V200R002C50 command reference: Selecting a Mode for the Configuration to Take Effect',
    'netmiko 4.8 huawei.py (HuaweiVrpv8SSH); published sessions (the question of `return`)',
    'gnetcli pkg/device/huawei (prompts)',
  ],
  modes: {
    ...huaweiVrp.modes,
    // `~` is a candidate without changes, `*` one with; neither where lines take effect at once (`system-view immediately`).
    config: {
      prompt: String.raw`^(?:HRP_[AMS])?\[[~*]?${vrpHost}\]$`,
      viewSeparator: '-',
      enter: [{ from: 'exec', send: 'system-view', refusals: ['^Error: ?'] }],
      leave: { send: 'return', answers: [{ prompt: UNCOMMITTED, answer: 'n\r' }] },
    },
  },
  commit: {
    send: 'commit',
    refusals: [String.raw`^\s*Error: ?`, 'Failed to generate committed config'],
    comment: 'commit description {comment}',
    discard: { send: 'clear configuration candidate' },
    confirmed: {
      send: 'commit trial {time}',
      unit: 'seconds',
      refusals: [String.raw`^\s*Error: ?`, 'Failed to generate committed config'],
      confirm: { send: 'commit', refusals: [String.raw`^\s*Error: ?`] },
    },
  },
  detect: {
    probe: { send: 'display version', answer: String.raw`VRP \(R\) software, Version 8\.` },
  },
  cases: {
    prompts: {
      exec: ['<ce8850-test>', '<HUAWEI>', 'HRP_S<fw>', '<2134.aaa.bb.c-12.k1>'],
      config: [
        ...[
          '[~HUAWEI]',
          '[*HUAWEI]',
          '[~hostname-1-100GE11/0/25]',
          '[*host-100GE1/1/1:1]',
          '[HUAWEI]',
          'HRP_M[~fw-aaa]',
        ],
        ...['[~host-auto-mmm-100GE3/3/3.111]', '[*host-name-aaa] '],
      ],
    },
    noPrompts: ['', '[~]', '[*]', '<~host>', '[V200R002C50SPC800]', '[~R1] display this', '[**R1]', '<>'],
    refused: [
      {
        answer: ['        ^', "Error: Unrecognized command found at '^' position."],
        line: "Error: Unrecognized command found at '^' position.",
      },
      {
        answer: ['Error: The configuration is locked by another user.'],
        line: 'Error: The configuration is locked by another user.',
      },
    ],
    notRefused: [
      ['Info: No configuration change'],
      ['1) CommitId: 1000000114', '   Label: -', '   Description: Error: none'],
    ],
    pagers: ['  ---- More ----'],
    questions: [
      'Warning: Uncommitted configurations found, commit them before exiting? [Y(yes)/N(no)/C(cancel)]:',
      'Warning: Uncommitted configurations found. Are you sure to commit them before returning? [Y(yes)/N(no)/C(cancel)]:',
      'Warning: The initial password poses security risks. The password needs to be changed. Change now? [Y/N]:',
    ],
    renames: { 'sysname leaf-2': 'leaf-2' },
    transcripts: [
      {
        title: 'a line that waits for its commit changes the mark in the prompt',
        before: '[~HUAWEI]',
        command: 'ftp server enable',
        received: 'ftp server enable\r\n[*HUAWEI]',
        output: '',
        mode: 'config',
      },
      {
        title: 'a commit',
        before: '[*HUAWEI]',
        command: 'commit',
        received: 'commit\r\n[~HUAWEI]',
        output: '',
        mode: 'config',
      },
    ],
  },
};
