import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const HOST = String.raw`\((?<host>[\w. -]{1,63}?)(?:-Standby)?\)`;

// `config paging disable` outlives the session (netmiko turns paging on again at the end): it is not sent, and the pager
// is answered.
export const ciscoWlc: Platform = {
  name: 'cisco_wlc',
  title: 'Cisco AireOS (Wireless LAN Controller)',
  verified: [
    {
      by: 'documentation',
      what: 'Cisco Wireless LAN Controller Configuration Guides 6 and 7.4: `(Cisco controller) >`, save config',
    },
  ],
  sources: [
    'Cisco Wireless Controller Configuration Guide, Release 8.7, Administration of Controller',
    'netmiko 4 cisco_wlc (login inside the shell, Press Enter to continue, paging), ssh_autodetect (CISCO_WLC)',
    'scrapli_definitions cisco_aireos; The NOC Project, Cisco.WLC profile ("--More-- or (q)uit")',
    'unicon.plugins aireos (prompts of the modes, questions, error texts, the standby)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST} >$`, enter: [] },
    config: {
      prompt: `^${HOST} config ?>$`,
      enter: [{ from: 'exec', send: 'config', refusals: [] }],
      leave: { send: 'exit' },
    },
  },
  login: { ...commonLogin, afterSsh: true },
  prepare: [],
  pager: [
    { prompt: String.raw`^ ?--More-- or \(q\)uit ?$`, answer: ' ' },
    { prompt: String.raw`^ ?--More-- ?$`, answer: ' ', ambiguous: true },
    // Asked also where paging is off, as by `show run-config`; the dots are two or three.
    { prompt: String.raw`^Press Enter to continue ?\.{0,3} ?$`, answer: '\r', ambiguous: true },
    { prompt: String.raw`^Press any key to continue ?\.{0,3} ?$`, answer: ' ', ambiguous: true },
  ],
  questions: commonQuestions,
  refusals: [
    String.raw`^Incorrect (?:usage\.|input!)`,
    String.raw`^(?:% ?)?Error: `,
    String.raw`^This command has been deprecated`,
  ],
  beforeRefusal: [],
  renames: [String.raw`^\s*(?:config\s+)?(?:prompt|sysname)\s+"?(?<host>[^\s"]+)"?\s*$`],
  helpKey: '?',
  // The key itself is the answer, without Enter.
  save: {
    send: 'save config',
    in: 'exec',
    answers: [{ prompt: String.raw`^Are you sure you want to save\? ?\(y/n\) ?$`, answer: 'y' }],
  },
  detect: {
    ident: String.raw`\bCISCO_WLC\b`,
    prompt: String.raw`^\(Cisco Controller\) >$`,
    probe: { send: 'show inventory', answer: String.raw`Cisco.{0,80}Wireless.{0,80}Controller` },
  },
  exit: 'logout',
  cases: {
    prompts: {
      exec: ['(Cisco Controller) >', '(WLC-1.example) >', '(wlc_2-Standby) > ', '(A) >'],
      config: ['(Cisco Controller) config>', '(WLC-1.example) config>', '(wlc_2) config >'],
    },
    noPrompts: [
      '',
      '>',
      '(Cisco Controller)',
      '(Cisco Controller) show>',
      'wlc >',
      '(a) b >',
      'bash-3.00#',
      '(Cisco Controller) #',
    ],
    refused: [
      {
        answer: ["Incorrect usage.  Use the '?' or <TAB> key to list commands."],
        line: "Incorrect usage.  Use the '?' or <TAB> key to list commands.",
      },
      {
        answer: ["Incorrect input! Use 'config wlan create <WLAN id> <name>'"],
        line: "Incorrect input! Use 'config wlan create <WLAN id> <name>'",
      },
      {
        answer: ['% Error: Config file transfer failed - Unknown error - refer to log'],
        line: '% Error: Config file transfer failed - Unknown error - refer to log',
      },
      {
        answer: ["This command has been deprecated! Please use 'debug capwap' instead."],
        line: "This command has been deprecated! Please use 'debug capwap' instead.",
      },
    ],
    notRefused: [
      ['System Memory Statistics:', 'Error: below the first line of an answer'],
      ['Number of AP Errors.............................. 0'],
    ],
    pagers: [' --More-- ', '--More-- or (q)uit', 'Press Enter to continue...', 'Press any key to continue..'],
    questions: [
      ...['User: ', 'Password: ', 'Are you sure you want to save? (y/n) ', 'Would you like to save them now? (y/N) '],
      'Are you sure you would like to reset the system? (y/N) ',
    ],
    renames: { 'config sysname WLC-9': 'WLC-9', 'prompt "lab"': 'lab' },
    transcripts: [
      {
        title: 'a page, and the question between the parts of one answer',
        before: '\r\n(Cisco Controller) >',
        command: 'show run-config',
        received:
          'show run-config\r\n\r\nPress Enter to continue...\r\nSystem Inventory\r\n--More-- or (q)uit\r                 \rBurned-in MAC Address............................ 00:24:97:69:55:60\r\n(Cisco Controller) >',
        output: '\n\nSystem Inventory\nBurned-in MAC Address............................ 00:24:97:69:55:60',
        mode: 'exec',
      },
    ],
  },
};
