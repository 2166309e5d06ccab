import { EXIT } from './exit-codes.js';

/** The numbers that shells give to an end by these signals: 128 and the signal's own. */
const CODES = { SIGINT: EXIT.interrupted, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Ctrl-C and its kin: the first asks the work to stop, the second ends the program at once. A closed terminal or a
 * service manager's stop does the same.
 */
export class Interrupt {
  readonly #controller = new AbortController();
  readonly #handlers: (() => void)[] = [];
  /** The exit code that the signal means; undefined as long as none has come. */
  code: number | undefined;

  /** `onFirst` hears of the first signal; `exit` ends the program. */
  constructor(onFirst: (signal: NodeJS.Signals) => void, exit: (code: number) => void) {
    for (const [name, code] of Object.entries(CODES)) {
      const signal = name as keyof typeof CODES;
      const handler = (): void => {
        if (this.code !== undefined) return exit(code);
        this.code = code;
        onFirst(signal);
        this.#controller.abort();
      };
      process.on(signal, handler);
      this.#handlers.push(() => process.removeListener(signal, handler));
    }
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
