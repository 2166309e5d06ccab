import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosMore, iosQuestions } from './ios-like.js';

// The device is configured from its manager: there is no mode of configuration, nothing to save, nothing to commit. The
// prompt holds no name, so the other modes' are known by their exact text.
export const ciscoFtd: Platform = {
  name: 'cisco_ftd',
  title: 'Cisco Secure Firewall Threat Defense (FTD)',
  verified: [
    {
      by: 'documentation',
      what: 'Cisco Secure Firewall documentation, CLI Access: a CLI on top of Linux, whose shell is entered with expert',
    },
  ],
  sources: [
    'https://www.cisco.com/c/en/us/support/docs/security/firepower-management-center-1000/222238-decode-secure-firewall-terminology-for.html',
    'scrapli_definitions and scrapli_community cisco_ftd (prompts, "Syntax error:")',
    'unicon.plugins fxos and ftd (diagnostic CLI and its detaching, expert mode, sudo, what is printed at login)',
    'netmiko 4 cisco_ftd (no enable, no configuration)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: '^>$', enter: [] },
    shell: {
      prompt: String.raw`^(?!root@)[\w.-]{1,32}@[\w.-]{1,63}:[^\s$#]{1,200} ?\$$`,
      enter: [{ from: 'exec', send: 'expert', refusals: [] }],
      leave: { send: 'exit' },
    },
    'root-shell': {
      prompt: String.raw`^root@[\w.-]{1,63}:[^\s$#]{1,200} ?#$`,
      enter: [
        {
          from: 'shell',
          send: 'sudo su -',
          secretPrompt: String.raw`^(?:\[sudo\] )?Password.{0,40}: ?$`,
          refusals: [String.raw`^Sorry, try again\.`],
        },
      ],
      leave: { send: 'exit' },
    },
    // The engine of the ASA inside, attached with its own prompt.
    diagnostic: {
      prompt: String.raw`^[A-Za-z0-9_][^\s#>()@]{0,62}>$`,
      enter: [{ from: 'exec', send: 'system support diagnostic-cli', refusals: [] }],
      leave: { send: 'exit' },
    },
    'diagnostic-privileged': {
      prompt: String.raw`^[A-Za-z0-9_][^\s#>()@]{0,62}#$`,
      // Its password is empty.
      enter: [
        { from: 'diagnostic', send: 'enable', answers: [{ prompt: '^Password: ?$', answer: '\r' }], refusals: [] },
      ],
    },
  },
  login: commonLogin,
  prepare: [],
  pager: [{ prompt: String.raw`^<--- More ---> ?$`, answer: ' ' }, iosMore],
  questions: [...iosQuestions, String.raw`^Please enter 'YES' or 'NO': ?$`],
  refusals: [String.raw`^Syntax error: `, String.raw`^ERROR: `],
  beforeRefusal: [],
  renames: [],
  helpKey: '?',
  detect: {
    banner: String.raw`^Cisco (?:Fire Linux OS|(?:Firepower|Secure Firewall) .{0,60}Threat Defense)`,
    probe: { send: 'show version', answer: String.raw`^Model +: Cisco .{0,80}Threat Defense` },
  },
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['>', '> '],
      shell: [
        'admin@firepower:~$',
        'my-user@ACME-FIREWALL:~$ ',
        'admin@Firepower-module1:/opt/bootcli/cisco/cli/bin$ ',
      ],
      'root-shell': ['root@ACME-FIREWALL:~# ', 'root@Firepower-module1:/var/log#'],
      diagnostic: ['firepower> ', 'FTD-1.example.net>'],
      'diagnostic-privileged': ['firepower# ', 'FTD-1.example.net#'],
    },
    noPrompts: ['', '#', '$', '>>', 'a > b', 'firepower(config)#', 'Password: ', '<--- More --->'],
    refused: [
      { answer: ['Syntax error: The command is not completed'], line: 'Syntax error: The command is not completed' },
      {
        answer: ['           ^', "ERROR: % Invalid input detected at '^' marker."],
        line: "ERROR: % Invalid input detected at '^' marker.",
      },
    ],
    notRefused: [
      ['NOTICE - Shell access will be deprecated in future releases'],
      ['-----[ ftd ]-----', '', '', '', 'Syntax error: printed by a log'],
    ],
    pagers: ['<--- More --->', '--More--'],
    questions: ["Please enter 'YES' or 'NO': ", 'Password: ', 'Do you still want to reboot? (yes/no):'],
    transcripts: [
      {
        title: 'an error of the command line',
        before: '\r\n> ',
        command: 'show',
        received: 'show\r\nSyntax error: The command is not completed\r\n> ',
        output: 'Syntax error: The command is not completed',
        mode: 'exec',
        refusal: 'Syntax error: The command is not completed',
      },
    ],
  },
};
