import type { Status } from '../runner/index.js';

/** Redrawn at most so often. */
const REDRAW_MS = 100;

/**
 * What the program says to the person on standard error: messages, and on a terminal a last line with the progress of
 * the run, which gives way to whatever is printed.
 */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #live: boolean;
  readonly #start = performance.now();
  #text: string | undefined;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(stream: NodeJS.WriteStream, { live }: { readonly live: boolean }) {
    this.#stream = stream;
    this.#live = live && stream.isTTY === true;
  }

  /** Prints a line above the progress. */
  message(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
    this.#draw();
  }

  /** Sets the progress; it is drawn now or, when it was drawn a moment ago, with the next change. */
  progress(text: string): void {
    if (!this.#live) return;
    this.#text = text;
    if (performance.now() - this.#drawnAt >= REDRAW_MS) this.#draw();
  }

  /** Takes the progress away, so that something else can be printed; the next change draws it again. */
  clear(): void {
    if (this.#live && this.#text !== undefined) this.#stream.write('\r\u001b[K');
    this.#drawnAt = Number.NEGATIVE_INFINITY;
  }

  /** Ends the progress for good. */
  end(): void {
    this.clear();
    this.#text = undefined;
  }

  get elapsedSeconds(): string {
    return ((performance.now() - this.#start) / 1000).toFixed(1);
  }

  #draw(): void {
    if (!this.#live || this.#text === undefined) return;
    const width = Math.max(20, (this.#stream.columns ?? 80) - 1);
    this.#stream.write(`\r\u001b[K${this.#text.slice(0, width)}`);
    this.#drawnAt = performance.now();
  }
}

/** Says how many ended how: `48 ok, 1 rejected, 1 timeout`. */
export function countsText(counts: ReadonlyMap<Status, number>): string {
  const parts = [...counts].filter(([, count]) => count > 0).map(([status, count]) => `${count} ${status}`);
  return parts.join(', ') || 'nothing done';
}
