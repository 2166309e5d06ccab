import type { InventoryProblem } from './errors.js';

/** Collects what is wrong in one text, by its offset in it. */
export interface Problems {
  readonly found: readonly InventoryProblem[];
  report(offset: number, message: string): void;
  /** The line of an offset, from 1. */
  lineAt(offset: number): number;
}

/** Returns a collector for a text; the same problem at the same place (a value shared by many devices) counts once. */
export function collectProblems(file: string, text: string): Problems {
  const starts = lineStarts(text);
  const seen = new Set<string>();
  const found: InventoryProblem[] = [];
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const report = (offset: number, message: string): void => {
    const key = `${offset} ${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    const at = lineAt(offset);
    found.push({ file, line: at, column: offset - (starts[at - 1] ?? 0) + 1, message });
  };
  return { found, report, lineAt };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
