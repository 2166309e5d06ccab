/** More than any call that is known to be quick, and a small integer to V8, which keeps those without a box. */
export const UNKNOWN_COST = 1_000_000_000;

/** A call that takes no time would let any number be sent ahead. */
const LEAST_NANOS = 250;

/** What calls of each task take, in nanoseconds: quick to believe that one is slow, slower to believe the opposite. */
export class Costs {
  readonly #nanos: (number | undefined)[] = [];

  of(task: number): number {
    return this.#nanos[task] ?? UNKNOWN_COST;
  }

  learn(task: number, nanos: number): void {
    const before = this.#nanos[task] ?? nanos;
    const now = nanos > before ? nanos : Math.round((before + nanos) / 2);
    this.#nanos[task] = Math.min(Math.max(now, LEAST_NANOS), UNKNOWN_COST);
  }
}
