/** More than any call that is known to be quick, and a small integer to V8, which keeps those without a box. */
export const UNKNOWN_COST = 1_000_000_000;

/** What calls of each task take, in nanoseconds, as the workers told last. */
export class Costs {
  readonly #nanos: (number | undefined)[] = [];

  of(task: number): number {
    return this.#nanos[task] ?? UNKNOWN_COST;
  }

  learn(task: number, nanos: number): void {
    this.#nanos[task] = Math.min(nanos, UNKNOWN_COST);
  }
}
