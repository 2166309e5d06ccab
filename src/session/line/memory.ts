import { OptionError, processWide } from '../../base/index.js';

const DEFAULT_LIMIT_BYTES = 512 * 1024 * 1024;

/** What devices have said and nobody has taken yet, in memory, of all sessions of a thread; each worker has its own. */
export interface MemoryBudget {
  limitBytes: number;
  usedBytes: number;
}

export function memoryBudget(): MemoryBudget {
  return processWide('session.memory', () => ({ limitBytes: DEFAULT_LIMIT_BYTES, usedBytes: 0 }));
}

/**
 * Sets how much what all sessions of this thread have received may take in memory; what is more goes to disk.
 * Undefined leaves it as it is. @throws OptionError.
 */
export function setMemoryLimit(bytes: number | undefined): void {
  if (bytes === undefined) return;
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new OptionError(`limits.memoryBytes must be a whole number of bytes above 0; got ${String(bytes)}`);
  }
  memoryBudget().limitBytes = bytes;
}

/** The part of the budget that one answer has; make one when it begins, and close it when it is over. */
export class MemoryShare {
  readonly #budget = memoryBudget();
  #bytes = 0;

  /** Tells how much it holds now; false when all of them together hold more than they may. */
  hold(bytes: number): boolean {
    this.#budget.usedBytes += bytes - this.#bytes;
    this.#bytes = bytes;
    return this.#budget.usedBytes <= this.#budget.limitBytes;
  }

  close(): void {
    this.hold(0);
  }
}
