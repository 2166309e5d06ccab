import { Deadline } from '../../base/index.js';

/** What waits for its time, without holding a worker. */
export class Backoff<E> {
  readonly #waiting = new Map<E, () => void>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Calls `then` after so many milliseconds. The timer keeps the program alive: the run is not over. */
  add(entry: E, ms: number, then: () => void): void {
    const cancel = Deadline.after(ms).schedule(() => {
      this.#waiting.delete(entry);
      then();
    });
    this.#waiting.set(entry, cancel);
  }

  /** Removes all of them, and returns them. */
  takeAll(): E[] {
    const entries = [...this.#waiting.keys()];
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    return entries;
  }
}
