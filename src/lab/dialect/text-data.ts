/**
 * Words that a device prints: one line, several in one string with `\n` between them, or a list of lines. `{name}` in
 * it stands for a value: see `Dialect` for the names. Braces around anything else stay as they are.
 */
export type Text = string | readonly (string | RepeatData)[];

/** The same line many times, with `{i}` counting from 1: what makes an answer longer than a page. */
export interface RepeatData {
  readonly repeat: number;
  readonly line: string;
}
