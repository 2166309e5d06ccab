/** More than any call that is known to be quick, and a small integer to V8, which keeps those without a box. */
export const UNKNOWN_COST = 1_000_000_000;

/** After a surprise so many calls of the task are not trusted to be quick; after each further one twice as many. */
const FEWEST_DOUBTED = 1024;
const MOST_DOUBTED = 131_072;

/** What calls of each task take, in nanoseconds, as the workers told last. */
export class Costs {
  readonly #nanos: (number | undefined)[] = [];
  /** How many calls of each task are still doubted, and how many were the last time. */
  readonly #doubted: (number | undefined)[] = [];
  readonly #lastDoubted: (number | undefined)[] = [];

  of(task: number): number {
    const doubted = this.#doubted[task];
    if (doubted !== undefined && doubted > 0) {
      this.#doubted[task] = doubted - 1;
      return UNKNOWN_COST;
    }
    return this.#nanos[task] ?? UNKNOWN_COST;
  }

  /** Below 0: a call of the task was slow all of a sudden, and others had to wait behind it. */
  learn(task: number, nanos: number): void {
    if (nanos >= 0) {
      this.#nanos[task] = Math.min(nanos, UNKNOWN_COST);
      return;
    }
    const doubted = Math.min(2 * (this.#lastDoubted[task] ?? FEWEST_DOUBTED / 2), MOST_DOUBTED);
    this.#doubted[task] = doubted;
    this.#lastDoubted[task] = doubted;
  }
}
