import { checkMs, Deadline } from '../base/index.js';
import { Deque } from './deque.js';
import { TimeoutError } from './errors.js';
import { type Future, internals } from './future.js';
import { limited, type WaitLimits } from './limited.js';
import { Turns } from './turns.js';

/**
 * Futures in the order in which they are done. An interface of its own: of an `AsyncIterable<Future<T>>` TypeScript
 * believes that `for await` gives the `T`.
 */
export interface CompletedFutures<F> {
  next(): Promise<IteratorResult<F, undefined>>;
  return(): Promise<IteratorResult<F, undefined>>;
  [Symbol.asyncIterator](): CompletedFutures<F>;
}

/**
 * Yields the futures as they are done, those that are done already first, each once.
 * The deadline counts from this call.
 * @throws {TimeoutError} from `next()`, when some are not done by the deadline; those done before were yielded
 */
export function asCompleted<F extends Future<unknown>>(
  futures: Iterable<F>,
  limits: WaitLimits = {},
): CompletedFutures<F> {
  return new Completions(new Set(futures), limits);
}

/** Written by hand because an `async function*` awaits what it yields, and would yield the results instead. */
class Completions<F extends Future<unknown>> implements CompletedFutures<F> {
  readonly #pending = new Map<F, () => void>();
  readonly #ready = new Deque<F>();
  readonly #total: number;
  readonly #deadline: Deadline;
  readonly #signal: AbortSignal | undefined;
  readonly #turns = new Turns();
  #wake: (() => void) | undefined;

  constructor(futures: Set<F>, { timeoutMs, signal }: WaitLimits) {
    this.#total = futures.size;
    this.#deadline = Deadline.after(checkMs('timeoutMs', timeoutMs));
    this.#signal = signal;
    for (const future of futures) {
      if (internals.settled(future)) this.#ready.push(future);
      else
        this.#pending.set(
          future,
          internals.onSettled(future, () => this.#done(future)),
        );
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<F, undefined>> {
    return this.#turns.take(() => this.#next());
  }

  async return(): Promise<IteratorResult<F, undefined>> {
    this.#stop();
    this.#ready.clear();
    return { done: true, value: undefined };
  }

  async #next(): Promise<IteratorResult<F, undefined>> {
    if (this.#ready.length === 0 && this.#pending.size > 0) await this.#wait();
    const future = this.#ready.shift();
    return future === undefined ? { done: true, value: undefined } : { done: false, value: future };
  }

  #done(future: F): void {
    this.#pending.delete(future);
    this.#ready.push(future);
    this.#wake?.();
  }

  #wait(): Promise<void> {
    return limited<void>(
      { timeoutMs: this.#deadline.remainingMs(), signal: this.#signal },
      ({ reject }) => {
        reject(new TimeoutError(`${this.#pending.size} (of ${this.#total}) futures unfinished`));
        this.#stop();
      },
      ({ resolve }) => {
        this.#wake = resolve;
        return () => {
          this.#wake = undefined;
        };
      },
    );
  }

  #stop(): void {
    for (const callOff of this.#pending.values()) callOff();
    this.#pending.clear();
    this.#wake?.();
  }
}
