import type { Tty } from './tty.js';

const MORE = ' --More-- ';
const ERASED = `${'\b'.repeat(9)}${' '.repeat(8)}${'\b'.repeat(9)}`;

/** Prints lines a page at a time: a space shows the next page, Enter the next line, any other key is the end of it. */
export async function page(tty: Tty, lines: readonly string[], pageLength: number): Promise<void> {
  if (pageLength === 0) {
    if (lines.length > 0) tty.print(`${lines.join('\r\n')}\r\n`);
    return;
  }
  let room = pageLength - 1;
  for (const line of lines) {
    if (room <= 0) {
      tty.print(MORE);
      const key = await tty.readKey();
      tty.print(ERASED);
      if (key === ' ') room = pageLength - 1;
      else if (key === '\r' || key === '\n') room = 1;
      else return;
    }
    tty.print(`${line}\r\n`);
    room -= tty.columns === 0 ? 1 : Math.max(1, Math.ceil(line.length / tty.columns));
  }
}
