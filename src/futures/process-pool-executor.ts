import { type CallOptions, checkNames } from './call-options.js';
import { shutDownWhenCollected } from './dropped.js';
import { BrokenProcessPoolError } from './errors.js';
import type { Executor, ShutdownOptions } from './executor.js';
import type { Future } from './future.js';
import { checkPositive } from './pool-options.js';
import { startProcess } from './process-worker.js';
import { Submitter } from './submitter.js';
import type { Task } from './task.js';
import { checkPoolOptions, POOL_OPTIONS, type ThreadPoolExecutorOptions } from './thread-pool-executor.js';
import { WorkerPool } from './worker-pool.js';

/** `maxWorkers` counts processes here; the names of workers begin with `ProcessPoolExecutor-0`. */
export interface ProcessPoolExecutorOptions extends ThreadPoolExecutorOptions {
  /** Calls after which a process is replaced by a fresh one, at least 1; default: never. */
  readonly maxTasksPerChild?: number | undefined;
}

/**
 * Runs tasks in child processes.
 * @throws {RangeError} when maxWorkers, tasksPerWorker or maxTasksPerChild is not above 0
 */
export class ProcessPoolExecutor implements Executor {
  readonly #submitter: Submitter;
  readonly #pool: WorkerPool;
  readonly map: Executor['map'];

  constructor(options: ProcessPoolExecutorOptions = {}) {
    checkNames('a ProcessPoolExecutor', options, [...POOL_OPTIONS, 'maxTasksPerChild']);
    this.#pool = new WorkerPool({
      ...checkPoolOptions('ProcessPoolExecutor', options),
      kind: 'process',
      tasksPerLife: checkPositive('maxTasksPerChild', options.maxTasksPerChild, Infinity),
      start: startProcess,
      broken: (message, cause) => new BrokenProcessPoolError(message, { cause }),
    });
    this.#submitter = new Submitter(this.#pool, this);
    this.map = this.#submitter.map.bind(this.#submitter);
    shutDownWhenCollected(this, this.#pool);
  }

  get name(): string {
    return this.#submitter.name;
  }

  get maxWorkers(): number {
    return this.#submitter.maxWorkers;
  }

  get tasksPerWorker(): number {
    return this.#submitter.tasksPerWorker;
  }

  submit<A extends unknown[], R>(task: Task<A, R>, ...args: A): Future<Awaited<R>> {
    return this.#submitter.submit(task, ...args);
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

  /** Stops all processes with SIGTERM; what was not done fails as broken. Resolves when they are gone. */
  terminateWorkers(): Promise<void> {
    return this.#pool.stop('terminate');
  }

  /** Stops all processes with SIGKILL; what was not done fails as broken. Resolves when they are gone. */
  killWorkers(): Promise<void> {
    return this.#pool.stop('kill');
  }
}
