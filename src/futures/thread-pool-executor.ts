import { OptionError } from '../base/index.js';
import { type CallOptions, checkNames } from './call-options.js';
import { shutDownWhenCollected } from './dropped.js';
import { BrokenThreadPoolError } from './errors.js';
import type { Executor, ShutdownOptions } from './executor.js';
import type { Future } from './future.js';
import { checkPositive, executorName, processors } from './pool-options.js';
import { Submitter } from './submitter.js';
import type { Task } from './task.js';
import { startThread } from './thread-worker.js';
import { checkTask, WorkerPool } from './worker-pool.js';

export interface ThreadPoolExecutorOptions {
  /** Threads, at least 1; default: the processors. */
  readonly maxWorkers?: number | undefined;
  /** Calls at once in each thread, at least 1; default 1. */
  readonly tasksPerWorker?: number | undefined;
  /** What the names of the workers begin with; default `ThreadPoolExecutor-0`. */
  readonly threadNamePrefix?: string | undefined;
  /** A task that runs in each worker before all others; one that fails breaks the pool. */
  readonly initializer?: Task | undefined;
  readonly initargs?: readonly unknown[] | undefined;
  /** Whether a worker that dies breaks the pool (as in Python) or fails only the calls that it had begun; default `break`. */
  readonly onWorkerLost?: 'break' | 'replace' | undefined;
}

export const POOL_OPTIONS = [
  'maxWorkers',
  'tasksPerWorker',
  'threadNamePrefix',
  'initializer',
  'initargs',
  'onWorkerLost',
];

/** Checks the options that pools of threads and of processes share. */
export function checkPoolOptions(kind: string, options: ThreadPoolExecutorOptions) {
  const { initializer, initargs = [], onWorkerLost = 'break' } = options;
  if (onWorkerLost !== 'break' && onWorkerLost !== 'replace') {
    throw new OptionError(`onWorkerLost must be 'break' or 'replace'; got ${String(onWorkerLost)}`);
  }
  if (!Array.isArray(initargs)) throw new OptionError(`initargs must be an array; got ${typeof initargs}`);
  return {
    maxWorkers: checkPositive('maxWorkers', options.maxWorkers, processors()),
    tasksPerWorker: checkPositive('tasksPerWorker', options.tasksPerWorker, 1),
    initializer: initializer === undefined ? undefined : checkTask(initializer, 'initializers are'),
    initargs: initargs as readonly unknown[],
    onWorkerLost,
    name: executorName(kind, options.threadNamePrefix),
  };
}

/**
 * Runs tasks in worker threads.
 * @throws {RangeError} when maxWorkers or tasksPerWorker is not above 0
 */
export class ThreadPoolExecutor implements Executor {
  readonly #submitter: Submitter;
  readonly map: Executor['map'];

  constructor(options: ThreadPoolExecutorOptions = {}) {
    checkNames('a ThreadPoolExecutor', options, POOL_OPTIONS);
    const pool = new WorkerPool({
      ...checkPoolOptions('ThreadPoolExecutor', options),
      kind: 'thread',
      tasksPerLife: Infinity,
      start: startThread,
      broken: (message, cause) => new BrokenThreadPoolError(message, { cause }),
    });
    this.#submitter = new Submitter(pool, this);
    this.map = this.#submitter.map.bind(this.#submitter);
    shutDownWhenCollected(this, pool);
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
}
