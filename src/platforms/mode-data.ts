import type { AnswerData } from './dialogue-data.js';

/**
 * One mode of a command line. The names are everywhere the same where the mode is: `exec`, `privileged`, `config`,
 * `config-exclusive`, `config-private`, `shell`, `root-shell`, `tcl`, `admin`, `maintenance`.
 */
export interface ModeData {
  /**
   * The prompt, whole, without trailing spaces; the group `host` is the device's name, `user` that of the one who is
   * logged in, `context` that of the virtual device. What changes from prompt to prompt (a counter, a mark of unsaved
   * changes, a high-availability role) stands outside these groups. A mode whose prompt has no host in it is recognised
   * by the exact text that was first seen in that mode.
   */
  readonly prompt: string;
  /** A line of its own right above the prompt that belongs to it, as Junos's `[edit]`: it is no part of the answer. */
  readonly above?: AboveData;
  /** The length that the host name is cut to in this mode's prompt. */
  readonly hostLimit?: number;
  /**
   * What parts the host name from the name of a view behind it, where names may hold it too, as in `[R1-GE0/0/1]`: the
   * group `host` then holds both, and is this device's when it is the learned name or begins with it and this text.
   */
  readonly viewSeparator?: string;
  /** The ways into this mode, the usual one first. */
  readonly enter: readonly TransitionData[];
  /** The way back to a mode of rest, where this is none. */
  readonly leave?: LeaveData;
}

export interface AboveData {
  readonly line: string;
  /** `always`: the prompt is none without that line, which tells modes apart whose last lines are the same. */
  readonly stands: 'always' | 'sometimes';
}

export interface TransitionData {
  readonly from: string;
  /** What this way is called where several lead into the mode and the prompt does not tell them apart: `exclusive`, `private`, `shared`. */
  readonly variant?: string;
  readonly send: string;
  /** Set where the device asks for a secret on the way; it is sent only after this prompt was seen. */
  readonly secretPrompt?: string;
  /** Set where the device asks for a user name before the secret. */
  readonly usernamePrompt?: string;
  /** Other questions on the way, and their answers. */
  readonly answers?: readonly AnswerData[];
  /** What the device prints when it refuses the way. */
  readonly refusals: readonly string[];
}

export interface LeaveData {
  readonly send: string;
  /** The line that leaves without what was not applied yet, sent instead after a line was refused. */
  readonly abandon?: string;
  /** Questions on the way: what asks whether to keep uncommitted changes is answered so that they are dropped. */
  readonly answers?: readonly AnswerData[];
}
