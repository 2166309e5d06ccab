import { OptionError } from '../../base/index.js';

/** How much of an expression an error shows on each side of the place. */
const SHOWN = 60;

/** The text of an expression, and how far it has been read. */
export class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  /** The next character, or an empty text at the end. */
  get next(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  take(): string {
    const { next } = this;
    this.at += next.length;
    return next;
  }

  skipSpaces(): void {
    while (/^\s$/u.test(this.next)) this.take();
  }

  /** Goes behind the first of these that stands here, and returns it. */
  eat<T extends string>(...wanted: readonly T[]): T | undefined {
    const found = wanted.find((one) => this.text.startsWith(one, this.at));
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** The word of letters here, in small ones, when a space, a sign or the end is behind it. */
  keyword(): string {
    return /^[A-Za-z]+(?=$|[\s()!&|])/.exec(this.text.slice(this.at, this.at + 16))?.[0].toLowerCase() ?? '';
  }

  /** An error with a caret under its place. */
  wrong(what: string, at = this.at): OptionError {
    const from = Math.max(0, at - SHOWN);
    const to = Math.min(this.text.length, at + SHOWN);
    const before = `${from > 0 ? '…' : ''}${plain(this.text.slice(from, at))}`;
    const behind = `${plain(this.text.slice(at, to))}${to < this.text.length ? '…' : ''}`;
    return new OptionError(`where: ${what}\n  ${before}${behind}\n  ${' '.repeat([...before].length)}^`);
  }

  /** What stands at the place, for messages. */
  get got(): string {
    return this.next === '' ? 'the end' : `'${plain(this.next)}'`;
  }
}

/** A text of an expression as a line of a message shows it. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
