import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineEditor, type LineEditorOptions } from '#dist/lab/ios/line-editor.js';

/** A terminal of one line, wide enough for everything: what a person would see. */
function screen(printed: string): { text: string; cursor: number } {
  const cells: string[] = [];
  let cursor = 0;
  for (const character of printed) {
    if (character === '\b') cursor = Math.max(0, cursor - 1);
    else if (character === '\r') cursor = 0;
    else if (character === '\n') cells.length = 0;
    else if (character !== '\x07') cells[cursor++] = character;
  }
  return { text: cells.join(''), cursor };
}

function typed(keys: string, options: Partial<LineEditorOptions> = {}) {
  const editor = new LineEditor({
    prompt: 'R1#',
    width: 80,
    echo: true,
    help: true,
    initial: '',
    history: [],
    ...options,
  });
  let printed = editor.open();
  for (const key of keys) {
    const { print, end } = editor.key(key);
    printed += print;
    if (end !== undefined) return { line: editor.line, end, printed, ...screen(printed) };
  }
  return { line: editor.line, end: undefined, printed, ...screen(printed) };
}

test.each([
  ['show clock', 'show clock'],
  ['shoo\x7f\x7fh', 'shh'],
  ['abc\b\b\b\b', ''],
  ['show clock\x17version', 'show version'],
  ['show clock\x15exit', 'exit'],
  ['ad\x02bc', 'abcd'],
  ['bc\x01a\x05d', 'abcd'],
  ['abcd\x02\x02\x0b', 'ab'],
  ['xabc\x01\x04', 'abc'],
  ['ab\x1b[Dx\x1b[Cy', 'axby'],
  ['a\x16?b', 'a?b'],
])('%j edits to %j', (keys, line) => {
  const seen = typed(keys);
  expect(seen.line).toBe(line);
  expect(seen.text.trimEnd()).toBe(`R1#${line}`);
});

test('earlier lines come back', () => {
  const history = ['show clock', 'show version'];
  expect(typed('\x10', { history }).line).toBe('show version');
  expect(typed('\x1b[A\x1b[A', { history }).line).toBe('show clock');
  expect(typed('\x10\x10\x0e', { history }).text.trimEnd()).toBe('R1#show version');
});

test('the ends of a line, as they are echoed', () => {
  expect(typed('ab\r')).toMatchObject({ line: 'ab', end: 'enter', printed: 'R1#ab\r\n' });
  expect(typed('ab\x1a')).toMatchObject({ end: 'end', printed: 'R1#ab^Z\r\n' });
  expect(typed('ab\x03')).toMatchObject({ end: 'abort', printed: 'R1#ab^C\r\n' });
  expect(typed('ab?')).toMatchObject({ end: 'help', printed: 'R1#ab?\r\n' });
  expect(typed('a?\r', { help: false })).toMatchObject({ line: 'a?', end: 'enter' });
});

test('a password leaves no trace, whatever key is used', () => {
  expect(typed('hid\x12d\x01e\x10n\x7f?\r', { echo: false }).printed.replace(/\r\n|R1#|\x07/g, '')).toBe('');
});

test('a line longer than the terminal is scrolled, and a dollar stands for what is hidden', () => {
  const line = 'access-list 101 permit tcp 172.16.2.5 255.255.255.0 172.16.1.20';
  const seen = typed(line, { width: 40 });
  expect(seen.line).toBe(line);
  expect(seen.text.length).toBeLessThanOrEqual(40);
  expect(seen.text).toMatch(/^R1#\$.*172\.16\.1\.20 *$/);
  const back = typed(`${line}\x01`, { width: 40 });
  expect(back.text).toMatch(/^R1#access-list 101 permit.*\$$/);
  expect(back.cursor).toBe(3);
});

test('a line ends at 254 characters', () => {
  expect(typed('x'.repeat(300), { width: 0 }).line).toBe('x'.repeat(254));
});

test('whatever is typed, the screen shows the line around the cursor and nothing else', () => {
  const key = fc.constantFrom(
    'a',
    'b',
    'c',
    ' ',
    '-',
    '\b',
    '\x01',
    '\x02',
    '\x04',
    '\x05',
    '\x06',
    '\x0b',
    '\x10',
    '\x0e',
    '\x17',
    '\x18',
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 120 }), fc.integer({ min: 10, max: 60 }), (keys, width) => {
      const seen = typed(keys.join(''), { width, history: ['first', 'second line'] });
      const shown = seen.text.slice(3).trimEnd();
      expect(seen.text.length).toBeLessThanOrEqual(Math.max(width, 16));
      const [head, tail] = [shown.startsWith('$') ? 1 : 0, shown.endsWith('$') ? -1 : undefined];
      expect(seen.line).toContain(shown.slice(head, tail).trimEnd());
      if (head === 0 && tail === undefined) expect(shown).toBe(seen.line.trimEnd());
    }),
    { numRuns: 500 },
  );
});
