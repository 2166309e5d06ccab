import { RollcallError, registerErrorClass } from '../base/index.js';

/** One thing that is wrong in an inventory; line and column count from 1, and a file that cannot be read has none. */
export interface InventoryProblem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

const MOST_SHOWN = 20;

/** An inventory cannot be used: `problems` has everything that is wrong in it, and the message the first twenty. */
export class InventoryError extends RollcallError {
  readonly problems: readonly InventoryProblem[];

  constructor(problems: readonly InventoryProblem[]) {
    super('bad_inventory', messageOf(problems));
    this.problems = problems;
  }
}

registerErrorClass(InventoryError, 'InventoryError');

function messageOf(problems: readonly InventoryProblem[]): string {
  const lines = problems.slice(0, MOST_SHOWN).map(({ file, line, column, message }) => {
    const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
    return `${place}: ${message}`;
  });
  if (problems.length > MOST_SHOWN) lines.push(`and ${problems.length - MOST_SHOWN} more`);
  return lines.join('\n');
}

const LONGEST_QUOTE = 60;

/** Returns a text of a file in double quotes, cut where it is long, with nothing in it that a terminal would obey. */
export function quote(text: string): string {
  const cut = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  const escaped = (char: string): string => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  return JSON.stringify(cut).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped);
}
