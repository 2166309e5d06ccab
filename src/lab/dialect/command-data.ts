import type { Text } from './text-data.js';

/**
 * One command of a mode.
 *
 * `line` is how it is typed: words with one blank between them. `a|b` is either word, `[word]` may be left out, `{name}`
 * is one word of the user's, `{name...}` the rest of the line, `{n:1-4094}` a number in that range, `{a:ip}` an IPv4
 * address, `{m:mask}` a mask, `{p:prefix}` an address with `/length`, `{t:clock}` a time as hh:mm:ss, `{x:up|down}` one of these words, `name={name}` a word that begins so. What was typed
 * for a name can be printed with it. Where two commands fit, the first in the list wins, and one whose `when` does not
 * hold is passed over.
 */
export interface CommandData {
  readonly line: string | readonly string[];
  readonly when?: Condition | readonly Condition[];
  /** Printed before the questions. */
  readonly says?: Text;
  /** Asked in this order; an answer that `stops` ends the command. */
  readonly asks?: readonly QuestionData[];
  readonly does?: Action | readonly Action[];
  /** Printed when everything is done, through the pager. */
  readonly prints?: Text;
  /** `never` goes past the pager, `always` pages even where it is turned off. */
  readonly paged?: 'never' | 'always';
  /** The time that it takes beside the device's own, in ms. */
  readonly takesMs?: number;
}

/**
 * What must be so for a command to be there: changes not committed, nothing to commit, changes not saved, a commit that
 * waits for its confirmation, a candidate that nobody else sees or changes, a section of the configuration entered, another user's lock on the configuration.
 */
export type Condition =
  | 'uncommitted'
  | 'committed'
  | 'unsaved'
  | 'saved'
  | 'confirming'
  | 'own candidate'
  | 'in section'
  | 'not in section'
  | 'locked';

/** A question of the device. */
export interface QuestionData {
  /** The cursor waits behind it. */
  readonly asks: Text;
  /** One key answers it, without Enter. */
  readonly key?: true;
  /** What is typed is not shown; or shown as this character. */
  readonly hidden?: true | string;
  /** The answer must be the user's name, password or enable secret; where there is no secret, nothing is asked. */
  readonly takes?: 'username' | 'password' | 'secret';
  /** What is printed when it is not; asked again until it was asked `tries` times (default 3). */
  readonly wrong?: Text;
  readonly tries?: number;
  /**
   * By what was typed, in lower case: '' is Enter alone, '*' anything else. Without '*' an answer that is not here is
   * asked again; without `answers` any text will do.
   */
  readonly answers?: Readonly<Record<string, AnswerData>>;
  /** The name under which the answer can be printed. */
  readonly as?: string;
}

export interface AnswerData {
  readonly says?: Text;
  readonly does?: Action | readonly Action[];
  /** The command ends here, and nothing else of it is done. */
  readonly stops?: true;
  /** It is asked again. */
  readonly again?: true;
}

/**
 * What a command does, besides printing.
 * - `logout` ends the session.
 * - `leave` goes back to the mode from which this one was entered, `rest` to the first of them; `up` leaves the innermost
 *   section that was entered or, outside of any, the mode; `level` goes one level of the configuration up; `top` leaves
 *   all sections.
 * - `set`, `delete`, `edit` take the rest of the line (a parameter called `statement`) as a statement of the
 *   configuration: put it in, take it out, enter it as a section.
 * - `commit`, `check` (which a statement with `refusedAtCommit` fails), `confirm` (a commit that waits), `discard`,
 *   `rollback` (a commit that waits), `save`: what they say.
 */
export type Action =
  | 'logout'
  | 'leave'
  | 'rest'
  | 'up'
  | 'level'
  | 'top'
  | 'set'
  | 'delete'
  | 'edit'
  | 'commit'
  | 'check'
  | 'confirm'
  | 'discard'
  | 'rollback'
  | 'save'
  /** Replaces the mode by another one; `exit` in it leads where it led before. */
  | { readonly go: string }
  /** Enters a mode, from which `leave` leads back. */
  | { readonly enter: string; readonly candidate?: 'shared' | 'private' | 'exclusive' }
  /** Enters a section of the configuration, whatever the user typed: `{name}` may stand in it. */
  | { readonly section: string }
  /** Leaves the sections that were entered, up to and with the innermost whose line begins with this word. */
  | { readonly leaveSection: string }
  /** Takes out of the configuration what begins so; `{name}` may stand in it. */
  | { readonly takeOut: string }
  /** Sets the page length in lines, 0 turns the pager off: a number, or `{name}` of what was typed. */
  | { readonly pageLength: number | string }
  | { readonly width: number | string }
  /** Turns the stamp above each answer on and off. */
  | { readonly stamp: 'on' | 'off' }
  /** Turns completion on space on and off. */
  | { readonly completion: 'on' | 'off' }
  /** Commits, and takes it back unless it is confirmed in time. `{name}` or a number, in the unit given (ms each), or hh:mm:ss. */
  | { readonly commitFor: number | string; readonly unitMs: number }
  /** Goes into a virtual device: `{name}` of what was typed; '' is the device itself. */
  | { readonly context: string }
  /** Sets a text that prompts and answers may hold: one of `variables`. */
  | { readonly variable: string; readonly to: string };
