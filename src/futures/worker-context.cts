import type { CurrentWorker, WorkerIdentity, WorkerKind } from './current-worker.js' with {
  'resolution-mode': 'import',
};

/** What a call needs of its worker to talk to its submitter. */
interface Line {
  readonly identity: WorkerIdentity & { readonly callIdPrefix: string };
  emit(context: WorkerContext, event: unknown): void;
  ask(context: WorkerContext, question: unknown): Promise<unknown>;
}

/** What `currentWorker()` is in a worker; made for every call, so it holds little. */
class WorkerContext implements CurrentWorker {
  /** The number of the call's place; below 0 for an initializer, which has no call. */
  readonly slot: number;
  readonly serial: number;
  /** Nobody listens any more. */
  over = false;
  /** An abort that is still being decoded. */
  aborting: Promise<void> | undefined;
  readonly #line: Line;
  #controller: AbortController | undefined;

  constructor(line: Line, slot: number, serial: number) {
    this.#line = line;
    this.slot = slot;
    this.serial = serial;
  }

  get kind(): WorkerKind {
    return this.#line.identity.kind;
  }

  get executor(): string {
    return this.#line.identity.executor;
  }

  get name(): string {
    return this.#line.identity.name;
  }

  get threadName(): string {
    return this.#line.identity.threadName;
  }

  get callId(): string {
    return this.slot < 0 ? '' : `${this.#line.identity.callIdPrefix}-${this.serial.toString(16)}`;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  /** Whether anybody has asked for its signal or its end before it began. */
  get touched(): boolean {
    return this.#controller !== undefined || this.aborting !== undefined;
  }

  /** Aborts with the reason, or when there is one with what a promise gives. */
  abortSoon(reason: unknown): void {
    if (reason instanceof Promise) this.aborting = reason.then((decoded) => this.abortSoon(decoded));
    else {
      this.#controller ??= new AbortController();
      this.#controller.abort(reason);
    }
  }

  /** Throws the reason when the call was aborted before its function began: it is not begun then. */
  throwIfAborted(): void {
    this.#controller?.signal.throwIfAborted();
  }

  emit(event: unknown): void {
    this.#line.emit(this, event);
  }

  ask(question: unknown): Promise<unknown> {
    return this.#line.ask(this, question);
  }
}

export = WorkerContext;
