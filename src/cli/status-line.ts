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
  #shown = false;
  #paused = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream, { live }: { readonly live: boolean }) {
    this.#stream = stream;
    this.#live = live && stream.isTTY === true;
  }

  /** Prints a line above the progress. */
  message(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
  }

  /** Sets the progress; it is drawn in a moment, so that many changes at once are drawn once. */
  progress(text: string): void {
    if (!this.#live) return;
    this.#text = text;
    this.#timer ??= setTimeout(() => this.#draw(), this.#shown ? REDRAW_MS : 0).unref();
  }

  /** Takes the progress away, so that something else can be printed; the next change draws it again. */
  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
    this.#shown = false;
    if (this.#text !== undefined) this.progress(this.#text);
  }

  /** Leaves the last line to somebody else for as long as the work takes. */
  async pausedFor<T>(work: () => Promise<T>): Promise<T> {
    this.clear();
    this.#paused = true;
    try {
      return await work();
    } finally {
      this.#paused = false;
      this.clear();
    }
  }

  /** Ends the progress for good. */
  end(): void {
    this.#text = undefined;
    this.clear();
    clearTimeout(this.#timer);
  }

  get elapsedSeconds(): string {
    return ((performance.now() - this.#start) / 1000).toFixed(1);
  }

  #draw(): void {
    this.#timer = undefined;
    if (this.#text === undefined || this.#paused) return;
    const width = Math.max(20, (this.#stream.columns ?? 80) - 1);
    this.#stream.write(`\r\u001b[K${this.#text.slice(0, width)}`);
    this.#shown = true;
  }
}

/** Says how many ended how: `48 ok, 1 rejected, 1 timeout`. */
export function countsText(counts: ReadonlyMap<Status, number>): string {
  const parts = [...counts].filter(([, count]) => count > 0).map(([status, count]) => `${count} ${status}`);
  return parts.join(', ') || 'nothing done';
}
