import type { Text } from './text-data.js';

/** What the device says about a line that it does not take. */
export interface RefusalData {
  /** The first word is none. */
  readonly unknown: Text;
  /** A later word is none; default as `unknown`. */
  readonly unexpected?: Text;
  /** The value is not what it must be; default as `unexpected`. */
  readonly value?: Text;
  readonly incomplete: Text;
  /** Default as `unknown`. */
  readonly ambiguous?: Text;
}

/** How typed characters come back. */
export interface EchoData {
  /**
   * `plain` (default); `twice`: the whole line again after Enter; `repainted`: prompt and line anew after each piece that
   * was typed; `scrolled`: as IOS shifts a line that reaches the margin.
   */
  readonly manner?: 'plain' | 'twice' | 'repainted' | 'scrolled';
  /** What a typed blank prints; default a blank. */
  readonly space?: string;
  /** A blank completes the word before it, as Junos does: the rest of the word is printed. */
  readonly completesOnSpace?: true;
  /** Printed before the echo of a line and after it, such as colours. */
  readonly before?: string;
  readonly after?: string;
  /** What Enter prints; default CR LF. */
  readonly enter?: string;
  /** What is printed where the echo reaches the last column, as readline's blank and carriage return; default nothing. */
  readonly margin?: string;
  /** Asked of the terminal before the first prompt, as ESC[6n; what the client answers is swallowed. */
  readonly query?: string;
}

export interface PagerData {
  readonly prompt: string;
  /** What takes the prompt away when a key was pressed: carriage return and blanks, backspaces, or ESC[K. */
  readonly erase: string;
  /** Keys that show the next page, the next line, all the rest, and nothing more; a key that is none of them is ignored. */
  readonly page?: readonly string[];
  readonly line?: readonly string[];
  readonly all?: readonly string[];
  readonly quit?: readonly string[];
  /** Lines on a page at login, the pager's own included; default as the client's window has. */
  readonly rows?: number;
}

/** What the help key does: it prints the words that may follow, and shows prompt and line again. */
export interface HelpData {
  readonly key: string;
  readonly title?: Text;
  /** A row, with `{word}` in it. */
  readonly row: string;
  readonly none: Text;
}
