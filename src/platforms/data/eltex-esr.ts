import type { PlatformCases } from '../cases.js';
import type { Platform } from '../platform.js';
import { iosHost, iosLogin, iosQuestions, iosRenames } from './ios-like.js';
import { iosModes } from './ios-modes.js';
import { showReadOnly } from './read-only-like.js';

const cases: PlatformCases = {
  prompts: {
    exec: ['esr-200>', 'vesr>'],
    privileged: ['vesr#', 'ESR-1000.example.net#', `${'e'.repeat(63)}#`],
    config: ['vesr(config)#', 'vesr(config-syslog-host)#', 'esr-21(config-voip-sip-proxy)#', 'esr-1700(config-if-gi)#'],
    'change-expired-password': ['vesr(change-expired-password)#'],
    debug: ['S1(debug)#'],
  },
  noPrompts: ['vesr(config)', 'More? Enter - next line; Space - next page; Q - quit; R - show the rest.', '#'],
  refused: [
    { answer: ['Syntax error: Unknown command'], line: 'Syntax error: Unknown command' },
    { answer: ['              ^', 'Syntax error: Illegal parameter'], line: 'Syntax error: Illegal parameter' },
    { answer: ['% Unrecognized command'], line: '% Unrecognized command' },
    { answer: ["Can't commit configuration"], line: "Can't commit configuration" },
    { answer: ['Nothing to confirm in configuration'], line: 'Nothing to confirm in configuration' },
  ],
  notRefused: [
    ['2026-01-05T10:00:00+00:00 %CLI-I-CRIT: user admin, Syntax error: Unknown command'],
    ['Total errors: 0'],
  ],
  pagers: [
    'More: <space>,  Quit: q, One line: <return>',
    'More? Enter - next line; Space - next page; Q - quit; R - show the rest.',
  ],
  questions: ['Do you really want to reload system? (y/N): '],
  renames: { 'hostname S1': 'S1' },
  transcripts: [
    {
      title: 'nothing to confirm',
      before: 'vesr# ',
      command: 'confirm',
      received: 'confirm\r\nNothing to confirm in configuration\r\nvesr# ',
      output: 'Nothing to confirm in configuration',
      mode: 'privileged',
      refusal: 'Nothing to confirm in configuration',
    },
  ],
};

const base = iosModes({ configure: 'configure', submode: String.raw`config[^)]*` });

export const eltexEsr: Platform = {
  name: 'eltex_esr',
  title: 'Eltex ESR and vESR',
  verified: [
    {
      by: 'documentation',
      what: 'docs.eltex-co.ru/ede/voip-management-380863725.html, VoIP management (ESR): prompts of configuration modes',
    },
  ],
  sources: [
    'https://docs.eltex-co.ru/ede/voip-management-380863725.html (prompts)',
    'netmiko eltex_esr_ssh.py (commit, confirm)',
    'NOC profile Eltex.ESR (pagers, questions)',
    'published laboratory works with vESR (change-expired-password, debug, commit confirm-timeout 120-86400)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    ...base,
    // A password that has expired, as the first one has, must be set before anything else: a person's decision.
    'change-expired-password': { prompt: String.raw`^${iosHost}\(change-expired-password\)#$`, enter: [] },
    debug: {
      prompt: String.raw`^${iosHost}\(debug\)#$`,
      enter: [{ from: 'privileged', send: 'debug', refusals: [] }],
      leave: { send: 'exit' },
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal datadump' }],
  pager: [
    { prompt: String.raw`^More: <space>, {1,2}Quit: q(?: or CTRL\+Z)?, One line: <return>$`, answer: ' ' },
    { prompt: String.raw`^More\? Enter - next line; Space - next page; Q - quit; R - show the rest\.?$`, answer: 'r' },
  ],
  questions: [...iosQuestions, String.raw`\[Yes/press any key for no\]`],
  refusals: [
    '^Syntax error: ',
    '^% (?:Unrecognized command|Incomplete command|Wrong number of parameters)',
    "^(?:Can't commit configuration|Nothing to confirm in configuration|Can't find backup of previous configuration)",
  ],
  beforeRefusal: [],
  // The prompt shows the new name after the commit.
  renames: iosRenames,
  helpKey: '?',
  // Lines make a candidate. Every commit is taken back by itself, after ten minutes unless it says otherwise, until it is
  // confirmed; both are typed outside of the mode of configuration.
  commit: {
    send: 'commit',
    in: 'privileged',
    comment: 'commit comment {comment}',
    refusals: ["^Can't commit configuration"],
    confirm: { send: 'confirm', in: 'privileged', refusals: ['^Nothing to confirm'] },
    confirmed: {
      send: 'commit confirm-timeout {time}',
      in: 'privileged',
      unit: 'seconds',
      refusals: ["^Can't commit configuration"],
      confirm: { send: 'confirm', in: 'privileged', refusals: ['^Nothing to confirm'] },
    },
  },
  readOnly: showReadOnly,
  exit: 'exit',
  cases,
};
