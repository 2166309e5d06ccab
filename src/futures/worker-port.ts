/** How a worker came to its end. */
export interface WorkerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What killed it, where that is known: an uncaught error, no memory, a failed start. */
  readonly error?: unknown;
}

export interface WorkerEvents {
  onBatch(batch: readonly unknown[]): void;
  /** Called once, after the last message. */
  onExit(exit: WorkerExit): void;
}

/** A thread or a process that runs the worker's side: the one thing in which the pools differ. */
export interface WorkerPort {
  readonly pid: number | undefined;
  /** @throws when a value in it cannot be cloned */
  post(batch: readonly unknown[]): void;
  /** Whether it keeps the program from ending. */
  hold(on: boolean): void;
  /** Ends it now: `terminate` asks the operating system nicely where it can, `kill` does not. */
  stop(how: 'terminate' | 'kill'): void;
}

export type StartWorker = (name: string, events: WorkerEvents) => WorkerPort;

/** Says how a worker ended, for an error message. */
export function describeExit({ code, signal, error }: WorkerExit): string {
  if (error !== undefined && code === null && signal === null) return 'could not be started';
  if (signal !== null) return `terminated abruptly by the signal ${signal}`;
  return `terminated abruptly with exit code ${code}`;
}
