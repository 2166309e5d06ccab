import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import type * as CsvSync from 'csv-parse/sync';
import { ownPlatform } from '../foreign-platforms.js';
import type { Entry, TreeNode } from '../node.js';
import type { NameAt, RawDevice, RawGroup, RawInventory } from '../raw.js';
import { type Column, columnsOf } from './csv-columns.js';
import { type Cell, nextRow, openQuote } from './csv-places.js';
import type { SourceText, Telling } from './format.js';
import { entryOf, jsonNode, textNode } from './nodes.js';

// Loaded when the first file of that kind is read.
const require = createRequire(import.meta.url);
const csv = (): typeof CsvSync => require('csv-parse/sync') as typeof CsvSync;

const HIDDEN = /pass|secret|key|token|credential/i;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Reads devices from a table: a header row that names keys, then a row for each device. Other columns become data, and
 * `groups` holds names with spaces or semicolons between them.
 */
export function readCsv(source: SourceText, telling: Telling): RawInventory {
  const { problems } = telling;
  const delimiter = delimiterOf(source.text);
  const rows = parse(source, delimiter, telling);
  const [header, ...records] = rows ?? [];
  if (rows === undefined || header === undefined) return { groups: [], devices: [] };
  const columns = columnsOf(header, telling);
  // A comma too much moves a password under the name of another column.
  if (columns.some(({ key }) => HIDDEN.test(key))) problems.guard(source.base);
  const groups = new Map<string, RawGroup>();
  const devices: RawDevice[] = [];
  for (const cells of records) {
    // Below a table a spreadsheet leaves rows of nothing but delimiters.
    if (cells.every(({ text }) => text === '')) continue;
    const at = cells[0]?.at ?? source.base;
    if (cells.length === columns.length) devices.push(deviceOf(cells, columns, groups));
    else
      problems.report(
        at,
        `${cells.length} values in this row, and ${columns.length} in the header: a value that holds the delimiter must be in quotes`,
      );
  }
  return { groups: [...groups.values()], devices };
}

/** The one that the header has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const header = /^(?:\ufeff)?(?:\s*(?:#.*)?\r?\n)*(.*)/.exec(text)?.[1]?.replace(/"[^"]*"/g, '') ?? '';
  const count = (one: string): number => header.split(one).length - 1;
  return DELIMITERS.reduce((best: string, one) => (count(one) > count(best) ? one : best), ',');
}

function parse({ text, base }: SourceText, delimiter: string, { problems }: Telling): Cell[][] | undefined {
  const options = {
    delimiter,
    bom: true,
    comment: '#',
    comment_no_infix: true,
    relax_column_count: true,
    skip_empty_lines: true,
  };
  let values: readonly (readonly string[])[];
  try {
    values = csv().parse(text, { ...options, trim: true });
  } catch (error) {
    const { code, lines } = error as { readonly code?: string; readonly lines?: number };
    if (code === undefined) throw error;
    const unclosed = code === 'CSV_QUOTE_NOT_CLOSED' ? openQuote(text, firstRow(text), delimiter) : undefined;
    problems.report(
      base + (unclosed ?? lineStart(text, lines ?? 1)),
      `not valid CSV: ${SYNTAX.get(code) ?? code.toLowerCase().replaceAll('_', ' ')}`,
    );
    return undefined;
  }
  let position = firstRow(text);
  return values.map((row) => {
    const places = nextRow(text, position, delimiter);
    position = places.end;
    return row.map((value, index) => ({ text: value, at: base + (places.starts[index] ?? places.starts[0] ?? 0) }));
  });
}

const firstRow = (text: string): number => (text.startsWith('\ufeff') ? 1 : 0);

/** Without a piece of the file: a broken line may be the one with the password. */
const SYNTAX: ReadonlyMap<string, string> = new Map([
  ['CSV_QUOTE_NOT_CLOSED', 'a quote (") opens here that is never closed'],
  ['CSV_INVALID_CLOSING_QUOTE', 'a quote (") stands inside a value; in a value in quotes it is written twice ("")'],
  [
    'INVALID_OPENING_QUOTE',
    'a quote (") stands inside a value; put the whole value in quotes and write the quote twice ("")',
  ],
]);

function lineStart(text: string, line: number): number {
  let at = 0;
  for (let left = line; left > 1; left -= 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) return at;
    at = next + 1;
  }
  return at;
}

function deviceOf(cells: readonly Cell[], columns: readonly Column[], groups: Map<string, RawGroup>): RawDevice {
  const entries: Entry[] = [];
  const data: Entry[] = [];
  const inGroups: NameAt[] = [];
  for (const [index, { text, at }] of cells.entries()) {
    const column = columns[index];
    if (column === undefined || text === '') continue;
    if (column.kind === 'groups') inGroups.push(...groupsIn({ text, at }, groups));
    else if (column.kind === 'data') data.push(entryOf(column.key, dataNode(text, at)));
    else entries.push(entryOf(column.key, textNode(cellText(column, text), at)));
  }
  const device = { at: cells[0]?.at ?? 0, entries, groups: inGroups };
  return data.length === 0 ? device : { ...device, data };
}

/** What data a cell is: a list or mapping of JSON, a number or truth value, or text; leading zeros are text. */
function dataNode(text: string, at: number): TreeNode {
  const value = /^[[{]/.test(text) ? jsonOf(text) : undefined;
  return value === undefined ? textNode(text, at, !/^[-+]?0\d/.test(text)) : jsonNode(value, at);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Platforms have other tools' names, and NetBox writes addresses with the length of their prefix. */
function cellText({ key }: Column, text: string): string {
  if (key === 'device_type' || key === 'platform') return ownPlatform(text);
  if (key !== 'host' && key !== 'ip') return text;
  const [, address = ''] = /^([\da-f.:]+)\/\d{1,3}$/i.exec(text) ?? [];
  return isIP(address) === 0 ? text : address;
}

function groupsIn({ text, at }: Cell, groups: Map<string, RawGroup>): readonly NameAt[] {
  const names = new Set(text.split(/[;,\s]+/).filter((name) => name !== ''));
  for (const name of names) if (!groups.has(name)) groups.set(name, { name, at, parents: [], entries: [] });
  return [...names].map((name) => ({ name, at }));
}
