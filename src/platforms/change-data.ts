import type { AnswerData } from './dialogue-data.js';

/** A command that does something to the device as a whole. */
export interface ActionData {
  readonly send: string;
  /** The mode in which it is typed; absent: that of rest in which the session is. */
  readonly in?: string;
  readonly answers?: readonly AnswerData[];
  /** A line that the answer must hold when it was done; absent: it was done when nothing was refused. */
  readonly done?: string;
  /** Lines anywhere in the answer that say that it was not done, beside the platform's refusals. */
  readonly refusals?: readonly string[];
}

/** How a candidate configuration is committed; typed in the mode of configuration unless an action says otherwise. */
export interface CommitData extends ActionData {
  /** The line with a comment; `{comment}` stands for it. */
  readonly comment?: string;
  /** The modes in which lines wait for it, where in others they take effect at once; absent: every mode of configuration. */
  readonly modes?: readonly string[];
  /** The line that commits only one's own part of a candidate that others write to; `{user}` stands for the name in the prompt. */
  readonly own?: string;
  /** The line that only checks the candidate. */
  readonly check?: ActionData;
  /** Drops the candidate. */
  readonly discard?: ActionData;
  /** What makes a plain commit stay, on a device that rolls every one back by itself unless it is confirmed. */
  readonly confirm?: ActionData;
  /** A commit that is rolled back by itself unless it is confirmed in time. */
  readonly confirmed?: ConfirmedData;
}

export interface ConfirmedData extends ActionData {
  /** The unit that the device counts in; `{time}` in the line stands for the number, `hh:mm:ss` for such a text. */
  readonly unit: 'seconds' | 'minutes' | 'hh:mm:ss';
  /** Makes the commit final. */
  readonly confirm: ActionData;
}

/** A configuration command that is followed by lines of free text, which the device takes without a prompt. */
export interface BlockData {
  /** The command; the group `delimiter` holds the text that ends the block, where the command chooses it. */
  readonly start: string;
  /** The text that ends it where the platform fixes it, as EOS's `EOF`. */
  readonly end?: string;
}

/** Virtual devices inside the device. `{name}` in a line stands for the name of one. */
export interface ContextData {
  /** What the vendor calls it: VDOM, context, vsys, logical system. */
  readonly title: string;
  /** The lines that lead into it from a mode of rest. */
  readonly enter: readonly string[];
  /** The lines that lead back. */
  readonly leave: readonly string[];
  readonly refusals?: readonly string[];
  /** How to see first whether there is one, where the lines that enter it would make one that is not there. */
  readonly exists?: ContextListData;
}

/** A harmless listing of the virtual devices that there are. */
export interface ContextListData {
  /** The lines that lead from a mode of rest to where it is typed. */
  readonly enter?: readonly string[];
  readonly send: string;
  /** The line of the answer that holds the name, in place of `{name}`. */
  readonly line: string;
  /** The lines that lead back. */
  readonly leave?: readonly string[];
}
