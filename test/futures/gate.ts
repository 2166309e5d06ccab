import { expect } from 'vitest';

/** Holds tasks that ask (`held`) until the test lets them go. */
export class Gate {
  open: () => void = () => {};
  readonly #opened: Promise<void>;
  asked = 0;
  atOnce = 0;

  constructor() {
    this.#opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  readonly answer = async (): Promise<void> => {
    this.asked += 1;
    await this.#opened;
  };
}

/** Returns what the promise rejects with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<Error & Record<string, unknown>> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error(`it was to reject, and resolved to ${String(value)}`);
}

/** Waits until the condition holds, for at most ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 10_000, interval: 5 }).toBe(true);
}
