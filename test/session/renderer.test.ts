import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Renderer } from '#dist/session/line/renderer.js';

const ESC = '\u001b';

function render(chunks: readonly string[], width = 80): string[] {
  const lines: string[] = [];
  const renderer = new Renderer(width, (line) => lines.push(line));
  for (const chunk of chunks) renderer.write(chunk);
  return [...lines, renderer.line];
}

describe('what a device prints is rendered to what a person would see', () => {
  test.each([
    ['line ends of every kind', 'a\r\nb\nc\r\r\nd\r\n\re', ['a', 'b', 'c', 'd', 'e']],
    ['a carriage return goes to the start of the line', 'abcdef\rXY', ['XYcdef']],
    ['backspace goes back and does not erase', 'abc\b\bX', ['aXc']],
    ['backspace stops at the start of the line', 'a\b\b\bX', ['X']],
    [
      'a pager that is rubbed out leaves nothing',
      ' --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\bend\r\n',
      ['end', ''],
    ],
    ['a pager that is rubbed out by a carriage return', '--More--\r        \rR1#', ['R1#']],
    ['blanks that the device printed stay', 'a  \r\nb  ', ['a  ', 'b  ']],
    ['a blank over a character erases it', 'abc\r   \rx y', ['x y']],
    ['erase to the end of the line', `abcdef\b\b\b${ESC}[K`, ['abc']],
    ['erase from the start of the line', `abcdef\b\b\b${ESC}[1KX`, ['   Xef']],
    ['erase the whole line', `abcdef${ESC}[2K\rX`, ['X']],
    ['cursor left and right', `abcdef${ESC}[4DX${ESC}[2CY`, ['abXdeY']],
    ['cursor to a column', `abcdef${ESC}[2GX`, ['aXcdef']],
    ['delete characters', `abcdef${ESC}[4D${ESC}[2P`, ['abef']],
    ['insert blanks', `abcd${ESC}[2D${ESC}[2@XY`, ['abXYcd']],
    ['erase characters in place', `abcdef${ESC}[4D${ESC}[2X`, ['ab  ef']],
    ['a tab goes to the next eighth column', 'ab\tc\td', [`ab${' '.repeat(6)}c${' '.repeat(7)}d`]],
    ['a tab over text moves only', 'abcdefghij\r\tX', ['abcdefghXj']],
    [
      'cursor to a row and a column, of which the column counts',
      `abcdef${ESC}[24;2HX${ESC}[24;1HY${ESC}[HZ`,
      ['ZXcdef'],
    ],
    ['a line end of its own', `a${ESC}Eb`, ['a', 'b']],
    [
      'a switch that scrolls its last row by hand',
      `${ESC}[24;1HR1# ${ESC}[24;5Hshow${ESC}[24;9H${ESC}[1;0H${ESC}[1M${ESC}[24;1H${ESC}[1L${ESC}[24;9H${ESC}[24;1H${ESC}[2Kok`,
      ['R1# show', 'ok'],
    ],
    ['erase to the end of the screen', `abcdef${ESC}[3G${ESC}[J`, ['ab']],
    ['a screen that is erased before the prompt', `old${ESC}[2J${ESC}[HR1#`, ['R1#']],
    ['colours and modes say nothing', `${ESC}[1;32mok${ESC}[0m ${ESC}[?2004h$${ESC}[?2004l`, ['ok $']],
    ['a window title is no text', `${ESC}]0;router\u0007R1#${ESC}]2;x${ESC}\\!`, ['R1#!']],
    ['character sets and keypad modes', `${ESC}(B${ESC}=a${ESC}>b${ESC}7c`, ['abc']],
    ['bell, nul, delete and C1 controls', 'a\u0007b\u0000c\u007fd\u009be', ['abcde']],
    ['characters beyond 16 bits count once', '\u{1f600}b\bX', ['\u{1f600}X']],
    [
      'an escape that begins no sequence does not swallow what follows',
      `${ESC}${ESC}[1mR1#${ESC}\r\nR1#`,
      ['R1#', 'R1#'],
    ],
    [
      'a title that is never ended does not swallow the lines after it',
      `${ESC}]0;router\r\nR1#`,
      ['0;router', 'R1#'].map((line, index) => (index === 0 ? `]${line}` : line)),
    ],
  ])('%s', (_name, text, lines) => {
    expect(render([text])).toEqual(lines);
  });

  test('a carriage return on a line longer than the terminal goes to the start of its last row', () => {
    expect(render(['0123456789abc\rX'], 10)).toEqual(['0123456789Xbc']);
    expect(render(['0123456789\rX'], 10)).toEqual(['X123456789']);
    expect(render(['0123456789abc\b\b\b\b\bX'], 10)).toEqual(['0123456789Xbc']);
  });

  test('the line before the cursor is empty while something that can be seen stands behind it', () => {
    const renderer = new Renderer(80, () => {});
    const at = (text: string): string => {
      renderer.write(text);
      return renderer.lineBeforeCursor(80);
    };
    expect(at('R1#show')).toBe('R1#show');
    expect(at('\b\b')).toBe('');
    expect(at('  \b\b')).toBe('R1#sh');
    expect(at('\r')).toBe('');
    expect(at('R1# ')).toBe('');
    expect(at(`${ESC}[K`)).toBe('R1# ');
    expect(at('x'.repeat(80))).toBe('');
  });

  test('a sequence that asks for a huge number does not ask for all memory', () => {
    for (const final of '@PXCDGKHLJ') {
      expect(render([`ab${ESC}[1D${ESC}[99999999999${final}`]).join('').length).toBeLessThanOrEqual(82);
    }
  });
});

describe('how the bytes were cut makes no difference', () => {
  const word = fc.constantFrom(
    ...['R1#', 'show', ' ', '  ', '\r', '\n', '\r\n', '\b', '\b\b\b', '\t', '\u0007', '--More--', 'é', '\u{1f600}'],
    ...[
      'K',
      '1K',
      '2K',
      'C',
      '3C',
      'D',
      '2D',
      '5G',
      '2P',
      '@',
      '3X',
      '24;3H',
      '1L',
      'J',
      'm',
      '1;31m',
      '?2004h',
      '999@',
    ].map((end) => `${ESC}[${end}`),
    ...[
      `${ESC}]0;title\u0007`,
      `${ESC}(B`,
      `${ESC}=`,
      `${ESC}E`,
      ESC,
      `${ESC}[`,
      `${ESC}]0;never ended`,
      `${ESC}\r`,
      `${ESC}[1\u0001`,
    ],
  );

  test('in lines and in the line that the cursor is on', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 40 }),
        fc.array(fc.nat(400), { maxLength: 12 }),
        fc.constantFrom(5, 20, 80),
        (words, cuts, width) => {
          const bytes = Buffer.from(words.join(''));
          const at = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b);
          const decoder = new TextDecoder();
          const chunks = at
            .slice(1)
            .map((end, index) => decoder.decode(bytes.subarray(at[index], end), { stream: true }));
          expect(render(chunks, width)).toEqual(render([bytes.toString()], width));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test('blanks that are inserted without end make no row longer than the terminal', () => {
  const renderer = new Renderer(20, () => {});
  renderer.write(`abc\r${`${ESC}[511@`.repeat(10_000)}`);
  expect(renderer.lineLength).toBe(20);
  renderer.write(`${ESC}[2K\rabcdef\r${ESC}[2@xy`);
  expect(renderer.line.trimEnd()).toBe('xyabcdef');
});

test('one backspace on a line that never ends costs no cell for each of its characters', () => {
  const lines: string[] = [];
  const renderer = new Renderer(80, (line) => lines.push(line));
  renderer.write('abc\b');
  const piece = 'x'.repeat(1 << 16);
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 512; count++) renderer.write(piece);
  expect(renderer.lineLength).toBe(2 + 512 * piece.length);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(128 * 1024 * 1024);
  renderer.write('\b\bYZ\r\n');
  expect(lines.map((line) => `${line.slice(0, 4)}...${line.slice(-4)} ${line.length}`)).toEqual([
    `abxx...xxYZ ${2 + 512 * piece.length}`,
  ]);
});
