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
