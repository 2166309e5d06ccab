import { checkMs, Deadline, OptionError } from '../base/index.js';
import type { Outcome } from './call.js';
import { checkNames } from './call-options.js';
import { Deque } from './deque.js';
import { TimeoutError } from './errors.js';
import { Future, internals } from './future.js';
import { limited } from './limited.js';
import { type Inputs, Zip } from './map-inputs.js';
import { Turns } from './turns.js';

export type { Inputs } from './map-inputs.js';

export interface MapOptions {
  /** Milliseconds until all results must be there, counted from the call of `map`; default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** Calls per message to a worker, at least 1, default 1; without effect in the event loop, where nothing is sent. */
  readonly chunksize?: number | undefined;
  /** How many inputs (with a chunksize: chunks) are pulled and submitted ahead of the results; default: all at once. */
  readonly buffersize?: number | undefined;
}

const MAP_OPTIONS = ['timeoutMs', 'chunksize', 'buffersize'];

/** The results of `map` in input order; a `next()` that failed does not end it. */
export type MapResults<T> = AsyncIterableIterator<T, undefined>;

/** What `map` needs of an executor. */
export interface MapTarget {
  one(args: unknown[]): Future<unknown>;
  /** Submits many calls as one; undefined where that has no use. */
  many?: ((lists: unknown[][]) => Future<unknown>) | undefined;
}

function checkCount(name: string, value: number | undefined): void {
  if (value === undefined) return;
  if (!Number.isInteger(value) || value < 1) {
    throw new OptionError(`${name} must be a whole number, at least 1; got ${String(value)}`);
  }
}

/** Starts a map; all options are checked before the first call is submitted. */
export function startMap<T>(target: MapTarget, inputs: Inputs<unknown>[], options: MapOptions): MapResults<T> {
  checkNames('map', options, MAP_OPTIONS);
  checkCount('chunksize', options.chunksize);
  checkCount('buffersize', options.buffersize);
  checkMs('timeoutMs', options.timeoutMs);
  return new Results<T>(target, new Zip(inputs, options.buffersize !== undefined), options);
}

const DONE = { done: true, value: undefined } as const;

/** Written by hand because an `async function*` dies at its first throw, and what comes after an error must be had. */
class Results<T> implements AsyncIterableIterator<T, undefined> {
  readonly #target: MapTarget;
  readonly #inputs: Zip;
  readonly #chunk: number;
  readonly #timeoutMs: number | undefined;
  readonly #deadline: Deadline;
  readonly #turns = new Turns();
  readonly #futures = new Deque<Future<unknown>>();
  /** Outcomes of a chunk that were not asked for yet. */
  readonly #outcomes = new Deque<Outcome>();
  /** How many submits were promised and are not done yet; only asynchronous inputs leave some. */
  #owed: number;
  #more = true;
  /** An asynchronous input was asked for its next item. */
  #pulling = false;
  /** Wakes the `next()` that waits for an input. */
  #pulled: () => void = () => {};

  constructor(target: MapTarget, inputs: Zip, { timeoutMs, chunksize = 1, buffersize = Infinity }: MapOptions) {
    this.#target = target;
    this.#inputs = inputs;
    this.#chunk = target.many === undefined ? 1 : chunksize;
    this.#timeoutMs = timeoutMs;
    this.#deadline = Deadline.after(timeoutMs);
    this.#owed = buffersize;
    if (inputs.asynchronous) void this.#pull();
    else {
      try {
        this.#fillNow(buffersize === Infinity);
      } catch (error) {
        this.#stop();
        this.#closeInputs();
        throw error;
      }
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return this.#turns.take(() => this.#next());
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    const waits = this.#pulling;
    this.#stop();
    const closed = this.#inputs.return();
    // A generator that waits for something is closed when that has come, if ever.
    if (waits) closed.catch(() => {});
    else await closed;
    return DONE;
  }

  async #next(): Promise<IteratorResult<T, undefined>> {
    if (this.#outcomes.length === 0) {
      // As in Python: the next input is submitted before the oldest result is waited for.
      if (this.#more) {
        this.#owed += 1;
        if (this.#inputs.asynchronous) void this.#pull();
        else this.#fillLater();
      }
      if (this.#futures.length === 0 && this.#more) await this.#inputOrEnd();
      const future = this.#futures.shift();
      if (future === undefined) return DONE;
      await this.#settle(future);
      if (this.#chunk === 1) return { done: false, value: internals.take(future) as T };
      for (const outcome of internals.take(future) as Outcome[]) this.#outcomes.push(outcome);
    }
    const [ok, outcome] = this.#outcomes.shift() as Outcome;
    if (!ok) throw outcome;
    return { done: false, value: outcome as T };
  }

  /** `eager`: an input that fails, fails the call of `map`, as in Python; with a buffer it does so at its place. */
  #fillNow(eager: boolean): void {
    while (this.#more && this.#owed > 0) {
      let lists: unknown[][];
      try {
        lists = this.#inputs.take(this.#chunk);
      } catch (error) {
        if (eager) throw error;
        this.#failHere(error);
        return;
      }
      this.#submit(lists);
    }
  }

  #fillLater(): void {
    try {
      this.#fillNow(false);
    } catch (error) {
      this.#failHere(error);
    }
  }

  async #pull(): Promise<void> {
    if (this.#pulling) return;
    this.#pulling = true;
    try {
      while (this.#more && this.#owed > 0) {
        this.#submit(await this.#inputs.takeAsync(this.#chunk));
        this.#pulled();
      }
    } catch (error) {
      if (this.#more) this.#failHere(error);
    }
    this.#pulling = false;
    this.#pulled();
  }

  /** There are no more inputs, and at the place of the one that failed is its error. */
  #failHere(error: unknown): void {
    this.#more = false;
    const failed = new Future<unknown>();
    failed.setException(error);
    this.#futures.push(failed);
    this.#closeInputs();
  }

  #inputOrEnd(): Promise<void> {
    return this.#limited((wake) => {
      this.#pulled = wake;
    });
  }

  #submit(lists: unknown[][]): void {
    const [first] = lists;
    if (first === undefined || !this.#more) {
      this.#more = false;
      return;
    }
    this.#owed -= 1;
    const many = this.#chunk > 1 ? this.#target.many : undefined;
    this.#futures.push(many === undefined ? this.#target.one(first) : many(lists));
  }

  /** Waits until that future is done; map's own time-out is told from one that a task has thrown by who says it. */
  async #settle(future: Future<unknown>): Promise<void> {
    if (future.done()) return;
    await this.#limited((wake) => future.addDoneCallback(wake), future);
  }

  #limited(subscribe: (wake: () => void) => void, future?: Future<unknown>): Promise<void> {
    return limited<void>(
      { timeoutMs: this.#timeoutMs === undefined ? undefined : this.#deadline.remainingMs() },
      ({ reject }) => {
        // First, for cancelling the call settles it, and its CancelledError would win.
        reject(new TimeoutError(`map was not done after ${this.#timeoutMs} ms`));
        void future?.requestCancel();
        this.#stop();
        this.#closeInputs();
      },
      ({ resolve }) => {
        subscribe(() => resolve());
        return () => {};
      },
    );
  }

  /** Closes the inputs where something else is to be told than what becomes of that. */
  #closeInputs(): void {
    this.#inputs.return().catch(() => {});
  }

  #stop(): void {
    this.#more = false;
    this.#pulled();
    this.#outcomes.clear();
    // Asked for, and not `cancel()`, which cannot answer for a call that waits elsewhere.
    for (const future of this.#futures) void future.requestCancel();
    this.#futures.clear();
  }
}
