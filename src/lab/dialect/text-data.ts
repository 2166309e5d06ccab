/**
 * Words that a device prints: one line, several in one string with `\n` between them, or a list of lines. `{name}` in
 * it stands for a value: see `Dialect` for the names. Braces around anything else stay as they are.
 */
export type Text = string | readonly (string | RepeatData | EachData)[];

/** A text whose lines do not depend on the configuration. */
export type PlainText = string | readonly (string | RepeatData)[];

/** One line for each entry of a section of the running configuration, with what `{name}` stands for in its line. */
export interface EachData {
  /** The line of the section, one of the outermost. */
  readonly each: string;
  /** `{i}` counts from 0. */
  readonly line: string;
}

/** The same line many times, with `{i}` counting from 1: what makes an answer longer than a page. */
export interface RepeatData {
  readonly repeat: number;
  readonly line: string;
}
