import type { CallOptions } from './call-options.js';
import type { Future } from './future.js';
import type { Inputs, MapOptions, MapResults } from './map.js';

export interface ShutdownOptions {
  /** Whether the promise waits for the running calls and the workers; default true. */
  readonly wait?: boolean | undefined;
  /** Whether calls that have not started are cancelled; default false. */
  readonly cancelFutures?: boolean | undefined;
}

/** Runs functions somewhere: in this event loop, in threads, in processes. Changing the place changes one word. */
export interface Executor {
  /** How it is called in the names of its workers, such as `ThreadPoolExecutor-0`. */
  readonly name: string;
  /** The most workers that it has. */
  readonly maxWorkers: number;
  /** The most calls that each of them has at once; 1 where it is not said. */
  readonly tasksPerWorker?: number | undefined;

  /**
   * Runs the function with these arguments as soon as a worker is free.
   * @throws {InvalidStateError} after shutdown
   * @throws {BrokenExecutorError} when a worker was lost before
   */
  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>>;

  /** Runs the function once for each item (or for each set of items, one of each input) and gives the results in input order. */
  map<A, R>(fn: (a: A) => R, inputs: Inputs<A>, options?: MapOptions): MapResults<Awaited<R>>;
  map<A, B, R>(fn: (a: A, b: B) => R, a: Inputs<A>, b: Inputs<B>, options?: MapOptions): MapResults<Awaited<R>>;
  map<A, B, C, R>(
    fn: (a: A, b: B, c: C) => R,
    a: Inputs<A>,
    b: Inputs<B>,
    c: Inputs<C>,
    options?: MapOptions,
  ): MapResults<Awaited<R>>;

  /** Returns the same executor with options for the calls made through it. @throws {OptionError} for what it cannot do */
  with(options: CallOptions): Executor;

  /** Takes no more calls, completes those that it has (or cancels the queued ones) and lets its workers go. */
  shutdown(options?: ShutdownOptions): Promise<void>;

  /** Shuts down and waits: what `await using` calls. */
  [Symbol.asyncDispose](): Promise<void>;
}
