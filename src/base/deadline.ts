import { got } from './check.js';
import { OptionError } from './errors.js';

/** The longest wait that a Node timer can hold (2^31 - 1 ms, nearly 25 days): a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A moment on the monotonic clock by which something must be done; one without a limit never passes. */
export class Deadline {
  readonly #at: number;

  private constructor(at: number) {
    this.#at = at;
  }

  /** Returns the deadline that many milliseconds from now; undefined or Infinity is no limit. */
  static after(ms: number | undefined): Deadline {
    return new Deadline(ms === undefined ? Infinity : performance.now() + ms);
  }

  static readonly never: Deadline = new Deadline(Infinity);

  /** Milliseconds until it passes: never below 0, Infinity when there is no limit. */
  remainingMs(): number {
    return Math.max(0, this.#at - performance.now());
  }

  get passed(): boolean {
    return performance.now() >= this.#at;
  }

  /** Returns whichever of the two passes first. */
  earlier(other: Deadline): Deadline {
    return this.#at <= other.#at ? this : other;
  }

  /**
   * Calls `onPassed` when the deadline passes and returns a function that calls it off. Re-arms itself where the
   * wait is longer than a Node timer can hold. The timer keeps the process alive.
   */
  schedule(onPassed: () => void): () => void {
    if (this.#at === Infinity) return () => {};
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      // Timers are cut to whole milliseconds and may fire a little early by this clock: round up.
      const wait = Math.ceil(this.remainingMs());
      timer = setTimeout(() => (this.passed ? onPassed() : arm()), Math.min(wait, LONGEST_TIMER_MS));
    };
    arm();
    return () => clearTimeout(timer);
  }
}

/** Checks an option that is a time in milliseconds, and returns it; undefined stays undefined. */
export function checkMs(name: string, value: number | undefined, { minimum = 0 } = {}): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || Number.isNaN(value) || value < minimum) {
    throw new OptionError(`${name} must be a number of milliseconds, at least ${minimum}; got ${got(value)}`);
  }
  return value;
}
