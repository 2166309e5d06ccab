import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { iosConfigure, iosEnd, iosQuestions, iosRefusals } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

/** The way in stands before the name, and the name as it comes from the factory holds a blank. */
const HOST = String.raw`(?:(?:SSH|ssh|Telnet|telnet|TELNET)@)?(?<host>[A-Za-z0-9_](?:[^\s#>()@]| (?=[^\s#>()@])){0,62})`;

const USERNAME = String.raw`^(?:Please Enter Login Name|User ?Name|Login)\s?: ?$`;
const PASSWORD = String.raw`^(?:Please Enter |Local_)?Password\s?: ?$`;

export const ruckusFastiron: Platform = {
  name: 'ruckus_fastiron',
  title: 'Ruckus (Brocade, Foundry) FastIron: ICX and FCX switches',
  verified: [],
  sources: [
    'Ruckus FastIron Command Reference: enable, skip-page-display, configure terminal, write memory',
    'netmiko 4.8 ruckus/ruckus_fastiron.py (user name at enable, no password assigned)',
    'ansible community.network terminal/icx.py; scrapli 2 ruckus_fastiron.yaml (error texts)',
    'fake-switches tests/brocade (dialogues: prompts, errors, enable); oxidized ironware.rb (login)',
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
          usernamePrompt: USERNAME,
          secretPrompt: PASSWORD,
          refusals: ['^Error ?[-:] ?[Ii]ncorrect (?:username or )?password'],
        },
      ],
    },
    config: {
      prompt: String.raw`^${HOST}\(config[^()]*\)#$`,
      enter: [iosConfigure],
      leave: iosEnd,
    },
  },
  login: {
    ...commonLogin,
    username: USERNAME,
    password: PASSWORD,
    refusals: [...commonLogin.refusals, '^Error ?[-:] ?[Ii]ncorrect (?:username or )?password'],
  },
  prepare: [{ send: 'skip-page-display', in: ['privileged'] }],
  pager: [
    {
      prompt: String.raw`^ ?--More--, next page: Space(?:/Return key)?, next line: Return key, quit: Control-c ?$`,
      answer: ' ',
    },
  ],
  questions: [...iosQuestions, String.raw`\(enter 'y' or 'n'\): ?$`],
  refusals: [
    ...iosRefusals,
    '^(?:Invalid|Ambiguous|Incomplete) input ?->',
    '^Incomplete command',
    '^Unrecognized command',
    '^Error(?: ?-|:) ',
    String.raw`^(?:IP/Port: )?Errno\(\d+\) `,
  ],
  beforeRefusal: [],
  renames: [String.raw`^\s*hostname\s+"?(?<host>[^\s"](?:[^"]{0,100}[^\s"])?)"?\s*$`],
  helpKey: '?',
  ahead: [
    String.raw`^(?:no )?ip(?:v6)? route \S`,
    String.raw`^\s*(?:no )?(?:sequence \d+ )?(?:permit|deny) \S`,
    String.raw`^ip prefix-list \S+ seq \d+ (?:permit|deny) \S`,
  ],
  // As the guides have it; not tried on a device.
  blocks: [{ start: String.raw`^\s*banner (?:motd |exec |incoming )?(?<delimiter>[^\s\w])\s*$` }],
  save: { send: 'write memory', in: 'privileged' },
  detect: { probe: { send: 'show version', answer: '^.{0,80}(?:Ruckus|Brocade|Foundry|FastIron)' } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['SSH@ICX7150-C12 Router>', 'telnet@FCX648>', 'ICX7250-24 Switch>', 'SSH@Lab-ICX7250>'],
      privileged: ['SSH@my_switch#', 'telnet@core.example.net#', 'ICX7250-24 Router#', 'SSH@ICX7150-C12 Router#'],
      config: [
        ...['SSH@my_switch(config)#', 'SSH@my_switch(config-if-e1000-1/1/3)#', 'telnet@sw1(config-vlan-10)#'],
        ...['ICX7250-24 Router(config-vif-2999)#', 'SSH@my_switch(config-lag-if-lg1)#'],
      ],
    },
    noPrompts: ['SSH@my_switch', '', '#', 'SSH@#', 'SSH@sw(boot)#', 'Password:', 'User Name:', 'user@host@x#'],
    refused: [
      { answer: ['Invalid input -> shizzle', 'Type ? for a list'], line: 'Invalid input -> shizzle' },
      { answer: ['Incomplete command.'], line: 'Incomplete command.' },
      {
        answer: ['Error - invalid virtual ethernet interface number.'],
        line: 'Error - invalid virtual ethernet interface number.',
      },
      {
        answer: ['Error: VLAN: 2999  already has router-interface 2999'],
        line: 'Error: VLAN: 2999  already has router-interface 2999',
      },
      { answer: ['IP/Port: Errno(6) Duplicate ip address'], line: 'IP/Port: Errno(6) Duplicate ip address' },
    ],
    notRefused: [
      ['GigabitEthernet1/1 is disabled, line protocol is down', 'Error - x'],
      ['Warning - the port is in use'],
      ['  0 input errors, 0 CRC, 0 frame, 0 ignored'],
    ],
    pagers: ['--More--, next page: Space, next line: Return key, quit: Control-c'],
    questions: ["Are you sure? (enter 'y' or 'n'): ", 'User Name:', 'Password:', 'Please Enter Password: '],
    renames: { 'hostname core-2': 'core-2', 'hostname "ICX Floor 3"': 'ICX Floor 3' },
    transcripts: [
      {
        title: 'a word that is no command',
        before: 'SSH@my_switch#',
        command: 'shizzle',
        received: 'shizzle\r\nInvalid input -> shizzle\r\nType ? for a list\r\nSSH@my_switch#',
        output: 'Invalid input -> shizzle\nType ? for a list',
        mode: 'privileged',
        refusal: 'Invalid input -> shizzle',
      },
      {
        title: 'an interface is entered',
        before: 'SSH@my_switch(config)#',
        command: 'interface ethernet 1/1/3',
        received: 'interface ethernet 1/1/3\r\nSSH@my_switch(config-if-e1000-1/1/3)#',
        output: '',
        mode: 'config',
      },
    ],
  },
};
