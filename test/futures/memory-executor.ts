import {
  type Executor,
  type Future,
  InvalidStateError,
  type ShutdownOptions,
  type Task,
  taskAddress,
} from 'rollcall/futures';
import {
  addRemoteStack,
  Call,
  type CallHolder,
  type CallOptions,
  type CallRequest,
  checkPositive,
  checkTask,
  type Encoded,
  type ExecutorCore,
  executorName,
  holdOn,
  internals,
  letGo,
  Submitter,
} from '#dist/futures/engine.js';
import type { LossyWire, Weather } from './lossy-wire.ts';
import { codec, type FromEngine, MemoryEngine, type ToEngine } from './memory-engine.ts';

export interface MemoryExecutorOptions {
  readonly maxWorkers?: number | undefined;
  readonly threadNamePrefix?: string | undefined;
  readonly weather?: Weather;
  /** An engine that others use as well; default: one of its own. */
  readonly engine?: MemoryEngine;
}

const ROUGH: Weather = { seed: 20, delayMs: 1, loss: 0.1, duplicates: 0.2 };

/** The submitter's side: calls leave asynchronously, and what becomes of them arrives as messages. */
class MemoryCore implements ExecutorCore, CallHolder {
  readonly chunks = false;
  readonly #wire: LossyWire<ToEngine>;
  readonly #calls = new Map<string, Call>();
  readonly #ids = new Map<Call, string>();
  /** What has not left yet: it can still be cancelled here. */
  readonly #local = new Map<Call, ToEngine>();
  readonly #cancelReplies = new Map<number, (cancelled: boolean) => void>();
  #lastRequest = 0;
  #shutDown = false;
  #onQuiet: (() => void)[] = [];

  readonly name: string;
  readonly maxWorkers: number;

  constructor(name: string, maxWorkers: number, engine: MemoryEngine) {
    this.name = name;
    this.maxWorkers = maxWorkers;
    this.#wire = engine.connect((message) => this.#receive(message));
  }

  checkFunction(fn: CallRequest['fn']): void {
    checkTask(fn);
  }

  enqueue(request: CallRequest): Future<unknown> {
    if (this.#shutDown) throw new InvalidStateError('cannot schedule new futures after shutdown');
    const call = new Call(request, this);
    const id = this.#take(call, call.future.id);
    const address = checkTask(call.fn);
    const { key, priority = 0, repeatable = false } = call.options;
    try {
      const args = structuredClone(codec.encode(call.args, `what '${address.name}' is given`));
      if (this.#local.size === 0) setImmediate(() => this.#leave());
      this.#local.set(call, ['enqueue', id, { address, args, key, priority, repeatable }]);
    } catch (error) {
      queueMicrotask(() => this.#over(call, true, error));
    }
    call.heedSignal();
    return call.future;
  }

  attach(id: string): Future<unknown> {
    const call = new Call({ fn: () => undefined, args: [], chunk: false, options: {} }, this);
    this.#take(call, id);
    this.#wire.send(['attach', id]);
    return call.future;
  }

  isLocal(call: Call): boolean {
    return this.#local.has(call) || !this.#ids.has(call);
  }

  dropped(call: Call): void {
    this.#local.delete(call);
    this.#forget(call);
  }

  requestCancel(call: Call): Promise<boolean> {
    const id = this.#ids.get(call);
    if (id === undefined || call.future.running() || this.isLocal(call)) return Promise.resolve(call.future.cancel());
    this.#lastRequest += 1;
    const request = this.#lastRequest;
    return new Promise((resolve) => {
      this.#cancelReplies.set(request, resolve);
      this.#wire.send(['cancel', id, request]);
    });
  }

  abortWaiting(call: Call, reason: unknown): boolean {
    const id = this.#ids.get(call);
    if (id === undefined) return false;
    this.#wire.send(['abort', id, codec.encode(reason, 'the reason')]);
    return true;
  }

  shutdown({ wait = true, cancelFutures = false }: ShutdownOptions = {}): Promise<void> {
    this.#shutDown = true;
    if (cancelFutures) for (const { future } of [...this.#calls.values()]) void future.requestCancel();
    if (!wait || this.#calls.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onQuiet.push(resolve));
  }

  #take(call: Call, id: string): string {
    if (this.#calls.size === 0) holdOn();
    this.#calls.set(id, call);
    this.#ids.set(call, id);
    return id;
  }

  #leave(): void {
    const leaving = [...this.#local.values()];
    this.#local.clear();
    for (const message of leaving) this.#wire.send(message);
  }

  #receive(message: FromEngine): void {
    if (message[0] === 'cancelReply') {
      this.#cancelReplies.get(message[1])?.(message[2]);
      this.#cancelReplies.delete(message[1]);
      return;
    }
    const call = this.#calls.get(message[1]);
    if (call === undefined) return;
    const url = taskAddress(call.fn)?.url;
    switch (message[0]) {
      case 'started': {
        const runner = { abort: (running: Call, reason: unknown): void => void this.abortWaiting(running, reason) };
        if (call.future.running()) call.restart(runner);
        else call.start(runner);
        break;
      }
      case 'dropped':
        // Out of the list of those elsewhere, it is ours to cancel.
        this.#forget(call, () => call.future.cancel());
        break;
      case 'event':
        internals.channel(call.future).deliver(codec.decode(message[2], url));
        break;
      case 'question':
        void this.#answer(call, message[2], codec.decode(message[3], url));
        break;
      case 'finished': {
        const [, , failed, outcome, worker] = message;
        const value = codec.decode(outcome, url);
        if (failed) addRemoteStack(value, { worker, task: taskAddress(call.fn)?.name ?? 'the task' });
        if (!call.future.running() && !call.future.done()) call.start({ abort: () => {} });
        this.#over(call, failed, value);
      }
    }
  }

  async #answer(call: Call, question: number, asked: unknown): Promise<void> {
    const channel = internals.channel(call.future);
    let ok = true;
    let value: Encoded;
    try {
      value = codec.encode(await channel.question(asked), 'the answer');
    } catch (error) {
      ok = false;
      value = codec.encode(error, 'the error');
    }
    this.#wire.send(['answer', question, ok, value]);
  }

  #over(call: Call, failed: boolean, outcome: unknown): void {
    this.#forget(call, () => call.finish(failed, outcome));
  }

  #forget(call: Call, settle: () => void = () => {}): void {
    const id = this.#ids.get(call);
    if (id === undefined) return;
    this.#ids.delete(call);
    this.#calls.delete(id);
    settle();
    if (this.#calls.size > 0) return;
    letGo();
    for (const resolve of this.#onQuiet.splice(0)) resolve();
  }
}

/** What a cluster executor will be, with its engine in memory: it proves that the port carries one. */
export class MemoryExecutor implements Executor {
  readonly engine: MemoryEngine;
  readonly map: Executor['map'];
  readonly #core: MemoryCore;
  readonly #submitter: Submitter;

  constructor({ maxWorkers, threadNamePrefix, weather = ROUGH, engine }: MemoryExecutorOptions = {}) {
    const workers = checkPositive('maxWorkers', maxWorkers, 2);
    const name = executorName('MemoryExecutor', threadNamePrefix);
    this.engine = engine ?? new MemoryEngine({ name, maxWorkers: workers, weather });
    this.#core = new MemoryCore(name, workers, this.engine);
    this.#submitter = new Submitter(this.#core, this);
    this.map = this.#submitter.map.bind(this.#submitter);
  }

  get name(): string {
    return this.#submitter.name;
  }

  get maxWorkers(): number {
    return this.#submitter.maxWorkers;
  }

  submit<A extends unknown[], R>(fn: Task<A, R>, ...args: A): Future<Awaited<R>> {
    return this.#submitter.submit(fn, ...args);
  }

  with(options: CallOptions): Executor {
    return this.#submitter.with(options);
  }

  /** Returns a future of a call that somebody submitted to the same engine. */
  attach(id: string): Future<unknown> {
    return this.#core.attach(id);
  }

  shutdown(options?: ShutdownOptions): Promise<void> {
    return this.#submitter.shutdown(options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#submitter.shutdown();
  }
}
