import type { IosDevice, Visitor } from './device.js';
import type { Grammar } from './grammar.js';
import type { Tty } from './tty.js';

/** A configuration mode; the section that its lines belong to, or none for `config` itself. */
export interface ConfigMode {
  readonly name: string;
  readonly section: string | undefined;
  readonly grammar: Grammar<ConfigAction>;
  /** Where `exit` leads: undefined is exec. */
  readonly parent: ConfigMode | undefined;
}

/** One conversation, as the commands see it. */
export interface IosSession extends Visitor {
  readonly device: IosDevice;
  readonly tty: Tty;
  readonly history: readonly string[];
  privilege: 1 | 15;
  /** Undefined in exec mode. */
  mode: ConfigMode | undefined;
  /** Lines on a page; 0 turns paging off. */
  pageLength: number;
  /** What was set by a command and follows the client's window no more. */
  readonly fixed: Set<'length' | 'width'>;
  /** Set by a command that ends the conversation. */
  over: boolean;
}

/** What a parsed line brings to its command. */
export interface Call {
  /** The line as it was typed. */
  readonly line: string;
  /** The command with all its words in full. */
  readonly words: readonly string[];
  /** The parameters, in order. */
  readonly args: readonly string[];
}

/** The lines of an answer; none for a command that says nothing. */
export type Answer = readonly string[];
export type ExecAction = (session: IosSession, call: Call) => Answer | Promise<Answer>;

/** What a line does in a configuration mode. */
export type ConfigAction =
  /** It is kept in the configuration, in place of lines that begin with as many of its words as `key` says. */
  | { readonly kind: 'line'; readonly key: number; readonly check?: (args: readonly string[]) => string | undefined }
  /** It is on unless `no …` stands in the configuration. */
  | { readonly kind: 'default' }
  /** It enters another mode. */
  | { readonly kind: 'section'; readonly mode: string; readonly grammar: () => Grammar<ConfigAction> }
  | { readonly kind: 'run'; readonly run: ExecAction };

export const NOTHING: Answer = [];

/** Asks a question that one key answers; Enter and `y` are yes. */
export async function confirm(session: IosSession, question: string): Promise<boolean> {
  session.tty.print(`${question} [confirm]`);
  const key = await session.tty.readKey();
  const yes = key === '\r' || key === '\n' || key === 'y' || key === 'Y';
  session.tty.print(key === '\r' || key === '\n' ? '\r\n' : `${key < ' ' ? '' : key}\r\n`);
  return yes;
}

/** Asks for a line; an empty one is the default, and undefined means that it was given up with ^C. */
export async function ask(session: IosSession, question: string, byDefault: string): Promise<string | undefined> {
  const { line, end } = await session.tty.readLine({ prompt: `${question} [${byDefault}]? ` });
  if (end === 'abort') return undefined;
  return line.trim() === '' ? byDefault : line.trim();
}
