import type { AsyncResource } from 'node:async_hooks';
import { Deadline } from '../base/index.js';
import type { CallOptions } from './call-options.js';
import { TimeoutError } from './errors.js';
import { type Future, internals } from './future.js';
import type { FutureControl } from './future-control.js';
import { onAbort } from './on-abort.js';
import { type TaskAddress, taskAddress } from './task.js';

export type AnyFunction = (...args: never[]) => unknown;

/** What somebody wants to have run: a function once, or once for each of many lists of arguments. */
export interface CallRequest {
  readonly fn: AnyFunction;
  readonly args: readonly unknown[];
  /** The arguments are lists of arguments, and the result is a list of outcomes. */
  readonly chunk: boolean;
  readonly options: CallOptions;
}

/** What one call of a chunk came to: `[true, value]` or `[false, error]`. */
export type Outcome = readonly [ok: boolean, outcome: unknown];

/** What the executor that holds a call does for it. */
export interface CallHolder {
  /** The call was cancelled before it started, or has its outcome from elsewhere. */
  dropped(call: Call): void;
  /** Whether the waiting call is still here; absent where it always is. */
  isLocal?(call: Call): boolean;
  /** Asks whoever has the waiting call to drop it, and tells what came of it. */
  requestCancel?(call: Call): Promise<boolean>;
  /** Asks whoever has the waiting call to stop it; returns whether anybody was there to ask. */
  abortWaiting?(call: Call, reason: unknown): boolean;
}

/** Who runs a call, or was sent it ahead. */
export interface CallRunner {
  abort(call: Call, reason: unknown): void;
  /** Whether a call that was sent ahead has begun. */
  begun?(call: Call): boolean;
  /** Takes back a call that was sent ahead; returns false when it has begun. */
  revoke?(call: Call): boolean;
}

/** What only few calls need. */
interface Extras {
  stopTimer?: () => void;
  unlisten?: () => void;
  aborted?: { readonly reason: unknown };
}

/** One submitted call on its way: it ties the future of the submitter to the worker that runs it. */
export class Call implements FutureControl {
  readonly future: Future<unknown>;
  readonly options: CallOptions;
  readonly chunk: boolean;
  fn: AnyFunction | undefined;
  args: readonly unknown[] | undefined;
  /** Where it stands in its executor's queue; the queue's own note. */
  place: 'none' | 'queued' | 'parked' = 'none';
  /** Its place in its worker and what it is expected to take there; the worker link's own notes. */
  slot = -1;
  cost = 0;
  /** Where it was submitted, for a function that runs in the same event loop and had to wait. */
  context: AsyncResource | undefined;
  #holder: CallHolder | undefined;
  #runner: CallRunner | undefined;
  #extras: Extras | undefined;

  constructor(request: CallRequest, holder: CallHolder) {
    this.fn = request.fn;
    this.args = request.args;
    this.chunk = request.chunk;
    this.options = request.options;
    this.#holder = holder;
    this.future = internals.create(this);
    const { onEvent, onQuestion } = this.options;
    if (onEvent !== undefined) this.future.onEvent((event) => onEvent(event, this.future));
    if (onQuestion !== undefined) this.future.onQuestion((question) => onQuestion(question, this.future));
  }

  get serial(): number {
    return internals.serial(this.future);
  }

  /** Where its worker finds the function; undefined when it is over, or for a plain function. */
  get address(): TaskAddress | undefined {
    return taskAddress(this.fn);
  }

  /** Begins to heed the caller's signal; to be called when the call has its place in the queue. */
  heedSignal(): void {
    const { signal } = this.options;
    if (signal === undefined) return;
    const heed = (): void => {
      this.future.abort(signal.reason);
    };
    if (signal.aborted) heed();
    else this.#more.unlisten = onAbort(signal, heed);
  }

  /** Marks it as running, unless it was cancelled. */
  start(runner: CallRunner): boolean {
    if (!this.future.setRunningOrNotifyCancel()) return false;
    this.#runner = runner;
    const { timeoutMs } = this.options;
    if (timeoutMs !== undefined) {
      this.#more.stopTimer = Deadline.after(timeoutMs).schedule(() => {
        const error = new TimeoutError(`the call was not done after ${timeoutMs} ms`);
        this.abort(error);
        internals.finish(this.future, true, error);
      });
    }
    return true;
  }

  /** Notes that it was sent to a worker that has others before it: it is pending until that begins it. */
  sentAhead(runner: CallRunner | undefined): void {
    this.#runner = runner;
  }

  /** Hands a call that is marked as running, but was lost before it began, to another worker. */
  restart(runner: CallRunner): void {
    this.#runner = runner;
    if (this.#extras?.aborted !== undefined) runner.abort(this, this.#extras.aborted.reason);
  }

  /** Settles the future (unless its time was over before) and forgets function and arguments. */
  finish(failed: boolean, outcome: unknown): void {
    this.#forget();
    internals.finish(this.future, failed, outcome);
  }

  begun(): boolean {
    return this.#runner?.begun?.(this) ?? false;
  }

  release(): boolean {
    return this.#runner?.revoke?.(this) ?? true;
  }

  dropped(): void {
    const holder = this.#holder;
    this.#forget();
    // Nobody has started it, so the executor notices at once.
    if (this.future.cancelled()) this.future.setRunningOrNotifyCancel();
    holder?.dropped(this);
  }

  isLocal(): boolean {
    return this.#holder?.isLocal?.(this) ?? true;
  }

  requestCancel(): Promise<boolean> {
    return this.#holder?.requestCancel?.(this) ?? Promise.resolve(this.future.cancel());
  }

  abort(reason: unknown): boolean {
    if (!this.future.running() && !this.future.done()) return this.#holder?.abortWaiting?.(this, reason) ?? false;
    this.#more.aborted ??= { reason };
    this.#runner?.abort(this, reason);
    return this.#runner !== undefined;
  }

  get #more(): Extras {
    this.#extras ??= {};
    return this.#extras;
  }

  #forget(): void {
    if (this.#extras !== undefined) {
      this.#extras.stopTimer?.();
      this.#extras.unlisten?.();
      this.#extras = undefined;
    }
    this.#runner = undefined;
    this.#holder = undefined;
    this.context = undefined;
    this.fn = undefined;
    this.args = undefined;
  }
}
