import { availableParallelism } from 'node:os';
import {
  EventLoopExecutor,
  type Executor,
  ProcessPoolExecutor,
  type Task,
  ThreadPoolExecutor,
} from '../futures/index.js';

export const EXECUTORS = ['sequential', 'loop', 'threads', 'processes'] as const;
export type ExecutorKind = (typeof EXECUTORS)[number];

export interface ExecutorFlags {
  readonly executor: ExecutorKind;
  readonly workers?: number | undefined;
  readonly perWorker: number;
}

const DEFAULT_LOOP_WORKERS = 20;

/** How many sessions are open at once, at most. */
export function sessionsAtOnce({ executor, workers, perWorker }: ExecutorFlags): number {
  if (executor === 'sequential') return 1;
  if (executor === 'loop') return workers ?? DEFAULT_LOOP_WORKERS;
  return (workers ?? availableParallelism()) * perWorker;
}

/** Makes the executor that the flags name; a worker that dies is replaced, and costs only the devices that it had. */
export function makeExecutor(flags: ExecutorFlags, initializer?: Task): Executor {
  const { executor, workers, perWorker } = flags;
  if (executor === 'sequential' || executor === 'loop') {
    return new EventLoopExecutor({ maxWorkers: sessionsAtOnce(flags) });
  }
  const options = {
    maxWorkers: workers ?? availableParallelism(),
    tasksPerWorker: perWorker,
    onWorkerLost: 'replace',
    initializer,
  } as const;
  return executor === 'threads' ? new ThreadPoolExecutor(options) : new ProcessPoolExecutor(options);
}
