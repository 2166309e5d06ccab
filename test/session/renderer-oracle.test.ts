import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Renderer } from '#dist/session/line/renderer.js';

/*
 * The renderer against a whole terminal: the same lines for everything that it claims to follow. What is left out, and why:
 *
 * - moving between rows (CUU, CUD, CUP, IL, ED 1 and 2, scrolling regions): the renderer knows lines and no screen; of
 *   CUP it takes the column, of IL the line end, for devices that only ever write on the last row;
 * - LF alone: a device's tty sends CR LF, so the renderer goes to the first column as well (here: `convertEol`);
 * - blanks at the end of a line: a terminal does not tell those that were printed from those that were never there;
 * - erasing on a row that goes on the one above: xterm then takes it for a line of its own;
 * - characters of two columns, and those of none: the renderer counts one for each, as devices' line editors do.
 */
const ROWS = 60;

async function onTerminal(text: string, cols: number): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols, rows: ROWS, scrollback: 1000, convertEol: true, allowProposedApi: true });
  await new Promise<void>((written) => terminal.write(text, written));
  const { active } = terminal.buffer;
  const lines: string[] = [];
  for (let row = 0; row <= active.baseY + active.cursorY; row++) {
    const line = active.getLine(row);
    const shown = line?.translateToString(false) ?? '';
    if (line?.isWrapped === true && lines.length > 0) lines[lines.length - 1] += shown;
    else lines.push(shown);
  }
  terminal.dispose();
  return lines.map((line) => line.trimEnd());
}

function rendered(text: string, cols: number): string[] {
  const lines: string[] = [];
  const renderer = new Renderer(cols, (line) => lines.push(line));
  renderer.write(text);
  return [...lines, renderer.line].map((line) => line.trimEnd());
}

const ESC = '\u001b';
const csi = (finals: string, most: number): string[] =>
  [...finals].flatMap((final) => [`${ESC}[${final}`, ...[1, 2, most].map((count) => `${ESC}[${count}${final}`)]);

const TEXT = ['a', 'bc', 'R1#', 'sho', ' ', '  ', '#', 'é', 'Ж'];
const MOVES = ['\r', '\b', '\b\b\b', '\t', ...csi('CD', 4), ...csi('G', 7)];
const ERASURES = ['K', '0K', '1K', '2K', 'J', '0J'].map((end) => `${ESC}[${end}`);
const EDITS = csi('P@X', 3);
const UNSEEN = [
  '\u0007',
  '\u0000',
  '\r\u0000',
  `${ESC}[1;31m`,
  `${ESC}[?2004h`,
  `${ESC}]0;title\u0007`,
  `${ESC}(B`,
  `${ESC}=`,
  `${ESC}[6n`,
];
const ENDS = ['\r\n', '\n', '\r\r\n', `${ESC}E`];

const lineOf = (words: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...words), { maxLength }).map((parts) => parts.join(''));

const streamOf = (line: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(line, fc.constantFrom(...ENDS)), { maxLength: 6 })
    .chain((ended) => line.map((last) => ended.map(([text, end]) => text + end).join('') + last));

/** fast-check tells the seed of a failure; `seed` and `path` in its options show it again. */
async function holds(stream: fc.Arbitrary<string>, widths: readonly number[]): Promise<void> {
  await fc.assert(
    fc.asyncProperty(stream, fc.constantFrom(...widths), async (text, cols) => {
      expect(rendered(text, cols)).toEqual(await onTerminal(text, cols));
    }),
    { numRuns: 1500 },
  );
}

describe('the same lines as a terminal shows', () => {
  test('for text, movement, erasing and editing on lines that fit the width', { timeout: 60_000 }, async () => {
    // Eleven words move by seven columns at most.
    await holds(streamOf(lineOf([...TEXT, ...MOVES, ...ERASURES, ...EDITS, ...UNSEEN], 11)), [80, 132]);
  });

  test('for text and movement on lines that wrap', { timeout: 60_000 }, async () => {
    await holds(streamOf(lineOf([...TEXT, ...TEXT, 'a rather long text', ...MOVES, ...UNSEEN], 40)), [10, 16, 23]);
  });
});
