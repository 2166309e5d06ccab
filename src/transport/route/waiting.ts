import type { Carrier } from './carrier.js';

/** Where somebody wants to go, and which connections are out of the question, with the channels that they had. */
export interface Wish {
  readonly target: string;
  readonly passedOver: Map<Carrier, number>;
}

interface Waiter {
  readonly wish: Wish;
  readonly wake: () => void;
}

export interface Change {
  /** Resolves when the wish may come true, or never will. */
  readonly comes: Promise<void>;
  readonly forget: () => void;
}

/** Those who wait for a free place on a connection. */
export class Waiting {
  readonly #waiters = new Set<Waiter>();

  wait(wish: Wish): Change {
    let waiter: Waiter | undefined;
    const comes = new Promise<void>((wake) => {
      waiter = { wish, wake };
      this.#waiters.add(waiter);
    });
    return { comes, forget: () => waiter !== undefined && this.#waiters.delete(waiter) };
  }

  /** Wakes whose wish this may be the time for. */
  wake(isTime: (wish: Wish) => boolean): void {
    for (const { wish, wake } of this.#waiters) if (isTime(wish)) wake();
  }
}
