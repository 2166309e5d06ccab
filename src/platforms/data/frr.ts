import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const HOST = String.raw`(?<host>[^\s#>()]{1,63})`;

export const frr: Platform = {
  name: 'frr',
  title: "FRRouting's vtysh, and its daemons' telnet vty",
  verified: [{ by: 'device', what: 'FRRouting 8.4 (Debian 12): vtysh over OpenSSH, zebra over telnet' }],
  sources: [
    'FRRouting documentation: VTY shell, Basic commands',
    'FRRouting 8.4 lib/vty.c, lib/command.c (error texts)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST}>$`, enter: [] },
    privileged: {
      prompt: `^${HOST}#$`,
      enter: [
        {
          from: 'exec',
          send: 'enable',
          secretPrompt: String.raw`^Password: ?$`,
          refusals: [String.raw`^% Bad enable passwords, too many failures!`],
        },
      ],
    },
    config: {
      prompt: String.raw`^${HOST}\(config[^)]*\)#$`,
      enter: [{ from: 'privileged', send: 'configure terminal', refusals: [String.raw`^VTY configuration is locked`] }],
      leave: { send: 'end' },
    },
  },
  login: { ...commonLogin, refusals: [...commonLogin.refusals, String.raw`^% Bad passwords, too many failures!`] },
  prepare: [{ send: 'terminal length 0' }],
  pager: [{ prompt: String.raw`^ ?--More-- ?$`, answer: ' ' }],
  questions: commonQuestions,
  refusals: [
    // A daemon puts its name in front: `% [ZEBRA] Unknown command: bogus`.
    String.raw`^% (?:\[[A-Z0-9]+\] )?(?:Unknown command|Ambiguous command|Command incomplete|There is no matched command|Command not found)`,
    String.raw`^% (?:\[[A-Z0-9]+\] )?(?:Malformed|Invalid|Configuration failed|No such)`,
  ],
  beforeRefusal: [],
  renames: [String.raw`^\s*hostname\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  detect: {
    banner: String.raw`^Hello, this is FRRouting \(version `,
    // lib/command.c, show_version: FRR_FULL_NAME and the version.
    probe: { send: 'show version', answer: String.raw`^FRRouting \d` },
  },
  exit: 'exit',
};
