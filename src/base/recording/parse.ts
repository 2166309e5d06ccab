import { readFileSync } from 'node:fs';
import { OptionError } from '../errors.js';
import { quote } from '../quote.js';
import { fromText } from './byte-text.js';
import { FIRST_LINE, HEADER_KEYS, NEEDED_KEYS, type RecordedEntry, type RecordingHeader, SIGNS } from './format.js';

/** A recording as it was read. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly entries: readonly (RecordedEntry & { readonly line: number })[];
  /** What messages call it. */
  readonly file: string;
  /** Set where it has no end line: who wrote it was stopped in the middle. */
  readonly cut?: string;
}

const LF = 10;

/** Twice what a line that rollcall writes can hold; a longer one comes from elsewhere. */
const LONGEST_LINE = 64 * 1024;

/** Reads a file that `recording` or `rollcall run --record` has written. @throws OptionError with file and line. */
export function readRecording(file: string): Recording {
  let text: string;
  try {
    const bytes = readFileSync(file);
    const end = bytes.lastIndexOf(LF) + 1;
    // Only behind the last line end may a character be cut.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end)) + bytes.toString('utf8', end);
  } catch (error) {
    const why = error instanceof TypeError ? 'this is no text in UTF-8' : (error as Error).message;
    throw new OptionError(`cannot read the recording ${file}: ${why}`, { cause: error });
  }
  return parseRecording(text, file);
}

/**
 * Reads the text of a recording; `file` is what messages call it. One that was cut in the middle is read up to there.
 * @throws OptionError with file and line for a line that is wrong.
 */
export function parseRecording(text: string, file: string): Recording {
  const lines = text.split(/\r?\n/);
  const last = lines.pop() ?? '';
  const wrong = (line: number, says: string): never => {
    throw new OptionError(`${file}:${line}: ${says}`);
  };
  if (lines[0] !== FIRST_LINE) {
    const other = /^rollcall-recording (\d+)$/.exec(lines[0] ?? '')?.[1];
    if (other !== undefined) wrong(1, `a recording of version ${other}: this rollcall reads version 1`);
    wrong(1, `no recording: expected the line '${FIRST_LINE}'; got ${quote(lines[0] ?? last)}`);
  }
  const empty = lines.indexOf('');
  const header = headerOf(lines.slice(1, empty === -1 ? undefined : empty), wrong);
  const entries: (RecordedEntry & { line: number })[] = [];
  for (const [index, line] of lines.entries()) {
    if (empty === -1 || index <= empty || line === '') continue;
    if (entries.at(-1)?.kind === 'end') wrong(index + 1, 'nothing may follow the end line');
    const entry = entryOf(line);
    if (typeof entry === 'string') wrong(index + 1, entry);
    else entries.push({ ...entry, line: index + 1 });
  }
  const at = lines.length + (last === '' ? 0 : 1);
  const broken = last === '' ? 'it has no end line' : 'its last line is broken';
  const whole = entries.at(-1)?.kind === 'end' && last === '';
  return {
    header,
    entries,
    file,
    ...(whole ? {} : { cut: `${file}:${at}: the recording ends here in the middle: ${broken}` }),
  };
}

type Wrong = (line: number, says: string) => never;

function headerOf(lines: readonly string[], wrong: Wrong): RecordingHeader {
  const values = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const [, key = '', value = ''] = /^([a-z]+): (.*)$/.exec(line) ?? [];
    const known: readonly string[] = HEADER_KEYS;
    if (!known.includes(key))
      wrong(index + 2, `expected one of ${known.join(', ')}, a colon and a value; got ${quote(line)}`);
    const pieces = fromText(value);
    if (typeof pieces === 'string') return wrong(index + 2, pieces);
    values.set(key, Buffer.concat(pieces.map((piece) => (piece === 'secret' ? Buffer.of() : piece))).toString());
  }
  const missing = NEEDED_KEYS.filter((key) => !values.has(key));
  if (missing.length > 0) wrong(lines.length + 2, `the header lacks ${missing.join(', ')}`);
  const needed = (key: string): string => values.get(key) ?? '';
  const username = values.get('username');
  const secrets = (values.get('secrets') ?? '').split(' ').filter((one) => one === 'password' || one === 'secret');
  return {
    device: needed('device'),
    host: needed('host'),
    platform: needed('platform'),
    transport: needed('transport'),
    encoding: needed('encoding'),
    started: needed('started'),
    rollcall: needed('rollcall'),
    ...(username === undefined ? {} : { username }),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
}

const ENTRY = /^(\d{1,9}\.\d{3}) (<|>|\*|end)(?: "((?:[^"\\]|\\[\s\S])*)")?$/u;
const KINDS = new Map(Object.entries(SIGNS).map(([kind, sign]) => [sign, kind as RecordedEntry['kind']]));

function entryOf(line: string): RecordedEntry | string {
  const expected = `expected a time, <, >, * or end, and a text in quotes`;
  if (line.length > LONGEST_LINE) return `${expected}; got a line of ${line.length} characters`;
  const [, time, sign, text] = ENTRY.exec(line) ?? [];
  const kind = KINDS.get((sign ?? '') as '<');
  if (time === undefined || kind === undefined || (text === undefined && kind !== 'end')) {
    return `${expected}; got ${quote(line)}`;
  }
  const pieces = fromText(text ?? '');
  if (typeof pieces === 'string') return pieces;
  const atMs = Math.round(Number(time) * 1000);
  if (kind === 'received' || kind === 'sent') return { kind, atMs, pieces };
  const words = pieces.map((piece) => (piece === 'secret' ? '[secret]' : Buffer.from(piece).toString()));
  return { kind, atMs, text: words.join('') };
}
