import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { fastpathMore, fastpathRefusals, fastpathSave } from './fastpath-like.js';
import { iosQuestions, iosRefusals } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

/** The name stands in parentheses, and from the factory it holds a blank. */
const HOST = String.raw`\((?<host>[A-Za-z0-9_](?:[^\s()]| (?=[^\s()])){0,63})\)`;

export const ubiquitiEdgeswitch: Platform = {
  name: 'ubiquiti_edgeswitch',
  title: 'Ubiquiti EdgeSwitch',
  verified: [],
  sources: [
    'Ubiquiti, EdgeSwitch CLI Command Reference: Using the Command-Line Interface, Configuration and Image commands',
    'netmiko 4.8 ubiquiti/edge_ssh.py and its issues 2628, 3471 (banner, prompts, question of write memory)',
    'scrapli 2 ubiquiti_edgeswitch.yaml (prompts, error texts)',
    'fake-switches tests/dell (the same FASTPATH command line: errors, pager)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${HOST} ?>$`, enter: [] },
    privileged: {
      prompt: `^${HOST} ?#$`,
      enter: [
        {
          from: 'exec',
          send: 'enable',
          secretPrompt: String.raw`^(?:Enable )?[Pp]assword\s?: ?$`,
          refusals: ['^(?:Incorrect|Wrong) Password!?'],
        },
      ],
    },
    // `(Config)`, `(Interface 0/1)`, `(Vlan)`, `(Config-router)`.
    config: {
      prompt: String.raw`^${HOST} ?\([A-Z][^()]{0,80}\) ?#$`,
      enter: [{ from: 'privileged', send: 'configure', refusals: [] }],
      // As scrapli has it; netmiko types `exit`, which leaves one level.
      leave: { send: 'end' },
    },
  },
  login: commonLogin,
  prepare: [{ send: 'terminal length 0', in: ['privileged', 'config'] }],
  pager: [fastpathMore],
  questions: iosQuestions,
  refusals: [...iosRefusals, ...fastpathRefusals, '^(?:Ambiguous command|Unrecognized command|Invalid input)'],
  beforeRefusal: [],
  renames: [String.raw`^\s*hostname\s+"?(?<host>[^\s"](?:[^"]{0,100}[^\s"])?)"?\s*$`],
  helpKey: '?',
  ahead: [String.raw`^(?:no )?ip route \S`],
  save: { send: 'write memory', in: 'privileged', answers: [fastpathSave], done: '^Configuration Saved!' },
  detect: {
    banner: '^Welcome to EdgeSwitch',
    probe: { send: 'show version', answer: String.raw`^(?:System Description|Machine Type)\.+ EdgeSwitch` },
  },
  readOnly: showReadOnly,
  exit: 'quit',
  cases: {
    prompts: {
      exec: ['(UBNT EdgeSwitch) >', '(UBNT) >', '(sw-1.example.net) >'],
      privileged: ['(UBNT EdgeSwitch) #', '(UBNT) #', '(core_1)#'],
      config: [
        '(UBNT EdgeSwitch) (Config)#',
        '(UBNT) (Interface 0/1)#',
        '(UBNT) (Vlan)#',
        '(UBNT) (Config-router)#',
        '(sw1) (Line-ssh)#',
      ],
    },
    noPrompts: ['(UBNT)', '', '#', 'UBNT#', '(UBNT) (Config)', '() #', 'Password:', '(UBNT) #show'],
    refused: [
      {
        answer: ['               ^', "% Invalid input detected at '^' marker.", ''],
        line: "% Invalid input detected at '^' marker.",
      },
      {
        answer: ['', 'Command not found / Incomplete command. Use ? to list commands.', ''],
        line: 'Command not found / Incomplete command. Use ? to list commands.',
      },
      { answer: ['', 'ERROR: VLAN does not exist.'], line: 'ERROR: VLAN does not exist.' },
    ],
    notRefused: [
      ['Switch: 1', '', 'System Description............................. EdgeSwitch 16-Port 150W'],
      ['Packets RX and TX 64 Octets.................... 0', 'ERROR: 0'],
      ["Config file 'startup-config' created successfully ."],
    ],
    pagers: ['--More-- or (q)uit'],
    questions: [
      'Are you sure you want to save? (y/n) ',
      'Are you sure you would like to reset the system? (y/n) ',
      'Password:',
    ],
    renames: { 'hostname edge-2': 'edge-2', 'hostname "EdgeSwitch 2"': 'EdgeSwitch 2' },
    transcripts: [
      {
        title: 'an answer that begins and ends with an empty line',
        before: '(UBNT EdgeSwitch) #',
        command: 'terminal length 0',
        received: 'terminal length 0\r\n\r\n(UBNT EdgeSwitch) #',
        output: '',
        mode: 'privileged',
      },
      {
        title: 'a word that is no command',
        before: '(UBNT EdgeSwitch) #',
        command: 'bogus',
        received: "bogus\r\n                   ^\r\n% Invalid input detected at '^' marker.\r\n\r\n(UBNT EdgeSwitch) #",
        output: "                   ^\n% Invalid input detected at '^' marker.\n",
        mode: 'privileged',
        refusal: "% Invalid input detected at '^' marker.",
      },
    ],
  },
};
