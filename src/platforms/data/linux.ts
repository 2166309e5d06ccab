import type { Platform } from '../platform.js';
import { commonLogin, commonQuestions } from './common.js';

export const linux: Platform = {
  name: 'linux',
  title: 'Linux and other systems with a POSIX shell',
  verified: [{ by: 'device', what: 'bash over OpenSSH and over dropbear (Debian 12)' }],
  sources: ["bash's and dash's default prompts (Debian)", 'POSIX.1-2017, Shell: exit status texts of dash and bash'],
  // `dumb` keeps colours, bracketed paste and line redrawing out of the conversation.
  terminal: { type: 'dumb', columns: 511, rows: 24, newline: '\r' },
  modes: {
    shell: {
      prompt: String.raw`^(?:\([\w.-]+\) )?\[?(?:(?<user>[\w.-]+)@)?(?<host>[\w.-]+)(?:[: ][^#$%>]{0,200})?\]?[$#%>]$|^[$#%]$`,
      enter: [],
    },
  },
  login: commonLogin,
  prepare: [],
  pager: [
    { prompt: String.raw`^--More--(?:\(\d+%\))?$`, answer: ' ' },
    // less: it is left only where it says that the end is shown, or the answer would be cut.
    { prompt: String.raw`\(END\)(?: \(press h for help or q to quit\))?$`, answer: 'q', ambiguous: true },
    { prompt: String.raw`^(?:lines \d+-\d+.*|:|.*\(press h for help or q to quit\))$`, answer: ' ', ambiguous: true },
    { prompt: String.raw`(?:^- {2}\(press RETURN\)|^Press RETURN to continue ?)$`, answer: '\r', ambiguous: true },
  ],
  questions: [...commonQuestions, String.raw`^\[sudo\] password for \S+: ?$`],
  refusals: [
    String.raw`^(?:-?(?:ba|da|z|k|a)?sh: )(?:(?:line )?\d+: )?[^:]+: (?:command )?not found$`,
    String.raw`^(?:-?(?:ba|da|z|k|a)?sh: )(?:(?:line )?\d+: )?.*: (?:Permission denied|No such file or directory)$`,
    String.raw`^zsh: command not found: `,
  ],
  beforeRefusal: [],
  renames: [],
  unendedAnswers: true,
  exit: 'exit',
};
