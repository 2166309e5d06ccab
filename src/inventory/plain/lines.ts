import { flowEnd } from './flow.js';
import { isNothing, quotedEnd } from './scalar.js';

/**
 * What stands on the lines of a file: a key, or the dash of an item, with a value behind it or without. A line
 * `- name: R1` has two of them. They are numbers in one array: a large file has a million.
 */
export interface Marks {
  readonly count: number;
  isItem(index: number): boolean;
  column(index: number): number;
  at(index: number): number;
  valueAt(index: number): number;
  /** The same as `valueAt` where there is no value on the line. */
  valueEnd(index: number): number;
}

const STRIDE = 4;
const LONGEST_KEY = 1000;
const [TAB, LF, CR, SPACE, HASH, QUOTE, APOSTROPHE, DASH, COLON, BRACKET, BRACE] = [
  0x09, 0x0a, 0x0d, 0x20, 0x23, 0x22, 0x27, 0x2d, 0x3a, 0x5b, 0x7b,
];

const tableOf = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 128 }, (_, code) => Number(pattern.test(String.fromCharCode(code))));
const KEY_FIRST = tableOf(/[A-Za-z0-9_]/);
const KEY_REST = tableOf(/[\w./-]/);
/** What a value may begin with that is no sign of YAML's. */
const VALUE_FIRST = tableOf(/[A-Za-z0-9_./~+$^(;<=\\]/);

/** Reads the lines of a file in plain block form; undefined at the first doubt, which is the library's to settle. */
export function readLines(text: string): Marks | undefined {
  return new Lines(text).read();
}

class Lines {
  readonly #text: string;
  #marks = new Int32Array(1 << 12);
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Marks | undefined {
    for (let at = this.#start(); at < this.#text.length; ) {
      const next = this.#line(at);
      if (next === -1) return undefined;
      at = next;
    }
    const marks = this.#marks;
    const field = (which: number) => (index: number) => marks[index * STRIDE + which] ?? 0;
    const place = field(0);
    return {
      count: this.#count,
      isItem: (index) => (place(index) & 1) === 1,
      column: (index) => place(index) >> 1,
      at: field(1),
      valueAt: field(2),
      valueEnd: field(3),
    };
  }

  /** Behind the comments and the `---` that may stand at the beginning. */
  #start(): number {
    return /^(?:(?:#.*)?\r?\n)*---\r?\n/.exec(this.#text.slice(0, 10_000))?.[0].length ?? 0;
  }

  /** Reads one line, and returns where the next one begins; -1 for a doubt. */
  #line(start: number): number {
    let at = this.#skipSpaces(start);
    const empty = this.#lineEnd(at);
    if (empty !== -1) return empty;
    if (this.#code(at) === DASH) {
      const dash = at;
      const behind = this.#code(at + 1);
      if (behind !== SPACE && !isEnd(behind)) return -1;
      at = this.#skipSpaces(at + 1);
      const end = this.#lineEnd(at);
      if (end !== -1) return this.#add(dash - start, { item: true, at: dash, valueAt: at, valueEnd: at }, end);
      const keyEnd = this.#keyEnd(at);
      if (keyEnd === -1) return this.#value(at, { item: true, column: dash - start, at: dash });
      this.#add(dash - start, { item: true, at: dash, valueAt: at, valueEnd: at }, 0);
    }
    const keyEnd = this.#keyEnd(at);
    if (keyEnd === -1 || keyEnd - at > LONGEST_KEY || isNothing(this.#text.slice(at, keyEnd))) return -1;
    const value = this.#skipSpaces(keyEnd + 1);
    const end = this.#lineEnd(value);
    if (end === -1) return this.#value(value, { item: false, column: at - start, at });
    return this.#add(at - start, { item: false, at, valueAt: value, valueEnd: value }, end);
  }

  #value(at: number, mark: { readonly item: boolean; readonly column: number; readonly at: number }): number {
    const valueEnd = this.#valueEnd(at);
    if (valueEnd === -1) return -1;
    const rest = this.#skipSpaces(valueEnd);
    if (this.#code(rest) === HASH && rest === valueEnd) return -1;
    const next = this.#lineEnd(rest);
    return next === -1 ? -1 : this.#add(mark.column, { item: mark.item, at: mark.at, valueAt: at, valueEnd }, next);
  }

  #valueEnd(at: number): number {
    const first = this.#code(at);
    if (first === QUOTE || first === APOSTROPHE) return quotedEnd(this.#text, at);
    if (first === BRACE || first === BRACKET) return flowEnd(this.#text, at, { lines: false });
    const begins = first === DASH ? isPlain(this.#code(at + 1), KEY_FIRST) : isPlain(first, VALUE_FIRST);
    return begins ? this.#plainEnd(at + 1) : -1;
  }

  /** To the comment or the end of the line, without the spaces before it. */
  #plainEnd(from: number): number {
    let end = from;
    for (let at = from; ; at++) {
      const code = this.#code(at);
      if (isEnd(code) || (code === HASH && this.#code(at - 1) === SPACE)) return end;
      if (code === TAB || (code >= 0x7f && !isPlain(code, VALUE_FIRST))) return -1;
      if (code === COLON && (this.#code(at + 1) === SPACE || isEnd(this.#code(at + 1)))) return -1;
      if (code !== SPACE) end = at + 1;
    }
  }

  /** Where the colon behind a key stands, when a key stands here. */
  #keyEnd(from: number): number {
    if ((KEY_FIRST[this.#code(from)] ?? 0) === 0) return -1;
    let at = from + 1;
    while (KEY_REST[this.#code(at)] === 1) at += 1;
    const behind = this.#code(at + 1);
    return this.#code(at) === COLON && (behind === SPACE || isEnd(behind)) ? at : -1;
  }

  #add(
    column: number,
    { item, at, valueAt, valueEnd }: { item: boolean; at: number; valueAt: number; valueEnd: number },
    next: number,
  ): number {
    const start = this.#count * STRIDE;
    if (start === this.#marks.length) {
      const larger = new Int32Array(this.#marks.length * 2);
      larger.set(this.#marks);
      this.#marks = larger;
    }
    this.#marks[start] = column * 2 + (item ? 1 : 0);
    this.#marks[start + 1] = at;
    this.#marks[start + 2] = valueAt;
    this.#marks[start + 3] = valueEnd;
    this.#count += 1;
    return next;
  }

  /** Where the next line begins when nothing but a comment is left of this one; -1 when something is. */
  #lineEnd(at: number): number {
    const code = this.#code(at);
    if (!isEnd(code) && code !== HASH) return -1;
    const end = this.#text.indexOf('\n', at);
    return end === -1 ? this.#text.length : end + 1;
  }

  #skipSpaces(from: number): number {
    let at = from;
    while (this.#code(at) === SPACE) at += 1;
    return at;
  }

  /** The end of the text counts as the end of a line. */
  #code(at: number): number {
    return at < this.#text.length ? this.#text.charCodeAt(at) : LF;
  }
}

const isEnd = (code: number): boolean => code === LF || code === CR;

/** A letter of another alphabet is as plain as those of ours; spaces and line breaks of Unicode are not. */
const isPlain = (code: number, table: Uint8Array): boolean =>
  code < 0x80 ? table[code] === 1 : code > 0xa0 && code !== 0x2028 && code !== 0x2029 && code !== 0xfeff;
