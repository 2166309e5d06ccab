export { asCompleted, type CompletedFutures } from './as-completed.js';
export type { CallOptions } from './call-options.js';
export { type CurrentWorker, currentWorker, type WorkerKind } from './current-worker.js';
export {
  BrokenExecutorError,
  BrokenProcessPoolError,
  BrokenThreadPoolError,
  CancelledError,
  InvalidStateError,
  NotTransferableError,
  QueueEmptyError,
  QueueFullError,
  RemoteError,
  TimeoutError,
} from './errors.js';
export { EventLoopExecutor, type EventLoopExecutorOptions } from './event-loop-executor.js';
export type { Executor, ShutdownOptions } from './executor.js';
export { Future } from './future.js';
export type { FutureSnapshot, FutureState } from './future-control.js';
export type { WaitLimits } from './limited.js';
export { isMainModule } from './main-module.js';
export type { Inputs, MapOptions, MapResults } from './map.js';
export { repeat } from './map-inputs.js';
export { Process, type ProcessOptions } from './process.js';
export { ProcessPoolExecutor, type ProcessPoolExecutorOptions } from './process-pool-executor.js';
export { Queue, type QueueOptions } from './queue.js';
export { moduleTasks, type Task, type TaskAddress, task, taskAddress } from './task.js';
export { Thread, type ThreadOptions } from './thread.js';
export { ThreadPoolExecutor, type ThreadPoolExecutorOptions } from './thread-pool-executor.js';
export {
  ALL_COMPLETED,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type ReturnWhen,
  type WaitOptions,
  type WaitResult,
  wait,
} from './wait.js';
