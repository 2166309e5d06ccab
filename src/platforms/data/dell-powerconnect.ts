import type { Platform } from '../platform.js';
import { commonLogin } from './common.js';
import { fastpathMore, fastpathRefusals, fastpathSave } from './fastpath-like.js';
import { iosEnable, iosEnd, iosHost, iosQuestions, iosRefusals, iosRenames } from './ios-like.js';
import { showReadOnly } from './read-only-like.js';

export const dellPowerconnect: Platform = {
  name: 'dell_powerconnect',
  title: 'Dell PowerConnect (the 3500 and 5500 series, and the 6200, 7000 and 8000 series)',
  verified: [],
  sources: [
    'Dell PowerConnect 5500 Series CLI Reference Guide: Using the CLI, terminal datadump, copy',
    'netmiko 4.8 dell/dell_powerconnect.py (login inside the shell, terminal datadump and terminal length 0)',
    'NOC sa/profiles/Dell/Powerconnect55xx/profile.py (pager, error texts, save)',
    'fake-switches tests/dell (dialogues of a PowerConnect 6224: errors, pager, save, enable)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${iosHost}>$`, enter: [] },
    privileged: {
      prompt: `^${iosHost}#$`,
      enter: [{ ...iosEnable, refusals: [...iosEnable.refusals, '^Incorrect Password!'] }],
    },
    config: {
      prompt: String.raw`^${iosHost}\(config[^()]*\)#$`,
      enter: [{ from: 'privileged', send: 'configure', refusals: [] }],
      leave: iosEnd,
    },
  },
  // Over SSH without authentication, then by a dialogue in the shell.
  login: { ...commonLogin, afterSsh: true },
  // The former is of the 3500 and 5500 series, the latter of the others; each refuses the one that is not its own.
  prepare: [
    { send: 'terminal datadump', in: ['privileged'] },
    { send: 'terminal length 0', in: ['privileged'] },
  ],
  pager: [
    fastpathMore,
    { prompt: String.raw`^More: <space>, {1,2}Quit: q.{0,20}, One line: <(?:return|CR)> ?$`, answer: ' ' },
  ],
  questions: [...iosQuestions, String.raw`\[Yes/press any key for no\]\.* ?$`],
  refusals: [
    ...iosRefusals,
    ...fastpathRefusals,
    '^% ?(?:missing mandatory parameter|bad parameter value|Wrong number of parameters)',
  ],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  ahead: [String.raw`^(?:no )?ip(?:v6)? route \S`],
  save: {
    send: 'copy running-config startup-config',
    in: 'privileged',
    answers: [
      fastpathSave,
      { prompt: String.raw`^Overwrite file \[startup-config\].{0,8}\[Yes/press any key for no\]\.* ?$`, answer: 'Y' },
      { prompt: String.raw`^Overwrite file \[startup-config\]\.* ?\(Y/N\)(?:\[N\])? ?\?? ?$`, answer: 'Y' },
    ],
    done: String.raw`^(?:Configuration Saved!|.{0,60}(?:Copy succeeded|copy operation was completed successfully))`,
  },
  detect: { probe: { send: 'show version', answer: '^Image Descriptions$' } },
  readOnly: showReadOnly,
  exit: 'exit',
  cases: {
    prompts: {
      exec: ['console>', 'pc5548-1>', 'my_switch>'],
      privileged: ['console#', 'pc5548-1# ', 'my_switch#', 'sw.example.net#'],
      config: ['console(config)#', 'console(config-if)#', 'my_switch(config-vlan)#', 'console(config-if-1/g1)#'],
    },
    noPrompts: ['console', '', '#', 'console(config)', 'User Name:', 'Password:', 'console (config)#'],
    refused: [
      { answer: ['% Unrecognized command'], line: '% Unrecognized command' },
      { answer: ['% Incomplete command'], line: '% Incomplete command' },
      {
        answer: ['          ^', "% Invalid input detected at '^' marker.", ''],
        line: "% Invalid input detected at '^' marker.",
      },
      { answer: ['', 'ERROR: Invalid input!', ''], line: 'ERROR: Invalid input!' },
      { answer: ['% missing mandatory parameter'], line: '% missing mandatory parameter' },
    ],
    notRefused: [
      ['VLAN       Name', '-----', 'ERROR: x'],
      ['21-Nov-2026 13:21:22 %LINK-W-Down:  gi1/0/5'],
      ['', 'Configuration Not Saved!'],
    ],
    pagers: [
      '--More-- or (q)uit',
      'More: <space>,  Quit: q or CTRL+Z, One line: <return> ',
      'More: <space>,  Quit: q, One line: <return> ',
    ],
    questions: [
      ...['Are you sure you want to save? (y/n) ', 'Overwrite file [startup-config] ?[Yes/press any key for no]....'],
      ...['Overwrite file [startup-config].... (Y/N)[N] ?', 'User Name:', 'Password:'],
    ],
    renames: { 'hostname pc-2': 'pc-2' },
    transcripts: [
      {
        title: 'a word that is no command',
        before: 'my_switch#',
        command: 'shizzle',
        received: "shizzle\r\n          ^\r\n% Invalid input detected at '^' marker.\r\n\r\nmy_switch#",
        output: "          ^\n% Invalid input detected at '^' marker.\n",
        mode: 'privileged',
        refusal: "% Invalid input detected at '^' marker.",
      },
    ],
  },
};
