import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { extremeSlx } from './extreme-slx.js';

const cases: PlatformCases = {
  prompts: {
    privileged: ['sw0#', 'VDX6740.rack_2#', `${'v'.repeat(64)}#`],
    config: ['sw0(config)#', 'sw0(config-rbridge-id-1)#', 'sw0(conf-if-te-1/0/1)#', 'VDX6740.rack_2(config-Vlan-10)#'],
  },
  noPrompts: ['sw0>', '#', '--More--', '! sw0(config'],
  refused: [
    { answer: ['---------^', 'syntax error: unknown argument.'], line: 'syntax error: unknown argument.' },
    { answer: ['%Error: Access to rbridge is denied'], line: '%Error: Access to rbridge is denied' },
  ],
  notRefused: [['Network Operating System Version: 7.2.0', 'a', 'b', 'c', '%Error: none']],
  pagers: ['--More--'],
  questions: ['This operation will modify your startup configuration. Do you want to continue? [y/n]:'],
  renames: { 'switch-attributes 1 host-name sw1': 'sw1', 'host-name x': 'x' },
  transcripts: [
    {
      title: 'the marker is drawn with dashes',
      before: 'sw0# ',
      command: 'show vlann',
      received: 'show vlann\r\n--------------^\r\nsyntax error: unknown argument.\r\nsw0# ',
      output: '--------------^\nsyntax error: unknown argument.',
      mode: 'privileged',
      refusal: 'syntax error: unknown argument.',
    },
  ],
};

/** The command line that SLX-OS took over, with the parts of a fabric in its modes. */
export const extremeNos: Platform = {
  ...extremeSlx,
  name: 'extreme_nos',
  title: 'Extreme (earlier Brocade) Network OS on VDX switches',
  verified: [],
  sources: [
    'Ansible terminal plugin nos (prompts, errors, paging: those of slxos word for word)',
    'netmiko extreme_nos_ssh.py',
  ],
  detect: {},
  cases,
};
