import type { Result, RunDevice } from '../result.js';
import type { Admission, Gate } from './gate.js';

/** What a limit counts, and up to where. */
export interface KeyLimitOptions<D extends RunDevice> {
  /** What the device takes a place of, as a person reads it: `group core`. None: the limit does not concern it. */
  keysOf(device: D): readonly string[];
  /** How many devices may have their turn at once under that key. */
  limitOf(key: string): number;
  /** Whether places may be taken before a worker is free; default false: nobody waits for a place that nobody uses. */
  readonly ahead?: boolean | undefined;
}

/** Lets so many devices with the same key have their turn at once: sessions in all, per device, per bastion, per group. */
export class KeyLimit<D extends RunDevice, T> implements Gate<D, T> {
  readonly ahead: boolean;
  readonly #options: KeyLimitOptions<D>;
  readonly #taken = new Map<string, number>();
  /** Asked for once: a task that changes its device must not give back what it has not taken. */
  readonly #keys = new WeakMap<D, readonly string[]>();
  #wake: (key: string) => void = () => {};

  constructor(options: KeyLimitOptions<D>) {
    this.#options = options;
    this.ahead = options.ahead ?? false;
  }

  attach(wake: (key: string) => void): void {
    this.#wake = wake;
  }

  admit(device: D): Admission {
    for (const key of this.#keysOf(device)) {
      if (this.#takenOf(key) >= this.#options.limitOf(key)) return { waitFor: key };
    }
    return { go: true };
  }

  start(device: D): void {
    for (const key of this.#keysOf(device)) this.#taken.set(key, this.#takenOf(key) + 1);
  }

  end({ device }: Result<D, T>): void {
    for (const key of this.#keysOf(device)) {
      const left = this.#takenOf(key) - 1;
      // Forgotten when nobody has one: each device may have a key of its own.
      if (left > 0) this.#taken.set(key, left);
      else this.#taken.delete(key);
      this.#wake(key);
    }
  }

  #takenOf(key: string): number {
    return this.#taken.get(key) ?? 0;
  }

  #keysOf(device: D): readonly string[] {
    const known = this.#keys.get(device);
    if (known !== undefined) return known;
    const keys = this.#options.keysOf(device);
    this.#keys.set(device, keys);
    return keys;
  }
}
