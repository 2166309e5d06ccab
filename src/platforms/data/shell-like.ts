import type { PagerData } from '../dialogue-data.js';
import type { TransitionData } from '../mode-data.js';
import { commonQuestions } from './common.js';

/** What less and more wait with: what pages on systems with a POSIX shell. */
export const shellPagers: readonly PagerData[] = [
  { prompt: String.raw`^--More--(?:\(\d+%\))?$`, answer: ' ' },
  // less: it is left only where it says that the end is shown, or the answer would be cut.
  { prompt: String.raw`\(END\)(?: \(press h for help or q to quit\))?$`, answer: 'q', ambiguous: true },
  { prompt: String.raw`^(?:lines \d+-\d+.*|:|.*\(press h for help or q to quit\))$`, answer: ' ', ambiguous: true },
  { prompt: String.raw`(?:^- {2}\(press RETURN\)|^Press RETURN to continue ?)$`, answer: '\r', ambiguous: true },
];

export const shellQuestions: readonly string[] = [...commonQuestions, String.raw`^\[sudo\] password for \S+: ?$`];

/** The errors of the shell itself; what a program says of its own troubles refuses nothing. */
export const shellRefusals: readonly string[] = [
  String.raw`^(?:-?(?:ba|da|z|k|a)?sh: )(?:(?:line )?\d+: )?[^:]+: (?:command )?not found$`,
  String.raw`^(?:-?(?:ba|da|z|k|a)?sh: )(?:(?:line )?\d+: )?.*: (?:Permission denied|No such file or directory)$`,
  String.raw`^zsh: command not found: `,
];

/** `sudo -s`, which asks for the user's own password unless it is remembered or not wanted. */
export const sudoShell: TransitionData = {
  from: 'shell',
  send: 'sudo -s',
  secretPrompt: String.raw`^\[sudo\] password for \S+: ?$`,
  refusals: [
    String.raw`^Sorry, (?:try again\.|user \S+ (?:is not allowed|may not))`,
    String.raw`^sudo: (?:\d+ incorrect password attempts?|a (?:terminal|password) is required)`,
    String.raw`^\S+ is not in the sudoers file`,
    String.raw`^(?:-?(?:ba|da|z|k|a)?sh: )(?:(?:line )?\d+: )?sudo: (?:command )?not found$`,
  ],
};

/** `su`, which asks for root's password. */
export const suShell: TransitionData = {
  from: 'shell',
  send: 'su',
  secretPrompt: String.raw`^Password: ?$`,
  refusals: [String.raw`^su: (?:Authentication failure|Permission denied|must be run from a terminal)`],
};

const NAMES = String.raw`(?:\([\w.-]+\) )?\[?(?:(?<user>[\w.-]+)@)?(?<host>[\w.-]+)(?:[: ][^#$%>]{0,200})?\]?`;

/** A shell's prompt as distributions set it: `user@host:~$`, `[user@host ~]$`, `host$` or the bare sign. */
export const shellPrompt = `^${NAMES}[$%>]$|^[$%]$`;

/** The same of root. */
export const rootPrompt = `^${NAMES}#$|^#$`;
