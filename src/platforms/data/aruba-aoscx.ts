import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosHost, iosQuestions, iosRefusals, iosRenames } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

export const arubaAoscx: Platform = {
  name: 'aruba_aoscx',
  title: 'HPE Aruba AOS-CX',
  verified: [
    {
      by: 'documentation',
      what: 'ArubaOS-CX 10.03 Command-Line Interface Guide (5200-5950): contexts, page, auto-confirm, checkpoint auto confirm',
    },
  ],
  sources: [
    'HPE, ArubaOS-CX 10.03 Command-Line Interface Guide, part 5200-5950: Command contexts, auto-confirm',
    'netmiko 4.8 aruba/aruba_aoscx.py; scrapli 2 aruba_aoscx.yaml (prompts, error texts); oxidized aoscx.rb (questions)',
    'OpenSwitch vtysh/command.c: the text with which an AAA server refuses a command',
    'Cray HPE System Management documentation, switch firmware upgrade (answer of write memory)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${iosHost}>$`, enter: [] },
    privileged: {
      prompt: `^${iosHost}#$`,
      enter: [{ from: 'exec', send: 'enable', refusals: ['^(?:Cannot execute command|Invalid input|% )'] }],
    },
    config: {
      prompt: String.raw`^${iosHost}\(config[^()]*\)#$`,
      enter: [
        {
          from: 'privileged',
          send: 'configure terminal',
          refusals: ['^Cannot execute command'],
        },
      ],
      leave: { send: 'end' },
    },
  },
  login: commonLogin,
  prepare: [{ send: 'no page' }],
  pager: [{ prompt: String.raw`^ ?-- MORE --, next page: Space, next line: Enter, quit: q ?$`, answer: ' ' }],
  questions: iosQuestions,
  refusals: [
    ...iosRefusals,
    '^Invalid input: ',
    '^% Command incomplete',
    '^Cannot execute command[.] ',
    // Of an interface, a VLAN, a VRF: the name stands in front.
    String.raw`^(?:VLAN|VRF|Interface|LAG|User|ACL|Checkpoint)\b.{0,80} (?:doesn't|does not) exist`,
  ],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  ahead: [
    String.raw`^(?:no )?ip(?:v6)? route \S`,
    String.raw`^\s*(?:no )?(?:\d+ )?(?:permit|deny|comment) \S`,
    String.raw`^ip prefix-list \S+ seq \d+ (?:permit|deny) \S`,
  ],
  // As the guides have it; not tried on a device.
  blocks: [{ start: String.raw`^\s*banner (?:motd|exec) (?<delimiter>\S)\s*$` }],
  save: {
    send: 'write memory',
    in: 'privileged',
    done: String.raw`^Copying configuration: \[Success\]`,
  },
  detect: { probe: { send: 'show version', answer: '^(?:ArubaOS-CX|AOS-CX)' } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['switch>', '6300-A> ', 'sw.example.net>'],
      privileged: ['switch#', '8325-core-1# ', 'SW_1#', `${'h'.repeat(63)}#`],
      config: [
        'switch(config)#',
        'switch(config-if)# ',
        'switch(config-if-vlan)#',
        'core.dc(config-lag-if)#',
        'sw(config-vlan-10)#',
      ],
    },
    noPrompts: ['switch', '', 'switch(config)', 'switch(boot)#', 'Continue (y/n)? ', 'Password: ', '#', 'sw 1#'],
    refused: [
      { answer: ['Invalid input: bogus'], line: 'Invalid input: bogus' },
      { answer: ['% Command incomplete.'], line: '% Command incomplete.' },
      { answer: ['% Ambiguous command.'], line: '% Ambiguous command.' },
      {
        answer: ['Cannot execute command. Command not allowed.'],
        line: 'Cannot execute command. Command not allowed.',
      },
      { answer: ["VLAN 999 doesn't exist."], line: "VLAN 999 doesn't exist." },
    ],
    notRefused: [
      ['Interface 1/1/1 is down', 'Invalid input: 0'],
      ['% of capacity used: 12'],
      ['! user admin does not exist on peer'],
      ['Copying configuration: [Success]'],
    ],
    pagers: [
      '-- MORE --, next page: Space, next line: Enter, quit: q',
      ' -- MORE --, next page: Space, next line: Enter, quit: q',
    ],
    questions: ['Continue (y/n)? ', 'Do you want to save the current configuration (y/n)? ', 'Enter password:'],
    renames: { 'hostname edge-1': 'edge-1' },
    transcripts: [
      {
        title: 'a line that turns while it works',
        before: 'switch# ',
        command: 'write memory',
        received:
          'write memory\r\nCopying configuration: [|] \rCopying configuration: [/] \rCopying configuration: [-] \rCopying configuration: [Success]\r\nswitch# ',
        output: 'Copying configuration: [Success]',
        mode: 'privileged',
      },
      {
        title: 'a word that is no command',
        before: 'switch(config)# ',
        command: 'bogus',
        received: 'bogus\r\nInvalid input: bogus\r\nswitch(config)# ',
        output: 'Invalid input: bogus',
        mode: 'config',
        refusal: 'Invalid input: bogus',
      },
    ],
  },
};
