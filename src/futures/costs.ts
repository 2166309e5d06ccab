/** Microseconds; more than any call that is known to be quick. */
export const UNKNOWN_COST = 1e9;

/** A call that takes no time would let any number be sent ahead. */
const LEAST_MICROS = 0.25;

/** What calls of each task take, in microseconds: quick to believe that one is slow, slower to believe the opposite. */
export class Costs {
  readonly #micros: (number | undefined)[] = [];

  of(task: number): number {
    return this.#micros[task] ?? UNKNOWN_COST;
  }

  learn(task: number, micros: number): void {
    const before = this.#micros[task] ?? micros;
    const now = micros > before ? micros : (before + micros) / 2;
    this.#micros[task] = Math.max(now, LEAST_MICROS);
  }
}
