import type { CommitData } from '../change-data.js';
import type { LeaveData } from '../mode-data.js';
import { commonQuestions } from './common.js';

/** Errors of command lines made with ConfD (Cisco style). */
export const confdRefusals: readonly string[] = [
  String.raw`^syntax error: `,
  String.raw`^Aborted: `,
  String.raw`^Error: `,
];

/** ConfD draws a line of dashes up to the mark of the trouble. */
export const confdMarker: readonly string[] = [String.raw`^-*\^ *$`];

export const confdQuestions: readonly string[] = [
  ...commonQuestions,
  String.raw`\[(?:yes,no|no,yes)\] ?$`,
  // It asks for values that must be there.
  String.raw`^Value for '[^']{1,80}' .{0,120}: ?$`,
];

/** Leaves the mode of configuration without what was not committed. */
export const confdEnd: LeaveData = {
  send: 'end',
  answers: [{ prompt: String.raw`^Uncommitted changes found, commit them\? \[yes/no/CANCEL\] ?$`, answer: 'no\r' }],
};

export const confdCommit: CommitData = {
  send: 'commit',
  // A warning is for the caller to read: nothing is committed on top of it.
  answers: [{ prompt: String.raw`^Proceed\? \[yes,no\] ?$`, answer: 'no\r' }],
  refusals: [String.raw`^The following warnings were generated`],
  done: String.raw`^(?:Commit complete\.|% No modifications to commit\.)`,
  discard: { send: 'abort' },
};
