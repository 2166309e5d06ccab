import { UsageError } from '../exit-codes.js';

const STANDARD = { columns: 80, rows: 24 };

/** The person's terminal: keys come as they are pressed, and what the device says goes out as it is. */
export class Screen {
  readonly #input = process.stdin;
  readonly #output = process.stdout;
  readonly #restore = (): void => this.leave();
  /** A shell takes the terminal back from a program that was stopped, and leaves it as it likes it. */
  readonly #goOn = (): void => {
    // Both: Node sets nothing that it takes for set.
    this.#input.setRawMode(false);
    this.#input.setRawMode(true);
    this.#onResize?.();
  };
  #onKeys: ((bytes: Uint8Array) => void) | undefined;
  #onResize: (() => void) | undefined;
  #raw = false;

  /** @throws UsageError where standard input or output is no terminal. */
  static open(): Screen {
    if (process.stdin.isTTY === true && process.stdout.isTTY === true) return new Screen();
    throw new UsageError(
      'connect needs a terminal on standard input and output; without one, use: rollcall run COMMAND -i FILE',
    );
  }

  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.#output;
    return { columns: columns || STANDARD.columns, rows: rows || STANDARD.rows };
  }

  /** Returns false when the terminal is slow: `onDrain` is called when it has caught up. */
  write(bytes: Uint8Array, onDrain: () => void): boolean {
    const goOn = this.#output.write(bytes);
    if (!goOn) this.#output.once('drain', onDrain);
    return goOn;
  }

  /** From here on every key is handed over, Ctrl-C too. */
  enter(onKeys: (bytes: Uint8Array) => void, onResize: () => void): void {
    this.#onKeys = onKeys;
    this.#onResize = onResize;
    this.#raw = true;
    // However the program ends: a terminal that stays in raw mode is of no use to anybody.
    process.once('exit', this.#restore);
    this.#input.setRawMode(true);
    // Windows stops no programs.
    if (process.platform !== 'win32') process.on('SIGCONT', this.#goOn);
    this.#input.on('data', onKeys);
    this.#input.resume();
    this.#output.on('resize', onResize);
  }

  /** Gives the terminal back as it was; may be called again. */
  leave(): void {
    if (!this.#raw) return;
    this.#raw = false;
    process.removeListener('exit', this.#restore);
    process.removeListener('SIGCONT', this.#goOn);
    if (this.#onKeys !== undefined) this.#input.removeListener('data', this.#onKeys);
    if (this.#onResize !== undefined) this.#output.removeListener('resize', this.#onResize);
    this.#input.setRawMode(false);
    this.#input.pause();
  }
}
