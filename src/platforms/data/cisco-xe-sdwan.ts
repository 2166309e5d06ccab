import type { Platform } from '../platform.js';
import { ciscoIos } from './cisco-ios.js';
import { confdCommit, confdEnd, confdMarker, confdQuestions, confdRefusals } from './confd-like.js';
import { iosEnable, iosHost, iosRefusals } from './ios-like.js';
import { iosReadOnly } from './read-only-like.js';

// The name is that of pyATS (os iosxe, platform sdwan); Cisco calls it controller mode. The exec modes are those of IOS,
// the configuration is a candidate of ConfD's.
export const ciscoXeSdwan: Platform = {
  name: 'cisco_xe_sdwan',
  title: 'Cisco IOS-XE in controller mode (Catalyst SD-WAN)',
  verified: [
    {
      by: 'documentation',
      what: 'Cisco IOS XE SD-WAN Qualified CLI Command Reference: prompts such as Device(config-interface-ge0/2.101)#',
    },
  ],
  sources: [
    'https://www.cisco.com/c/en/us/td/docs/routers/sdwan/command/iosxe/qualified-cli-command-reference-guide/m-sdwan-tunnel-interface-cmds.html',
    'unicon.plugins iosxe/sdwan (config-transaction, syntax errors, the warning of a commit, the question on leaving)',
  ],
  terminal: ciscoIos.terminal,
  modes: {
    exec: { prompt: `^${iosHost}>$`, enter: [] },
    privileged: { prompt: `^${iosHost}#$`, enter: [iosEnable] },
    config: {
      prompt: String.raw`^${iosHost}\(config[^()#>]{0,80}\)#$`,
      enter: [
        { from: 'privileged', send: 'config-transaction', refusals: [String.raw`^This command is not supported`] },
      ],
      leave: confdEnd,
    },
  },
  login: ciscoIos.login,
  prepare: ciscoIos.prepare,
  pager: ciscoIos.pager,
  questions: confdQuestions,
  refusals: [...iosRefusals, ...confdRefusals, String.raw`^This command is not supported`],
  beforeRefusal: [...ciscoIos.beforeRefusal, ...confdMarker],
  renames: ciscoIos.renames,
  helpKey: '?',
  // A commit makes it permanent: there is nothing to save.
  commit: confdCommit,
  detect: {
    over: ['cisco_ios'],
    probe: { send: 'show version', answer: '^Router operating mode: Controller-Managed' },
  },
  readOnly: iosReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['Router>', 'cedge-1.site> '],
      privileged: ['Router#', 'cedge-1.site# ', `${'c'.repeat(63)}#`],
      config: [
        'Router(config)#',
        'Router(config-if)# ',
        'Device(config-interface-ge0/2.101)#',
        'cedge_1(config-sdwan)#',
      ],
    },
    noPrompts: ['', '#', '+>', 'Router(boot)#', 'Router(tcl)#', '[yes/no/CANCEL]', '--More--'],
    refused: [
      { answer: ['-----^', 'syntax error: unknown command'], line: 'syntax error: unknown command' },
      { answer: ['This command is not supported'], line: 'This command is not supported' },
      {
        answer: ['     ^', "% Invalid input detected at '^' marker."],
        line: "% Invalid input detected at '^' marker.",
      },
      { answer: ["Aborted: 'vpn 1': unresolved reference"], line: "Aborted: 'vpn 1': unresolved reference" },
    ],
    notRefused: [['% No modifications to commit.'], ['admin connected from 127.0.0.1 using console on Router']],
    pagers: [' --More-- '],
    questions: [
      ...['Uncommitted changes found, commit them? [yes/no/CANCEL] ', 'Proceed? [yes,no] ', 'Password: '],
      "Value for 'system-ip' (<IP address>): ",
    ],
    renames: { 'hostname cedge2': 'cedge2' },
  },
};
