import { inspect } from 'node:util';
import { logger } from '../base/index.js';
import { bound } from './bound.js';
import { callId, callIdPrefix, nextSerial } from './call-id.js';
import { CancelledError, InvalidStateError, TimeoutError } from './errors.js';
import { FutureChannel } from './future-channel.js';
import type { FutureControl, FutureSnapshot, FutureState, Internals } from './future-control.js';
import { limited, type WaitLimits } from './limited.js';
import { describeType, errorName } from './naming.js';

let internals: Internals;

/**
 * The outcome of a call that may not be there yet. Await it, or ask it: the questions (`done()`, `running()`,
 * `cancelled()`) answer at once, and a failed one that nobody awaits is silent.
 */
export class Future<T = unknown> implements PromiseLike<T> {
  readonly #serial = nextSerial();
  #state: 'pending' | 'running' | 'cancelled' | 'noticed' | 'returned' | 'raised' = 'pending';
  #outcome: unknown;
  #callbacks: ((future: Future<T>) => void)[] | undefined;
  #watchers: Set<() => void> | undefined;
  /** Those who wait in `result` or `exception`. */
  #waiters: Set<() => void> | undefined;
  #promise: Promise<T> | undefined;
  /** Settles the promise. It is not kept with its twin: of 10,000 futures that wait each is as small as can be. */
  #resolve: ((value: T | Promise<T>) => void) | undefined;
  #control: FutureControl | undefined;
  #channel: FutureChannel | undefined;

  static {
    internals = {
      create: <V>(control: FutureControl): Future<V> => {
        const future = new Future<V>();
        future.#control = control;
        return future;
      },
      serial: (future) => future.#serial,
      settled: (future) => future.#settled(),
      failed: (future) => future.#state === 'raised',
      onSettled: (future, listener) => future.#watch(listener),
      finish: (future, failed, outcome) => {
        if (!future.done()) future.#finish(failed, outcome);
      },
      channel: (future) => future.#talk(),
      take: (future) => future.#take(),
    };
  }

  /** Names this call among all calls, also on other machines. */
  get id(): string {
    return callId(callIdPrefix(), this.#serial);
  }

  /**
   * Cancels the call if it has not started and has not left for elsewhere, and returns whether it is cancelled now.
   * Where asking takes a round trip, `requestCancel` asks.
   */
  cancel(): boolean {
    if (this.#state === 'pending') {
      if (!this.#isLocal()) return false;
      if (this.#control?.release?.() === false) {
        this.#state = 'running';
        return false;
      }
      this.#state = 'cancelled';
      this.#announce();
      this.#control?.dropped();
    }
    return this.cancelled();
  }

  /** Cancels like `cancel()`, also where that takes a round trip to whoever holds the call. */
  requestCancel(): Promise<boolean> {
    return this.#control?.requestCancel?.() ?? Promise.resolve(this.cancel());
  }

  /**
   * Asks the call to stop: a pending one is cancelled, a running one sees `currentWorker().signal` abort with the
   * reason. One that ignores its signal stays running. Returns whether anything was there to be stopped.
   */
  abort(reason: unknown = new CancelledError('the call was aborted')): boolean {
    if (this.#state === 'pending' && this.#isLocal() && this.cancel()) return true;
    return !this.done() && (this.#control?.abort(reason) ?? false);
  }

  cancelled(): boolean {
    return this.#state === 'cancelled' || this.#state === 'noticed';
  }

  running(): boolean {
    this.#look();
    return this.#state === 'running';
  }

  /** True when it is finished or cancelled. */
  done(): boolean {
    return this.#state !== 'pending' && this.#state !== 'running';
  }

  /**
   * Resolves to what the call returned, or rejects with what it threw.
   * @throws {TimeoutError} when it is not done by the deadline; the call goes on
   * @throws {CancelledError} when it was cancelled
   */
  async result(limits: WaitLimits = {}): Promise<T> {
    if (!this.done()) await this.#wait(limits);
    return this.#take();
  }

  /**
   * Resolves to what the call threw, or to undefined when it returned.
   * @throws {TimeoutError} when it is not done by the deadline; the call goes on
   * @throws {CancelledError} when it was cancelled
   */
  async exception(limits: WaitLimits = {}): Promise<unknown> {
    if (!this.done()) await this.#wait(limits);
    if (this.cancelled()) throw new CancelledError();
    return this.#state === 'raised' ? this.#outcome : undefined;
  }

  /** Calls back with the future inside the call that settles it, or at once when it is done; what it throws is logged. */
  addDoneCallback(callback: (future: Future<T>) => void): void {
    if (typeof callback !== 'function') throw new TypeError(`a done callback is a function; got ${typeof callback}`);
    if (this.done()) this.#callBack(callback);
    else if (this.#callbacks === undefined) this.#callbacks = [bound(callback)];
    else this.#callbacks.push(bound(callback));
  }

  /** Finishes it with a value; for executors and tests. @throws {InvalidStateError} when it is done */
  setResult(value: T): void {
    this.#settleByHand(false, value);
  }

  /** Finishes it with an error; for executors and tests. @throws {InvalidStateError} when it is done */
  setException(error: unknown): void {
    this.#settleByHand(true, error);
  }

  /**
   * Tells that its call starts now, and returns whether it may: false when it was cancelled, which is noticed by this.
   * For executors and tests. @throws {InvalidStateError} when it is running or finished
   */
  setRunningOrNotifyCancel(): boolean {
    if (this.#state === 'cancelled') {
      this.#state = 'noticed';
      this.#wakeWatchers();
      return false;
    }
    if (this.#state !== 'pending') throw new InvalidStateError(`this future cannot start: ${inspect(this)}`);
    this.#state = 'running';
    return true;
  }

  snapshot(): FutureSnapshot<T> {
    this.#look();
    const failed = this.#state === 'raised';
    return {
      state: this.#shownState(),
      failed,
      value: this.#state === 'returned' ? (this.#outcome as T) : undefined,
      error: failed ? this.#outcome : undefined,
    };
  }

  /** Calls back with each event that the running call emits, in order; the last 1,000 before it are delivered at once. */
  onEvent(listener: (event: unknown) => void): this {
    this.#talk().listen(listener);
    return this;
  }

  /** Answers the questions that the running call asks; what the handler throws is thrown where the question was asked. */
  onQuestion(handler: (question: unknown) => unknown): this {
    this.#talk().answerWith(handler);
    return this;
  }

  // biome-ignore lint/suspicious/noThenProperty: a future is awaitable, that is what it is for
  then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((error: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return this.#asPromise().then(onFulfilled, onRejected);
  }

  catch<E = never>(onRejected?: ((error: unknown) => E | PromiseLike<E>) | null): Promise<T | E> {
    return this.#asPromise().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.#asPromise().finally(onFinally);
  }

  get [Symbol.toStringTag](): string {
    return 'Future';
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** Its number and state, and what kind of thing came of it; never the value, which may be long or secret. */
  toString(): string {
    this.#look();
    let state: string = this.#shownState();
    if (state === 'finished') {
      state +=
        this.#state === 'raised' ? ` raised ${errorName(this.#outcome)}` : ` returned ${describeType(this.#outcome)}`;
    }
    return `<Future at 0x${this.#serial.toString(16)} state=${state}>`;
  }

  /** A worker that was sent the call ahead may have begun it meanwhile. */
  #look(): void {
    if (this.#state === 'pending' && this.#control?.begun?.() === true) this.#state = 'running';
  }

  #shownState(): FutureState {
    if (this.#state === 'noticed') return 'cancelled';
    return this.#state === 'returned' || this.#state === 'raised' ? 'finished' : this.#state;
  }

  #isLocal(): boolean {
    return this.#control?.isLocal?.() ?? true;
  }

  #settleByHand(failed: boolean, outcome: unknown): void {
    if (this.done()) throw new InvalidStateError(`this future is done already: ${inspect(this)}`);
    const control = this.#control;
    const waits = this.#state === 'pending' && this.#isLocal() && control?.release?.() !== false;
    this.#finish(failed, outcome);
    if (waits) control?.dropped();
  }

  #take(): T {
    if (this.cancelled()) throw new CancelledError();
    if (this.#state === 'raised') throw this.#outcome;
    return this.#outcome as T;
  }

  #finish(failed: boolean, outcome: unknown): void {
    this.#state = failed ? 'raised' : 'returned';
    this.#outcome = outcome;
    this.#control = undefined;
    this.#wakeWatchers();
    this.#announce();
  }

  /** Tells all who wait for `done()`: the promises, then the callbacks. */
  #announce(): void {
    this.#resolve?.(this.#settledAs());
    this.#resolve = undefined;
    const waiters = this.#waiters;
    this.#waiters = undefined;
    if (waiters !== undefined) for (const waiter of waiters) waiter();
    const callbacks = this.#callbacks;
    this.#callbacks = undefined;
    if (callbacks !== undefined) for (const callback of callbacks) this.#callBack(callback);
  }

  #wakeWatchers(): void {
    const watchers = this.#watchers;
    this.#watchers = undefined;
    if (watchers !== undefined) for (const watcher of watchers) watcher();
  }

  #watch(watcher: () => void): () => void {
    if (this.#settled()) {
      watcher();
      return () => {};
    }
    this.#watchers ??= new Set();
    this.#watchers.add(watcher);
    return () => this.#watchers?.delete(watcher);
  }

  #callBack(callback: (future: Future<T>) => void): void {
    const log = (error: unknown): void => logger().error(`a done callback of ${inspect(this)} threw`, { error });
    try {
      const returned: unknown = callback(this);
      // An asynchronous callback fails later: that must not become an unhandled rejection either.
      if (returned instanceof Promise) returned.catch(log);
    } catch (error) {
      log(error);
    }
  }

  #settled(): boolean {
    return this.#state === 'returned' || this.#state === 'raised' || this.#state === 'noticed';
  }

  /** What to resolve the promise with: a rejected one takes it along. */
  #settledAs(): T | Promise<T> {
    if (this.#state === 'returned') return this.#outcome as T;
    return Promise.reject(this.#state === 'raised' ? this.#outcome : new CancelledError());
  }

  #asPromise(): Promise<T> {
    this.#promise ??= new Promise<T>((resolve) => {
      if (this.done()) resolve(this.#settledAs());
      else this.#resolve = resolve;
    });
    return this.#promise;
  }

  #wait(limits: WaitLimits): Promise<void> {
    return limited<void>(
      limits,
      ({ reject }) => reject(new TimeoutError(`no result after ${limits.timeoutMs} ms: ${inspect(this)}`)),
      ({ resolve }) => {
        const waiter = (): void => resolve();
        this.#waiters ??= new Set();
        this.#waiters.add(waiter);
        return () => this.#waiters?.delete(waiter);
      },
    );
  }

  #talk(): FutureChannel {
    this.#channel ??= new FutureChannel();
    return this.#channel;
  }
}

export { internals };
