import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const HOST = String.raw`(?<host>[^\s#>()]{1,63})`;

export const ciscoIos: Platform = {
  name: 'cisco_ios',
  title: 'Cisco IOS and IOS-XE',
  verified: [],
  sources: [
    'Cisco IOS Configuration Fundamentals Command Reference: terminal length, terminal width, enable, configure terminal',
    'netmiko 4.8 cisco_ios and ntc-templates recordings (error texts)',
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
          refusals: [
            String.raw`^% (?:Bad secrets|Bad passwords|Access denied|Error in authentication|No password set)`,
          ],
        },
      ],
    },
    // The mode text is cut as well when the whole prompt grows too long: `(config-service)#`, `(config-if-srv)#`.
    config: {
      prompt: String.raw`^${HOST}\((?:conf|cfg|ca-|crypto|ipsec|acl|dhcp|vlan)[^)]*\)#$`,
      hostLimit: 20,
      enter: [{ from: 'privileged', send: 'configure terminal', refusals: [] }],
      leave: { send: 'end' },
    },
  },
  login: commonLogin,
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 511' }],
  pager: [{ prompt: String.raw`^ ?-{1,2} ?More ?-{1,2} ?$`, answer: ' ' }],
  questions: commonQuestions,
  refusals: [
    String.raw`^% ?(?:Invalid input|Incomplete command|Ambiguous command|Unknown command|Unrecognized command|Bad IP address|Bad mask|Invalid|Inconsistent)`,
    String.raw`^(?:Command authorization failed|% Authorization failed)`,
    String.raw`^% ?(?:Not authorized|Permission denied|Access denied)`,
  ],
  // A mistyped word is looked up as a host name first.
  beforeRefusal: ['^Translating "'],
  renames: [String.raw`^\s*ho(?:s(?:t(?:n(?:a(?:me?)?)?)?)?)?\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  exit: 'exit',
};
