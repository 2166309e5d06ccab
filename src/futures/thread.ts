import { BrokenThreadPoolError } from './errors.js';
import type { Future } from './future.js';
import type { WaitLimits } from './limited.js';
import { SingleRun, type SingleRunOptions } from './single-run.js';
import { startThread } from './thread-worker.js';

export type ThreadOptions<A extends unknown[], R> = SingleRunOptions<A, R>;

const PLACE = {
  what: 'Thread',
  kind: 'thread',
  start: startThread,
  broken: (message: string, cause: unknown) => new BrokenThreadPoolError(message, { cause }),
} as const;

/**
 * A thread that runs one task. An error of the task is logged, unless somebody has asked for the `future`.
 * @throws {TypeError} when `task` is a plain function
 */
export class Thread<A extends unknown[] = never[], R = unknown> {
  readonly #run: SingleRun<A, R>;

  constructor(options: ThreadOptions<A, R>) {
    this.#run = new SingleRun(PLACE, options);
  }

  get name(): string {
    return this.#run.name;
  }

  get daemon(): boolean {
    return this.#run.daemon;
  }

  /** What the task returns or throws. */
  get future(): Future<Awaited<R>> {
    return this.#run.future;
  }

  /** @throws {InvalidStateError} the second time */
  start(): void {
    this.#run.start();
  }

  /** Waits until it has ended; when the time is over the wait ends, and the thread goes on. @throws {InvalidStateError} before start */
  join(limits?: WaitLimits): Promise<void> {
    return this.#run.join(limits);
  }

  isAlive(): boolean {
    return this.#run.alive;
  }
}
