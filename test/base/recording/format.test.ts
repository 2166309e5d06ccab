import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryText, headerText, parseRecording, type RecordedEntry, type RecordingHeader } from '#dist/base/index.js';

const HEADER: RecordingHeader = {
  device: 'R1',
  host: '192.0.2.1',
  platform: 'cisco_ios',
  transport: 'ssh',
  encoding: 'utf-8',
  started: '2026-11-20T12:00:00.000Z',
  rollcall: '0.1.0',
  username: 'bob',
  secrets: ['password'],
};

const textOf = (entries: readonly RecordedEntry[], header = HEADER): string =>
  headerText(header) + entries.map(entryText).join('');

/** What passed in each direction, a mark for each secret. */
function streams(entries: readonly RecordedEntry[]): Record<string, string> {
  const all: Record<string, string> = { received: '', sent: '' };
  for (const entry of entries) {
    if (!('pieces' in entry)) continue;
    for (const piece of entry.pieces) {
      all[entry.kind] += piece === 'secret' ? '<secret>' : Buffer.from(piece).toString('hex');
    }
  }
  return all;
}

const piece = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 60 }),
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => new Uint8Array(Buffer.from(text))),
  fc
    .constantFrom('show clock\r', 'a\r\nb\r\n', '\u001b[2K\b \b', 'ä€😀"\\[secret]')
    .map((text) => new Uint8Array(Buffer.from(text))),
  fc.constant('secret' as const),
);
const entry = fc.record({
  kind: fc.constantFrom('received' as const, 'sent' as const),
  atMs: fc.integer({ min: 0, max: 10_000_000 }),
  pieces: fc.array(piece, { minLength: 1, maxLength: 5 }),
});

test('any bytes are read back as they were written', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      const recording = parseRecording(textOf([...entries, { kind: 'end', atMs: 1, text: '' }]), 'x.rec');
      expect(recording.cut).toBeUndefined();
      expect(recording.header).toEqual(HEADER);
      expect(streams(recording.entries)).toEqual(streams(entries));
    }),
  );
});

test('a recording that is cut anywhere is read up to the cut, and says where that is', () => {
  const entries: RecordedEntry[] = [
    { kind: 'received', atMs: 1, pieces: [Buffer.from('zürich#')] },
    { kind: 'sent', atMs: 2, pieces: [Buffer.from('show clock\r')] },
    { kind: 'received', atMs: 3, pieces: [Buffer.from('show clock\r\n12:00\r\nzürich#')] },
    { kind: 'note', atMs: 4, text: 'phase close' },
    { kind: 'end', atMs: 5, text: '' },
  ];
  const text = textOf(entries);
  const whole = streams(entries);
  for (let at = headerText(HEADER).length; at < text.length; at++) {
    const recording = parseRecording(text.slice(0, at), 'x.rec');
    const lines = text.slice(0, at).split('\n');
    const broken = lines.at(-1) !== '';
    const line = lines.length - (broken ? 0 : 1);
    const why = broken ? 'its last line is broken' : 'it has no end line';
    expect(recording.cut).toBe(`x.rec:${line}: the recording ends here in the middle: ${why}`);
    const got = streams(recording.entries);
    expect(whole.received?.startsWith(got.received ?? '-')).toBe(true);
    expect(whole.sent?.startsWith(got.sent ?? '-')).toBe(true);
  }
});

test('a line of the device is a line of the recording, as a person reads it', () => {
  const pieces = [
    Buffer.from('a "b" \\ \t\u001b[K\u00ff'),
    Buffer.from('\r\nzürich '),
    'secret' as const,
    Buffer.of(0xff),
  ];
  expect(entryText({ kind: 'received', atMs: 61_234.4, pieces })).toBe(
    '61.234 < "a \\"b\\" \\\\ \\t\\e[Kÿ\\r\\n"\n61.234 < "zürich \\[secret]\\xff"\n',
  );
});

describe('what is no recording is told with its line', () => {
  const good = textOf([{ kind: 'received', atMs: 1, pieces: [Buffer.from('R1>')] }]);
  test.each([
    [
      'no recording',
      'show clock\n',
      'x.rec:1: no recording: expected the line \'rollcall-recording 1\'; got "show clock"',
    ],
    ['nothing', '', 'x.rec:1: no recording'],
    ['another version', 'rollcall-recording 2\n', 'x.rec:1: a recording of version 2: this rollcall reads version 1'],
    ['a header without platform', good.replace(/platform.*\n/, ''), 'the header lacks platform'],
    ['an unknown key', good.replace('platform:', 'plattform:'), 'x.rec:4: expected one of device, host'],
    ['a line without time', `${good}< "R1>"\n`, 'x.rec:13: expected a time, <, >, * or end'],
    ['an open quote', `${good}0.001 < "R1>\n`, 'x.rec:13: expected a time'],
    ['an unknown escape', `${good}0.001 < "\\q"\n`, "x.rec:13: the escape '\\q' is none"],
    ['a line behind the end', `${good}0.002 end\n0.003 < "x"\n`, 'x.rec:14: nothing may follow the end line'],
  ])('%s', (_what, text, message) => {
    expect(() => parseRecording(text, 'x.rec')).toThrow(message);
  });
});
