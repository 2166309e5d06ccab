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

/** The port of a worker that could not be started; its end is still to be told. */
export const NO_PORT: WorkerPort = { pid: undefined, post: () => {}, hold: () => {}, stop: () => {} };

/** The end of a worker that could not be started. */
export function failedStart(error: unknown): WorkerExit {
  return { code: null, signal: null, error };
}

/** Returns whether there ever was a worker. */
export function didStart({ code, signal, error }: WorkerExit): boolean {
  return error === undefined || code !== null || signal !== null;
}

/** Says how a worker ended, for an error message. */
export function describeExit(exit: WorkerExit): string {
  const { code, signal } = exit;
  if (!didStart(exit)) return 'could not be started';
  if (signal !== null) return `terminated abruptly by the signal ${signal}`;
  return `terminated abruptly with exit code ${code}`;
}
