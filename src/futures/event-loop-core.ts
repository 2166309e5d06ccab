import { contextNow } from './bound.js';
import { type AnyFunction, Call, type CallHolder, type CallRequest, type CallRunner } from './call.js';
import { callId, callIdPrefix } from './call-id.js';
import { CallQueue } from './call-queue.js';
import { CallContext, nameLogLines, runInCall, type SubmitterLine } from './current-worker.js';
import { InvalidStateError } from './errors.js';
import type { ShutdownOptions } from './executor.js';
import { type Future, internals } from './future.js';
import { holdOn, letGo } from './keep-alive.js';
import { describeType } from './naming.js';
import type { ExecutorCore } from './submitter.js';

/** So many promises at once; a worker is a name and a place. */
export class EventLoopCore implements ExecutorCore, CallHolder {
  readonly name: string;
  readonly maxWorkers: number;
  readonly chunks = false;
  readonly #queue = new CallQueue();
  /** The numbers of idle workers; the one that was idle last is used first. */
  readonly #idle: number[] = [];
  #started = 0;
  #unfinished = 0;
  #shutDown = false;
  #onQuiet: (() => void)[] = [];

  constructor(name: string, maxWorkers: number) {
    this.name = name;
    this.maxWorkers = maxWorkers;
    nameLogLines();
  }

  checkFunction(fn: AnyFunction): void {
    if (typeof fn !== 'function') throw new TypeError(`an executor runs functions; got ${describeType(fn)}`);
  }

  enqueue(request: CallRequest): Future<unknown> {
    if (this.#shutDown) throw new InvalidStateError('cannot schedule new futures after shutdown');
    const call = new Call(request, this);
    this.#unfinished += 1;
    if (this.#unfinished === 1) holdOn();
    this.#queue.push(call);
    call.heedSignal();
    this.#startWaiting();
    // One that waits is started by whatever call ends before it: it must not see that one's context.
    if (call.place !== 'none') call.context = contextNow();
    return call.future;
  }

  dropped(call: Call): void {
    this.#queue.dropped(call);
    this.#finished();
  }

  shutdown({ wait = true, cancelFutures = false }: ShutdownOptions = {}): Promise<void> {
    this.#shutDown = true;
    if (cancelFutures) for (const { future } of this.#queue.waiting()) future.cancel();
    if (!wait || this.#unfinished === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onQuiet.push(resolve));
  }

  #startWaiting(): void {
    while (this.#queue.size > 0) {
      const worker = this.#idle.pop() ?? (this.#started < this.maxWorkers ? this.#started++ : undefined);
      if (worker === undefined) return;
      const call = this.#queue.shift();
      if (call === undefined) this.#idle.push(worker);
      else if (call.context === undefined) this.#start(call, worker);
      else call.context.runInAsyncScope(this.#start, this, call, worker);
    }
  }

  #start(call: Call, worker: number): void {
    const { future } = call;
    const name = `${this.name}_${worker}`;
    const identity = { kind: 'loop', executor: this.name, name, threadName: name } as const;
    const line: SubmitterLine = {
      // Not inside of the task's own turn, as with a worker; still before what the task returns.
      emit: (event) => queueMicrotask(() => internals.channel(future).deliver(event)),
      ask: (question) => internals.channel(future).question(question),
    };
    const context = new CallContext(identity, callId(callIdPrefix(), call.serial), line);
    const runner: CallRunner = { abort: (_, reason) => context.abort(reason) };
    if (future.running()) call.restart(runner);
    else call.start(runner);
    const { fn, args } = call;
    const over = (failed: boolean, outcome: unknown): void => {
      this.#idle.push(worker);
      this.#queue.over(call);
      call.finish(failed, outcome);
      this.#finished();
      this.#startWaiting();
    };
    // The function starts after submit has returned, as it does in a thread.
    Promise.resolve()
      .then(() => {
        context.throwIfAborted();
        return runInCall(context, () => (fn as (...args: unknown[]) => unknown)(...(args ?? [])));
      })
      .then(
        (value) => over(false, value),
        (error: unknown) => over(true, error),
      );
  }

  #finished(): void {
    this.#unfinished -= 1;
    if (this.#unfinished > 0) return;
    letGo();
    const onQuiet = this.#onQuiet;
    this.#onQuiet = [];
    for (const resolve of onQuiet) resolve();
  }
}
