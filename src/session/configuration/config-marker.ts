import type { Exchange } from '../line/exchange.js';

/** The line of the `^` stands right below the echo. */
const NEAR_ECHO = 3;

/**
 * Returns the column of the line, counted from 1, that the device points at with a `^`; undefined where it points
 * nowhere in it. The mark stands below the echo, so that what stands before the line there is the prompt.
 */
export function markedColumn({ prompt, sent, lines }: Exchange, terminalColumns: number): number | undefined {
  // A line that was scrolled does not stand where it was typed.
  if (prompt.length + sent.length >= terminalColumns) return undefined;
  const marker = lines.slice(0, NEAR_ECHO).find((line) => /^\s*\^\s*$/.test(line));
  if (marker === undefined) return undefined;
  const at = marker.indexOf('^') - prompt.length;
  return at >= 0 && at <= sent.length ? at + 1 : undefined;
}
