import { clean } from './clean.js';

/** Returns lines of a table, each column as wide as its widest cell; `numbers` are the columns that stand at the right. */
export function table(
  lines: readonly (readonly string[])[],
  { numbers = [] }: { readonly numbers?: readonly number[] } = {},
): string {
  const shown = lines.map((line) => line.map((cell) => clean(cell).replaceAll(/[\t\n]/g, ' ')));
  const widths: number[] = [];
  for (const line of shown) {
    for (const [at, cell] of line.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  const padded = (cell: string, at: number): string =>
    numbers.includes(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
  return shown.map((line) => `${line.map(padded).join('  ').trimEnd()}\n`).join('');
}
