import type { Result, RunDevice } from '../result.js';
import { Backoff } from './backoff.js';
import { backoffOf, mayRepeat, type RetryOptions, Told } from './retries.js';
import type { Turn } from './turn.js';

/** Decides which devices have another turn, and keeps them until it is time. */
export class FurtherTurns<D extends RunDevice, T> {
  readonly #options: RetryOptions<D, T> | undefined;
  readonly #backoff = new Backoff<Turn<D, T>>();
  readonly #add: (turn: Turn<D, T>) => void;

  /** `add` is called with a device whose time has come. */
  constructor(options: RetryOptions<D, T> | undefined, add: (turn: Turn<D, T>) => void) {
    this.#options = options;
    this.#add = add;
  }

  /** Whether there may be any, so that turns have to tell of themselves. */
  get wanted(): boolean {
    return this.#options !== undefined;
  }

  /** How many wait for their time. */
  get size(): number {
    return this.#backoff.size;
  }

  /** A turn begins: what it tells decides about the next one. */
  begin(turn: Turn<D, T>): void {
    if (this.wanted) turn.told = new Told();
  }

  /** Whether a turn that came to this is followed by another one. */
  allows({ attempts, told }: Turn<D, T>, result: Result<D, T>): boolean {
    const { limit = 0, repeatable } = this.#options ?? {};
    return attempts <= limit && told !== undefined && mayRepeat(result, told, repeatable);
  }

  /** Keeps a device, whose last result this is, until its time has come. */
  keep(turn: Turn<D, T>, result: Result<D, T>): void {
    turn.last = result;
    this.#backoff.add(turn, backoffOf(turn.attempts, this.#options ?? {}), () => this.#add(turn));
  }

  /** Removes all that wait, and returns them. */
  takeAll(): Turn<D, T>[] {
    return this.#backoff.takeAll();
  }
}
