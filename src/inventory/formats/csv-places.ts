/** A value of a table, and where it stands. */
export interface Cell {
  readonly text: string;
  readonly at: number;
}

/** Where the values of a row begin, and where the next row does. */
export interface RowPlaces {
  readonly starts: readonly number[];
  readonly end: number;
}

/** Finds the values of the next row of a table that was parsed: the parser tells what they are, and not where. */
export function nextRow(text: string, from: number, delimiter: string): RowPlaces {
  const starts: number[] = [];
  let position = rowStart(text, from);
  for (;;) {
    const start = skipSpaces(text, position, delimiter);
    starts.push(start);
    position = text[start] === '"' ? afterQuoted(text, start) : start;
    while (position < text.length && !isEnd(text[position]) && text[position] !== delimiter) position += 1;
    if (text[position] !== delimiter) break;
    position += 1;
  }
  if (text[position] === '\r') position += 1;
  return { starts, end: text[position] === '\n' ? position + 1 : position };
}

/** Empty lines and comments are no rows. */
function rowStart(text: string, from: number): number {
  const nothing = /(?:[^\S\n]*(?:#[^\n]*)?\n)*/y;
  nothing.lastIndex = from;
  return from + (nothing.exec(text)?.[0].length ?? 0);
}

const isEnd = (character: string | undefined): boolean => character === '\n' || character === '\r';

function skipSpaces(text: string, from: number, delimiter: string): number {
  let position = from;
  while ((text[position] === ' ' || text[position] === '\t') && text[position] !== delimiter) position += 1;
  return position;
}

/** Where the first quote opens that is never closed; undefined where all are. */
export function openQuote(text: string, from: number, delimiter: string): number | undefined {
  for (let position = from; position < text.length; ) {
    const { starts, end } = nextRow(text, position, delimiter);
    const last = starts.at(-1) ?? end;
    if (text[last] === '"' && end === text.length && !isClosed(text, last)) return last;
    if (end <= position) return undefined;
    position = end;
  }
  return undefined;
}

function isClosed(text: string, start: number): boolean {
  const end = afterQuoted(text, start);
  return end - start > 1 && text[end - 1] === '"' && /(?:^|[^"])(?:"")*"$/.test(text.slice(start + 1, end));
}

function afterQuoted(text: string, start: number): number {
  let position = start + 1;
  for (;;) {
    const quote = text.indexOf('"', position);
    if (quote === -1) return text.length;
    if (text[quote + 1] !== '"') return quote + 1;
    position = quote + 2;
  }
}
