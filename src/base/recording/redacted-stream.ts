import type { KnownSecrets } from './known-secrets.js';
import { plainText } from './plain-text.js';
import { merged, type SecretLines, type Span } from './secret-lines.js';

/** An unfinished line that is longer is decided on as it stands, so that a device without line ends fills no memory. */
const LONGEST_OPEN = 16 * 1024;
/** How much of what was decided of a line is still looked at with the rest of it. */
const CONTEXT = 4 * 1024;
/** So many of the places where a line is drawn anew are taken for its beginning. */
const MOST_REDRAWS = 8;
const TYPED_END = /[\r\n\u0003\u001a]/g;

export interface StreamOptions {
  readonly known: KnownSecrets;
  readonly lines: SecretLines;
  /** Whether it is what was typed: Enter, Ctrl-C and Ctrl-Z end its lines. */
  readonly typed: boolean;
  /** Told of each ended line with a secret in it. */
  readonly onSecrets?: ((secrets: readonly string[]) => void) | undefined;
}

/**
 * One direction of a session, one character a byte: decides what of it is secret, as soon as that can be told. Places are
 * counted from the beginning of the stream.
 */
export class RedactedStream {
  readonly #options: StreamOptions;
  /** From the beginning of the unfinished line on, or the last of it where it is long. */
  #text = '';
  #start = 0;
  #decided = 0;
  #spans: readonly Span[] = [];
  /** The unfinished line is secret, whatever it holds. */
  #hidden = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** Up to where it is known what is secret. */
  get decided(): number {
    return this.#decided;
  }

  get length(): number {
    return this.#start + this.#text.length;
  }

  /** The end of the unfinished line as a person reads it. */
  get openLine(): string {
    const tail = this.#text.slice(-CONTEXT);
    let from = 0;
    for (let end = this.#lineEnd(tail, 0); end !== -1; end = this.#lineEnd(tail, from)) from = end;
    return plainText(tail.slice(from)).text;
  }

  /** Whether the text ends a line. */
  ends(text: string): boolean {
    return this.#lineEnd(text, 0) !== -1;
  }

  /** Takes what comes next, and decides on the lines that it ends. */
  push(text: string): void {
    this.#text += text;
    if (this.ends(text)) this.decide('lines');
    else if (this.#text.length > LONGEST_OPEN) this.decide('now');
  }

  /** Makes the line that is being written secret as a whole. */
  hideLine(): void {
    this.#hidden = true;
  }

  /** Decides on the ended `lines`, on all that is there `now` though its line may go on, or on what is `final`. */
  decide(what: 'lines' | 'now' | 'final'): void {
    const text = this.#text;
    const spans: Span[] = [];
    let lineStart = 0;
    for (let end = this.#lineEnd(text, 0); end !== -1; end = this.#lineEnd(text, lineStart)) {
      spans.push(...this.#secretsOf(lineStart, end, true));
      lineStart = end;
    }
    const all = what !== 'lines' || text.length - lineStart > LONGEST_OPEN;
    if (all && lineStart < text.length) spans.push(...this.#secretsOf(lineStart, text.length, false));
    // Behind the lines: what was typed in one of them may have become known by that.
    const known = this.#options.known.find(text, { final: what === 'final', typed: this.#options.typed });
    let to = Math.min(all ? text.length : lineStart, known.openFrom);
    for (const { from, to: end } of known.spans) if (from < to && end > to) to = from;
    const found = [...spans, ...known.spans].filter(({ from }) => from < to);
    const placed = found.map((span) => ({ from: this.#start + span.from, to: this.#start + Math.min(span.to, to) }));
    if (placed.length > 0) this.#spans = merged([...this.#spans, ...placed]);
    this.#decided = Math.max(this.#decided, this.#start + to);
    this.#drop(Math.max(Math.min(lineStart, to), to - CONTEXT));
  }

  /** Returns from where to where something is secret between two places, in order, and forgets what stands before. */
  takeSpans(from: number, to: number): readonly Span[] {
    if (this.#spans.length === 0) return this.#spans;
    const within = this.#spans.filter((span) => span.from < to && span.to > from);
    this.#spans = this.#spans.filter((span) => span.to > to);
    return within;
  }

  #drop(length: number): void {
    this.#text = this.#text.slice(length);
    this.#start += length;
  }

  /** Returns the place behind the next line end, or -1. */
  #lineEnd(text: string, from: number): number {
    if (!this.#options.typed) return text.indexOf('\n', from) + 1 || -1;
    TYPED_END.lastIndex = from;
    return (TYPED_END.exec(text)?.index ?? -2) + 1;
  }

  #secretsOf(from: number, end: number, ended: boolean): readonly Span[] {
    const { lines, onSecrets } = this.#options;
    const body = this.#text.slice(from, bodyEnd(this.#text, from, end));
    // Nothing of it is secret, and a device may send thousands of them at once.
    if (body === '' && !this.#hidden && !lines.inBlock) return [];
    const { text, at, redrawn } = plainText(body);
    const found: Span[] = [];
    const inBlock = lines.inBlock;
    const hidden = this.#hidden;
    if (hidden) found.push({ from: 0, to: text.length });
    found.push(...lines.spans(text, ended));
    // What stood on the line before, such as a pager's question, may be no part of it.
    for (const start of inBlock ? [] : [...new Set(redrawn)].slice(-MOST_REDRAWS)) {
      const spans = lines.spans(text.slice(start), false);
      found.push(...spans.map((span) => ({ from: span.from + start, to: span.to + start })));
    }
    if (ended) {
      this.#hidden = false;
      if (found.length > 0 && !inBlock) onSecrets?.(merged(found).map((span) => text.slice(span.from, span.to)));
    }
    if (hidden) return [{ from, to: from + body.length }];
    return found.map((span) => ({ from: from + at(span.from), to: from + at(span.to - 1) + 1 }));
  }
}

/** Without the line end, counted from behind: a regular expression would try each of thousands of carriage returns. */
function bodyEnd(text: string, from: number, end: number): number {
  let to = end;
  while (to > from && (text[to - 1] === '\n' || text[to - 1] === '\r')) to--;
  return to;
}
