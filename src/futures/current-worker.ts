import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide, setLogOrigin } from '../base/index.js';
import { workerParts } from './worker-parts.js';

export type WorkerKind = 'loop' | 'thread' | 'process';

/** Where a task runs, and its line to whoever submitted it. */
export interface CurrentWorker {
  readonly kind: WorkerKind;
  /** The executor's name, such as `ThreadPoolExecutor-0`; of a `Thread` or `Process` its own. */
  readonly executor: string;
  /** The worker's name, such as `ThreadPoolExecutor-0_1`. */
  readonly name: string;
  /** What stands for a thread's name in a log line: the worker's name, in a process `MainThread`. */
  readonly threadName: string;
  /** The id of the call, the same as its future's `id`. */
  readonly callId: string;
  /** Aborts when the submitter wants the call to stop. */
  readonly signal: AbortSignal;
  /** Sends plain data to the submitter's `onEvent`. @throws {NotTransferableError} for what cannot cross */
  emit(event: unknown): void;
  /** Asks the submitter's `onQuestion`, and resolves to its answer. */
  ask(question: unknown): Promise<unknown>;
}

/** The worker's part of `CurrentWorker`, the same for all its calls. */
export interface WorkerIdentity {
  readonly kind: WorkerKind;
  readonly executor: string;
  readonly name: string;
  readonly threadName: string;
}

/** How a running call reaches its submitter. */
export interface SubmitterLine {
  emit(event: unknown): void;
  ask(question: unknown): Promise<unknown>;
}

const storage = () => processWide('currentWorker', () => new AsyncLocalStorage<CurrentWorker>());

/** Returns the worker that runs the current call, or undefined outside of any. */
export function currentWorker(): CurrentWorker | undefined {
  // Whoever talks to its submitter comes by here first: from now on the worker's program has what that takes.
  workerParts();
  return storage().getStore();
}

/** Has the names of workers appear in the log lines of their calls. */
export function nameLogLines(): void {
  setLogOrigin(() => storage().getStore()?.name);
}

/** Runs the function so that it, and all it starts, finds that context in `currentWorker()`. */
export function runInCall<T>(context: CallContext, fn: () => T): T {
  return storage().run(context, fn);
}

export class CallContext implements CurrentWorker {
  readonly callId: string;
  readonly #identity: WorkerIdentity;
  readonly #line: SubmitterLine;
  #controller: AbortController | undefined;

  constructor(identity: WorkerIdentity, callId: string, line: SubmitterLine) {
    this.#identity = identity;
    this.callId = callId;
    this.#line = line;
  }

  get kind(): WorkerKind {
    return this.#identity.kind;
  }

  get executor(): string {
    return this.#identity.executor;
  }

  get name(): string {
    return this.#identity.name;
  }

  get threadName(): string {
    return this.#identity.threadName;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller ??= new AbortController();
    this.#controller.abort(reason);
  }

  /** Throws the reason when the call was aborted before its function began: it is not begun then. */
  throwIfAborted(): void {
    this.#controller?.signal.throwIfAborted();
  }

  emit(event: unknown): void {
    this.#line.emit(event);
  }

  ask(question: unknown): Promise<unknown> {
    return this.#line.ask(question);
  }
}
