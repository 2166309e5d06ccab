import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

const HOST = String.raw`(?<host>[A-Za-z0-9_][\w.-]{0,62})`;

export const checkpointGaia: Platform = {
  name: 'checkpoint_gaia',
  title: 'Check Point Gaia: Clish and expert mode',
  verified: [],
  sources: [
    'Check Point, Gaia Administration Guide R82: Introduction to the CLI, Gaia Clish Configuration Lock',
    'netmiko 4.8 checkpoint_gaia_ssh.py; oxidized gaiaos.rb (VSX); Netshot Checkpoint_Gaia.js (expert mode, pager, errors)',
    'published sessions (codes of the errors, the lock)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    // A number behind the name is the virtual system that one is in (VSX); 0 is the device itself.
    exec: {
      prompt: String.raw`^${HOST}(?::(?:0|(?<context>[1-9]\d{0,4})))?>$`,
      enter: [{ from: 'root-shell', send: 'clish', refusals: ['^CLINFR'] }],
    },
    'root-shell': {
      prompt: String.raw`^\[Expert@${HOST}(?::(?:0|(?<context>[1-9]\d{0,4})))?\]#$`,
      enter: [
        {
          from: 'exec',
          send: 'expert',
          secretPrompt: '^Enter expert password: ?$',
          refusals: ['^Wrong password', '^Expert password has not been defined', '^CLINFR'],
        },
      ],
      leave: { send: 'exit' },
    },
  },
  home: 'exec',
  login: commonLogin,
  // Of this session only, as long as nobody saves it with `save clienv`.
  prepare: [{ send: 'set clienv rows 0', in: ['exec'] }],
  pager: [{ prompt: '^-- More -- ?$', answer: ' ' }],
  questions: [...commonQuestions, String.raw`\(Y/N\)\[[YN]\] ?$`],
  // A configuration that another session has locked is refused as well; `lock database override` takes the lock.
  refusals: [String.raw`^(?:CLINFR|NM[A-Z]{4}|RTGRTG)\d{4}\s`, '^Bad parameter starting at '],
  beforeRefusal: [],
  renames: [String.raw`^\s*set\s+hostname\s+(?<host>\S+)\s*$`],
  helpKey: '?',
  save: { send: 'save config', refusals: [String.raw`^CLINFR\d{4}\s`] },
  context: {
    title: 'virtual system',
    enter: ['set virtual-system {name}'],
    leave: ['set virtual-system 0'],
    refusals: [String.raw`^(?:CLINFR|VSX[A-Z]{3})\d{4}\s`],
  },
  detect: { probe: { send: 'show version all', answer: '^Product version Check Point Gaia' } },
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['gw-1>', 'CP-FW-B> ', 'FWPROD0001>', 'gw-1.example.net>', 'vsx_gw:0>', 'vsx-1:12>', `${'g'.repeat(63)}>`],
      'root-shell': ['[Expert@gw-1]#', '[Expert@gw-1:0]# ', '[Expert@FW_1.dc:3]#'],
    },
    noPrompts: [
      '',
      '>',
      'gw-1',
      'gw-1> show',
      '[Expert@gw-1:0] #',
      'gw 1>',
      'set hostname gw-1',
      '# Exported by admin',
      'gw-1#',
    ],
    refused: [
      {
        answer: ["CLINFR0329  Invalid command:'set interfce eth1'."],
        line: "CLINFR0329  Invalid command:'set interfce eth1'.",
      },
      { answer: ['CLINFR0349  Incomplete command.'], line: 'CLINFR0349  Incomplete command.' },
      {
        answer: [
          "CLINFR0771  Config lock is owned by admin. Use the command 'lock database override' to acquire the lock.",
        ],
        line: "CLINFR0771  Config lock is owned by admin. Use the command 'lock database override' to acquire the lock.",
      },
      {
        answer: ['RTGRTG0019  OSPF: Area value must be a number'],
        line: 'RTGRTG0019  OSPF: Area value must be a number',
      },
    ],
    notRefused: [
      ['FWPROD0001'],
      ['Product version Check Point Gaia R81.20', 'OS build 627', "CLINFR0329  Invalid command:'x'."],
    ],
    pagers: ['-- More --'],
    questions: ['Are you sure you want to halt?(Y/N)[N]', 'Are you sure you want to reboot? (y/n) '],
    renames: { 'set hostname gw-2': 'gw-2' },
    transcripts: [
      {
        title: 'a change while another session has the lock',
        before: 'gw-1> ',
        command: 'set interface eth1 state on',
        received:
          "set interface eth1 state on\r\nCLINFR0519  Configuration lock present. Can not execute this command. To acquire the lock use the command 'lock database override'.\r\ngw-1> ",
        output:
          "CLINFR0519  Configuration lock present. Can not execute this command. To acquire the lock use the command 'lock database override'.",
        mode: 'exec',
        refusal:
          "CLINFR0519  Configuration lock present. Can not execute this command. To acquire the lock use the command 'lock database override'.",
      },
    ],
  },
};
