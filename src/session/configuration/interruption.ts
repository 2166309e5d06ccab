import { Deadline } from '../../base/index.js';

/** How long work that must not be cut off may go on after the abort; then it is cut off all the same. */
const GRACE_MS = 10_000;

/**
 * An abort that waits: while work is under way that must not be cut off in the middle, whoever does it asks `requested`
 * and comes to an end in order; everybody else hears of the abort at once, by `signal`.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#heed();
  #held = 0;
  #calledOff = false;
  #cancelGrace = (): void => {};

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    if (outer?.aborted === true) this.#controller.abort();
    else outer?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** What the conversation listens to. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether somebody wants the work to end. */
  get requested(): boolean {
    return this.#calledOff || this.#outer?.aborted === true;
  }

  /** Wants the work to end, as the abort of the caller's signal does. */
  callOff(): void {
    this.#calledOff = true;
    this.#heed();
  }

  /** Does work that is not cut off in the middle. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#held++;
    try {
      return await work();
    } finally {
      this.#held--;
      if (this.requested) this.#heed();
    }
  }

  /** Listens no more: the session is over. */
  dispose(): void {
    this.#outer?.removeEventListener('abort', this.#onAbort);
    this.#cancelGrace();
  }

  #heed(): void {
    this.#cancelGrace();
    if (this.#held === 0) this.#controller.abort();
    else this.#cancelGrace = Deadline.after(GRACE_MS).schedule(() => this.#controller.abort());
  }
}
