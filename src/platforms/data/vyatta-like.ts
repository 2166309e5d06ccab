import type { CommitData } from '../change-data.js';
import type { AboveData, TransitionData } from '../mode-data.js';

const AT_HOST = String.raw`(?<user>[\w.-]+)@(?<host>[A-Za-z0-9_][\w.-]{0,62})`;

/** Operational mode is bash with other words in it, so it shows a directory; operators have `>`. */
export const vyattaExec = String.raw`^${AT_HOST}(?::[^\s$#]{1,200}\$|>)$`;

export const vyattaConfig = `^${AT_HOST}#$`;

/** The level of the configuration tree, above each prompt of the configuration. */
export const vyattaEdit: AboveData = { line: String.raw`^\[edit(?: [^\]]{1,500})?\]$`, stands: 'always' };

export const vyattaConfigure: TransitionData = {
  from: 'exec',
  send: 'configure',
  refusals: [
    String.raw`^\s*Invalid command: \[`,
    '^(?:Configuration system (?:temporarily )?(?:is )?locked|Cannot (?:enter|setup))',
  ],
};

/** `exit` in a lower level only goes to the top, whatever stands behind it; the shell takes both on one line. */
export const vyattaLeave = { send: 'top; exit discard' };

export const vyattaRefusals: readonly string[] = [
  String.raw`^\s*(?:Invalid command|Ambiguous command|Incomplete command): `,
  String.raw`^\s*Configuration path: .{0,500} (?:is not valid|already exists|has already been set)`,
  String.raw`^\s*(?:The specified configuration node (?:is not valid|already exists)|Nothing to delete|Need to specify the config node)`,
  String.raw`^\s*(?:Set failed|Delete failed|Value validation failed|Non-existent path)`,
  String.raw`^\s*Error: .{0,300} (?:is not a valid|is not an? )`,
];

const FAILED: readonly string[] = [
  '^Commit failed',
  String.raw`^\[\[.{1,500}\]\] failed`,
  '^Failed to generate committed config',
];

/** A commit that is not confirmed ends in a reboot to the configuration that was saved last, on most releases. */
export const vyattaCommit: CommitData = {
  send: 'commit',
  comment: 'commit comment "{comment}"',
  refusals: FAILED,
  discard: { send: 'discard' },
  confirmed: {
    send: 'commit-confirm {time}',
    unit: 'minutes',
    // One key in the older form, a line in the newer.
    answers: [
      { prompt: String.raw`^Proceed ?\? \[confirm\] ?(?:\[y\])? ?$`, answer: 'y' },
      { prompt: String.raw`^Proceed ?\? \[Y/n\] ?$`, answer: 'y\r' },
    ],
    refusals: [...FAILED, '^Another confirm is pending', '^commit-confirm cancell?ed'],
    confirm: { send: 'confirm' },
  },
};

/** Statements: each keeps the mode, whatever it says. */
export const vyattaAhead: readonly string[] = [String.raw`^\s*(?:set|delete) \S`];
