import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';
import { iosEnd, iosHost, iosMore } from './ios-like.js';

// What is configured takes effect, and is kept, when its mode is left: there is nothing to save.
export const ciscoApic: Platform = {
  name: 'cisco_apic',
  title: 'Cisco APIC (the NX-OS style command line of ACI)',
  verified: [
    {
      by: 'documentation',
      what: 'Cisco APIC CLI User Guide 1.x, chapter 1: Bash with custom commands; from 1.2 the NX-OS style CLI is what appears at login',
    },
  ],
  sources: [
    'https://www.cisco.com/c/en/us/td/docs/switches/datacenter/aci/apic/sw/1-x/cli/b_APIC_CLI_User_Guide/b_APIC_CLI_User_Guide_chapter_01.html',
    'unicon.plugins apic and aci (prompts, escape sequences around them, terminal length, error text, reboot question)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    privileged: { prompt: `^${iosHost}#$`, enter: [] },
    config: {
      prompt: String.raw`^${iosHost}\(config[^()#>]{0,80}\)#$`,
      enter: [{ from: 'privileged', send: 'configure', refusals: [] }],
      leave: iosEnd,
    },
    shell: {
      prompt: String.raw`^(?:\[[\w.-]{1,32}@(?<host>[\w.-]{1,63}) [^\]]{1,200}\]|[\w.-]{1,32}@[\w.-]{1,63}:[^\s#>$]{1,200})[#>$]$`,
      enter: [{ from: 'privileged', send: 'bash', refusals: [] }],
      leave: { send: 'exit' },
    },
  },
  login: commonLogin,
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 0' }],
  pager: [iosMore],
  questions: commonQuestions,
  refusals: [String.raw`^(?:% ?)?Error: `],
  beforeRefusal: [],
  renames: [],
  helpKey: '?',
  detect: {
    banner: String.raw`^Application Policy Infrastructure Controller`,
    probe: { send: 'show version', answer: String.raw`^ ?Role +Pod +Node +Name +Version` },
  },
  exit: 'exit',
  cases: {
    prompts: {
      privileged: ['apic1#', 'APC-0001-2001# ', 'apic_1.dc#'],
      config: ['apic1(config)#', 'apic1(config-tenant)# ', 'APC(config-tenant-vrf)#'],
      shell: ['[root@APC ~]#', 'admin@apic1:~>', 'admin@apic1:aci>', '[admin@apic1 bin]$ '],
    },
    noPrompts: ['', '#', '%', 'apic1', 'APC login: ', 'apic1(boot)#', '--More--', 'admin@apic1'],
    refused: [
      {
        answer: ["Error: Invalid argument 'bogus '. Please check syntax in command reference guide"],
        line: "Error: Invalid argument 'bogus '. Please check syntax in command reference guide",
      },
    ],
    notRefused: [['Total 3 nodes'], ['Faults', '', '', '', 'Error: in a log']],
    pagers: ['--More--'],
    questions: ['This command will restart this device, Proceed? [y/N] ', 'APC login: ', 'Password: '],
    transcripts: [
      {
        title: 'what the shell draws around its prompt',
        before: '\u001b[0m\u001b[27m\u001b[24m\u001b[Japic1# \u001b[K\u001b[?1h\u001b=\u001b[?2004h',
        command: 'bogus',
        received:
          "bogus\u001b[?1l\u001b>\u001b[?2004l\r\r\nError: Invalid argument 'bogus '. Please check syntax in command reference guide\r\n\u001b[1m\u001b[7m%\u001b[27m\u001b[1m\u001b[0m \r \r\r\u001b[0m\u001b[27m\u001b[24m\u001b[Japic1# \u001b[K\u001b[?1h\u001b=\u001b[?2004h",
        output: "Error: Invalid argument 'bogus '. Please check syntax in command reference guide",
        mode: 'privileged',
        refusal: "Error: Invalid argument 'bogus '. Please check syntax in command reference guide",
      },
    ],
  },
};
