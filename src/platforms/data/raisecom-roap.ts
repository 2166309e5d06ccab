import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosLogin, iosMore, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['Raisecom>', 'ISCOM2624G.hall_2>'],
    privileged: ['Raisecom#', `${'R'.repeat(63)}#`],
    config: ['Raisecom(config)#', 'ISCOM2624G(config-port)#', 'Raisecom(config-gigaethernet1/1/1)#'],
  },
  noPrompts: [' --More--  ', '#', '!command in view_mode'],
  refused: [
    { answer: ['% "foo"  (Unknown command.)'], line: '% "foo"  (Unknown command.)' },
    {
      answer: ['      ^', "Error input in the position marked by '^'."],
      line: "Error input in the position marked by '^'.",
    },
    {
      answer: ["Error input in the position market by '^'."],
      line: "Error input in the position market by '^'.",
    },
    { answer: ['% Incomplete command.'], line: '% Incomplete command.' },
    { answer: ['% You Need higher priority!'], line: '% You Need higher priority!' },
  ],
  notRefused: [['% Set successfully.'], ['Set successfully.', '', 'x', 'y', '% Incomplete command.']],
  pagers: [' --More--  '],
  questions: ['Login:', 'Password:', "Please input 'yes' to confirm: [yes/no]:"],
  renames: { 'hostname access1': 'access1' },
  transcripts: [
    {
      title: 'a word that is none',
      before: 'Raisecom#',
      command: 'foo',
      received: 'foo\r\n% "foo"  (Unknown command.)\r\nRaisecom#',
      output: '% "foo"  (Unknown command.)',
      mode: 'privileged',
      refusal: '% "foo"  (Unknown command.)',
    },
  ],
};

export const raisecomRoap: Platform = {
  name: 'raisecom_roap',
  title: 'Raisecom ROAP and ROS',
  verified: [],
  sources: [
    'NOC profile Raisecom.ROS (pager, errors)',
    'netmiko raisecom_roap.py (enable before paging, write startup-config, login asked again in the shell); oxidized model raisecom',
  ],
  terminal: { type: 'vt100', columns: 500, rows: 50, newline: '\r' },
  modes: iosModes({ configure: 'config' }),
  login: { ...iosLogin, afterSsh: true },
  prepare: [{ send: 'terminal page-break disable', in: ['privileged'] }],
  pager: [iosMore, { prompt: '^ ?--More-- {0,4}$', answer: ' ' }],
  questions: iosQuestions,
  refusals: [
    String.raw`^% ".{1,200}" {1,2}\(?Unknown command`,
    '^Error input in the position marke[dt] by',
    String.raw`^%\s{0,2}(?:Incomplete command|You Need higher priority)`,
  ],
  beforeRefusal: [],
  renames: iosRenames,
  helpKey: '?',
  save: { send: 'write startup-config', in: 'privileged' },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
