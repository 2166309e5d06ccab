import { constants } from 'node:os';
import { BrokenProcessPoolError } from './errors.js';
import type { Future } from './future.js';
import type { WaitLimits } from './limited.js';
import { startProcess } from './process-worker.js';
import { SingleRun, type SingleRunOptions } from './single-run.js';

export type ProcessOptions<A extends unknown[], R> = SingleRunOptions<A, R>;

const PLACE = {
  what: 'Process',
  kind: 'process',
  start: startProcess,
  broken: (message: string, cause: unknown) => new BrokenProcessPoolError(message, { cause }),
} as const;

/**
 * A child process that runs one task. An error of the task is logged, unless somebody has asked for the `future`.
 * @throws {TypeError} when `task` is a plain function
 */
export class Process<A extends unknown[] = never[], R = unknown> {
  readonly #run: SingleRun<A, R>;

  constructor(options: ProcessOptions<A, R>) {
    this.#run = new SingleRun(PLACE, options);
  }

  get name(): string {
    return this.#run.name;
  }

  get daemon(): boolean {
    return this.#run.daemon;
  }

  /** Undefined before start. */
  get pid(): number | undefined {
    return this.#run.pid;
  }

  /** Undefined until it has ended; 1 when the task has thrown; the negative number of the signal that ended it. */
  get exitCode(): number | undefined {
    const { exit, threw } = this.#run;
    if (exit === undefined) return undefined;
    if (exit.signal !== null) return -constants.signals[exit.signal];
    return exit.code === 0 && threw ? 1 : (exit.code ?? 1);
  }

  /** What the task returns or throws. */
  get future(): Future<Awaited<R>> {
    return this.#run.future;
  }

  /** @throws {InvalidStateError} the second time */
  start(): void {
    this.#run.start();
  }

  /** Waits until it has ended; when the time is over the wait ends, and the process goes on. @throws {InvalidStateError} before start */
  join(limits?: WaitLimits): Promise<void> {
    return this.#run.join(limits);
  }

  isAlive(): boolean {
    return this.#run.alive;
  }

  /** Ends it with SIGTERM. @throws {InvalidStateError} before start */
  terminate(): void {
    this.#run.stop('terminate');
  }

  /** Ends it with SIGKILL. @throws {InvalidStateError} before start */
  kill(): void {
    this.#run.stop('kill');
  }
}
