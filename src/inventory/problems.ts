import type { InventoryProblem } from './errors.js';

/** Collects what is wrong in the texts of an inventory, by offsets that count through all of them. */
export interface Problems {
  readonly found: readonly InventoryProblem[];
  /** Takes a further text, and returns the offset of its beginning: what its own offsets are counted from. */
  addText(file: string, text: string): number;
  /** Takes a value of a program, whose places have a path (`devices[3].port`) and no line; returns what they count from. */
  addValue(file: string, pathOf: (place: number) => string): number;
  /** Says of the text at an offset that what messages quote of it may be a secret that slipped: it is not shown. */
  guard(offset: number): void;
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
  /** Of a place in a program's value, which has no line. */
  readonly path?: string;
}

interface Text {
  readonly file: string;
  readonly base: number;
  readonly starts: readonly number[];
  readonly pathOf?: (place: number) => string;
  guarded?: true;
}

/** How many places a program's value can have. */
const MOST_PLACES = 2 ** 40;

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
  const addValue = (file: string, pathOf: (place: number) => string): number => {
    const base = end;
    texts.push({ file, base, starts: [0], pathOf });
    end += MOST_PLACES;
    return base;
  };
  const textAt = (offset: number): Text | undefined => texts[lastAtMost(texts, offset, ({ base }) => base)];
  const guard = (offset: number): void => {
    const text = textAt(offset);
    if (text !== undefined) text.guarded = true;
  };
  const placeAt = (offset: number): Place => {
    const text = textAt(offset);
    if (text === undefined) return { file: 'inventory', line: 1, column: 1 };
    const within = offset - text.base;
    if (text.pathOf !== undefined) return { file: text.file, line: 1, column: 1, path: text.pathOf(within) };
    const index = lastAtMost(text.starts, within, (start) => start);
    return { file: text.file, line: index + 1, column: within - (text.starts[index] ?? 0) + 1 };
  };
  const report = (offset: number, said: string): void => {
    const message = textAt(offset)?.guarded ? said.replace(/"(?:[^"\\]|\\.)*"/g, '"…"') : said;
    const key = `${offset} ${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    const { path, ...place } = placeAt(offset);
    if (path === undefined) found.push({ ...place, message });
    else found.push({ file: place.file, message: path === '' ? message : `${path}: ${message}` });
  };
  const lineFrom = (offset: number, other: number): string => {
    const { file, line, path } = placeAt(offset);
    const shown = path ?? `line ${line}`;
    return file === placeAt(other).file ? shown : `${shown} of ${file}`;
  };
  return { found, addText, addValue, guard, report, placeAt, lineFrom };
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
