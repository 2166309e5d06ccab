import { EXIT } from './exit-codes.js';
import type { StatusLine } from './status-line.js';

/** A signal that means to stop. */
export type StopSignal = keyof typeof CODES;

/** The numbers that shells give to an end by these signals: 128 and the signal's own. */
const CODES = { SIGINT: EXIT.interrupted, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Ctrl-C and its kin: the first asks the work to stop, the second ends the program at once. A closed terminal or a
 * service manager's stop does the same.
 */
export class Interrupt {
  readonly #controller = new AbortController();
  readonly #handlers: (() => void)[] = [];
  readonly #onFirst: (signal: StopSignal) => void;
  readonly #exit: (code: number) => void;
  #code: number | undefined;

  /** `onFirst` hears of the first signal; `exit` ends the program. */
  constructor(onFirst: (signal: StopSignal) => void, exit: (code: number) => void) {
    this.#onFirst = onFirst;
    this.#exit = exit;
    for (const signal of Object.keys(CODES) as StopSignal[]) {
      const handler = (): void => this.heed(signal);
      process.on(signal, handler);
      this.#handlers.push(() => process.removeListener(signal, handler));
    }
  }

  /** The exit code that the signal means; undefined as long as none has come. */
  get code(): number | undefined {
    return this.#code;
  }

  /** Does what a signal does: for a Ctrl-C that the terminal hands over as a key. */
  heed(signal: StopSignal): void {
    if (this.#code !== undefined) return this.#exit(CODES[signal]);
    this.#code = CODES[signal];
    this.#onFirst(signal);
    this.#controller.abort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Stops for a reason of the program's own, such as a closed pipe. */
  stop(): void {
    this.#controller.abort();
  }

  /** Gives the signals back to Node. */
  release(): void {
    for (const handler of this.#handlers.splice(0)) handler();
  }
}

/** The interrupt of a run whose progress stands on that line. */
export function stoppable(status: StatusLine, exit: (code: number) => void): Interrupt {
  return new Interrupt(
    () => status.message('rollcall: stopping (Ctrl-C again ends at once)'),
    (code) => {
      status.end();
      exit(code);
    },
  );
}
