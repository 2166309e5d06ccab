import type { InventoryProblem } from './errors.js';

/** Collects what is wrong in the texts of an inventory, by offsets that count through all of them. */
export interface Problems {
  readonly found: readonly InventoryProblem[];
  /** Takes a further text, and returns the offset of its beginning: what its own offsets are counted from. */
  addText(file: string, text: string): number;
  report(offset: number, message: string): void;
  /** The file of an offset, and the line in it, from 1. */
  placeAt(offset: number): Place;
  /** The line of an offset in words, for a message about another one: `line 5`, or `line 5 of groups.yaml`. */
  lineFrom(offset: number, other: number): string;
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Text {
  readonly file: string;
  readonly base: number;
  readonly starts: readonly number[];
}

/** Returns a collector; the same problem at the same place (a value shared by many devices) counts once. */
export function collectProblems(): Problems {
  const texts: Text[] = [];
  const seen = new Set<string>();
  const found: InventoryProblem[] = [];
  let end = 0;

  const addText = (file: string, text: string): number => {
    const base = end;
    texts.push({ file, base, starts: lineStarts(text) });
    // One more than its length: an error may stand behind the last character.
    end += text.length + 1;
    return base;
  };
  const placeAt = (offset: number): Place => {
    const text = texts[lastAtMost(texts, offset, ({ base }) => base)];
    if (text === undefined) return { file: 'inventory', line: 1, column: 1 };
    const within = offset - text.base;
    const index = lastAtMost(text.starts, within, (start) => start);
    return { file: text.file, line: index + 1, column: within - (text.starts[index] ?? 0) + 1 };
  };
  const report = (offset: number, message: string): void => {
    const key = `${offset} ${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push({ ...placeAt(offset), message });
  };
  const lineFrom = (offset: number, other: number): string => {
    const { file, line } = placeAt(offset);
    return file === placeAt(other).file ? `line ${line}` : `line ${line} of ${file}`;
  };
  return { found, addText, report, placeAt, lineFrom };
}

/** The index of the last item whose number is at most that; 0 when there is none. */
function lastAtMost<T>(items: readonly T[], limit: number, numberOf: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && numberOf(item) <= limit) low = middle;
    else high = middle;
  }
  return low;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
