import type { Admission, Gate } from './gate.js';

const LINE = 'the connect rate';

/** A timer that fires so late is made up for: rates above a few hundred would not be reached otherwise. */
const SLACK_MS = 10;

/** Lets so many devices begin in a second, evenly: a token bucket that holds one token. */
export class ConnectRate implements Gate {
  readonly #intervalMs: number;
  /** When the next may begin, by performance.now(). */
  #next = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #wake: (key: string) => void = () => {};

  constructor(perSecond: number) {
    this.#intervalMs = 1000 / perSecond;
  }

  attach(wake: (key: string) => void, over: AbortSignal): void {
    this.#wake = wake;
    over.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
  }

  admit(): Admission {
    const waitMs = this.#next - performance.now();
    if (waitMs <= 0) return { go: true };
    // It keeps the program alive: a device waits for it.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#wake(LINE);
    }, Math.ceil(waitMs));
    return { waitFor: LINE };
  }

  start(): void {
    const now = performance.now();
    const due = now - this.#next <= SLACK_MS ? this.#next : now;
    this.#next = due + this.#intervalMs;
  }

  end(): void {}
}
