import { type CallOptions, checkNames } from './call-options.js';
import { EventLoopCore } from './event-loop-core.js';
import type { Executor, ShutdownOptions } from './executor.js';
import type { Future } from './future.js';
import { checkPositive, executorName } from './pool-options.js';
import { Submitter } from './submitter.js';

export interface EventLoopExecutorOptions {
  /** Calls at once, at least 1; default 20. */
  readonly maxWorkers?: number | undefined;
  /** What the names of the workers begin with; default `EventLoopExecutor-0`. */
  readonly threadNamePrefix?: string | undefined;
}

/**
 * Runs any function in this event loop, so many at once: for work that waits (for devices, files, other programs).
 * @throws {RangeError} when maxWorkers is not above 0
 */
export class EventLoopExecutor implements Executor {
  readonly #submitter: Submitter;
  readonly map: Executor['map'];

  constructor(options: EventLoopExecutorOptions = {}) {
    checkNames('an EventLoopExecutor', options, ['maxWorkers', 'threadNamePrefix']);
    const maxWorkers = checkPositive('maxWorkers', options.maxWorkers, 20);
    const name = executorName('EventLoopExecutor', options.threadNamePrefix);
    this.#submitter = new Submitter(new EventLoopCore(name, maxWorkers), this);
    this.map = this.#submitter.map.bind(this.#submitter);
  }

  get name(): string {
    return this.#submitter.name;
  }

  get maxWorkers(): number {
    return this.#submitter.maxWorkers;
  }

  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>> {
    return this.#submitter.submit(fn, ...args);
  }

  with(options: CallOptions): Executor {
    return this.#submitter.with(options);
  }

  shutdown(options?: ShutdownOptions): Promise<void> {
    return this.#submitter.shutdown(options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#submitter.shutdown();
  }
}
