import { iosFamily } from './ios-family.js';

const bad = '\nError: Bad command\n';

/** TP-Link JetStream: no marker, an empty line around what is said, its own pager. */
export const tplinkJetstream = iosFamily({
  name: 'tplink_jetstream',
  title: 'TP-Link JetStream',
  sources: ['netmiko tplink_jetstream.py (User:)', 'NOC profile TPLink.T2600G (errors, pager, saving)'],
  login: { username: 'User:', password: 'Password:', failure: '\nLogin invalid.\n' },
  secretPrompt: 'Password:',
  refusals: { unknown: bad, value: '\nError: Invalid parameter.\n', incomplete: '\nError: Missing parameter data\n' },
  pager: {
    prompt: 'Press any key to continue (Q to quit)',
    erase: '\r                                     \r',
    quit: ['q', 'Q'],
  },
  terminal: [{ line: 'terminal length {n:0-512}', does: { pageLength: '{n}' } }],
  terminalIn: 'privileged',
  configure: 'configure',
  version: [
    ' System Description   - JetStream 28-Port Gigabit L2+ Managed Switch',
    ' Software Version     - 2.0.5 Build 20200109',
  ],
  versionHolds: '2.0.5 Build 20200109',
  save: {
    command: {
      line: 'copy running-config startup-config',
      does: 'save',
      prints: ['Start to save user config......', 'Saving user config OK!'],
    },
    send: ['copy running-config startup-config'],
    holds: 'OK!',
  },
  unknownHolds: 'Error: Bad command',
});
