import { plainText } from './plain-text.js';
import type { Span } from './secret-lines.js';

/** A secret shorter than this is not looked for: it would blank out half of every text, and so give itself away. */
const SHORTEST = 3;

/** Looks for texts that are known to be secret in a stream that breaks lines and draws over them. */
export class KnownSecrets {
  #values: readonly string[] = [];

  /** Adds a secret, as the bytes that stand for it, one character each. */
  add(value: string): void {
    if (value.length < SHORTEST || this.#values.includes(value)) return;
    this.#values = [...this.#values, value].sort((a, b) => b.length - a.length);
  }

  /**
   * Returns where secrets stand in a piece of a stream, and from where on one may have begun that goes on behind it; with
   * `final` nothing comes behind it, and its beginning is taken for the secret.
   */
  find(
    stream: string,
    { final, typed }: { readonly final: boolean; readonly typed: boolean },
  ): { readonly spans: readonly Span[]; readonly openFrom: number } {
    const spans: Span[] = [];
    let openFrom = stream.length;
    if (this.#values.length === 0 || stream === '') return { spans, openFrom };
    const { text, at, redrawn } = plainText(stream, { typed });
    const blank = (from: number, length: number): void => {
      spans.push({ from: at(from), to: at(from + length - 1) + 1 });
    };
    for (const value of this.#values) {
      for (let from = text.indexOf(value); from !== -1; from = text.indexOf(value, from + 1)) blank(from, value.length);
      this.#findParts(value, { text, redrawn, blank });
      const begun = beginningAtEnd(text, value);
      if (begun === 0) continue;
      if (!final) openFrom = Math.min(openFrom, at(text.length - begun));
      else if (begun >= SHORTEST) blank(text.length - begun, begun);
    }
    return { spans, openFrom };
  }

  /** A line that is too long for the terminal is drawn anew, from a `$` on, while its end is being typed. */
  #findParts(
    value: string,
    {
      text,
      redrawn,
      blank,
    }: {
      readonly text: string;
      readonly redrawn: readonly number[];
      readonly blank: (from: number, length: number) => void;
    },
  ): void {
    // From each place where its beginning, or its end, stands: a device may draw over every character of a line.
    const beginning = value.slice(0, SHORTEST);
    const drawnOver = new Set(redrawn);
    for (
      let from = text.indexOf(beginning);
      drawnOver.size > 0 && from !== -1;
      from = text.indexOf(beginning, from + 1)
    ) {
      let length = SHORTEST;
      while (length < value.length - 1 && text[from + length] === value[length]) length++;
      while (length >= SHORTEST && !drawnOver.has(from + length)) length--;
      if (length >= SHORTEST && length < value.length) blank(from, length);
    }
    for (const behind of drawnOver) {
      if (behind <= text.length) continue;
      // What stood there was rubbed out later.
      const begun = beginningAtEnd(text.slice(Math.max(0, behind - value.length)), value);
      if (begun >= SHORTEST) blank(behind - begun, begun);
    }
    const end = value.slice(-SHORTEST);
    for (let at = text.indexOf(end); at !== -1; at = text.indexOf(end, at + 1)) {
      let found = 0;
      for (let length = SHORTEST; length < value.length; length++) {
        const from = at + SHORTEST - length;
        if (text[from] !== value[value.length - length]) break;
        if (text[from - 1] === '$') found = length;
      }
      if (found > 0) blank(at + SHORTEST - found, found);
    }
  }
}

/** How many characters at the end of a text are the beginning of the value, but not all of it. */
function beginningAtEnd(text: string, value: string): number {
  for (let length = Math.min(value.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(value.slice(0, length))) return length;
  }
  return 0;
}
