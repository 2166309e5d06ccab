import { AbortedError } from '../../base/index.js';
import { InventoryError } from '../errors.js';

/** How long a program may take to give an inventory, in milliseconds. */
export const PROGRAM_TIMEOUT_MS = 120_000;

/** What bounds the wait for a program. */
export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
}

interface Program {
  /** What its messages call it, and what it is. */
  readonly name: string;
  readonly what: string;
}

/** Waits for a program's promise as long as it may take. Throws InventoryError when it takes longer, and AbortedError. */
export async function withinTime<T>(promise: Promise<T>, program: Program, { signal, timeoutMs }: Waiting): Promise<T> {
  let end = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => reject(calledOff(program.name, signal));
    const timer = setTimeout(() => reject(tooLong(program, timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    if (signal?.aborted) onAbort();
  });
  try {
    return await Promise.race([promise, ended]);
  } finally {
    end();
  }
}

export function calledOff(name: string, signal: AbortSignal | undefined): AbortedError {
  return new AbortedError(`reading ${name} was called off`, { cause: signal?.reason });
}

export function tooLong({ name, what }: Program, timeoutMs: number): InventoryError {
  return new InventoryError([{ file: name, message: `${what} gave no inventory within ${timeoutMs / 1000} seconds` }]);
}
