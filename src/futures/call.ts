import { Deadline } from '../base/index.js';
import type { CallOptions } from './call-options.js';
import { TimeoutError } from './errors.js';
import { type Future, type FutureControl, internals } from './future.js';
import { onAbort } from './on-abort.js';

export type AnyFunction = (...args: never[]) => unknown;

/** What somebody wants to have run: a function once, or once for each of many lists of arguments. */
export interface CallRequest {
  readonly fn: AnyFunction;
  readonly args: readonly unknown[];
  /** The arguments are lists of arguments, and the result is a list of outcomes. */
  readonly chunk?: boolean;
  readonly options: CallOptions;
}

/** What one call of a chunk came to: `[true, value]` or `[false, error]`. */
export type Outcome = readonly [ok: boolean, outcome: unknown];

/** What the executor that holds a call does for it. */
export interface CallHolder {
  /** The call was cancelled before it started. */
  dropped(call: Call): void;
  /** Whether the waiting call is still here; absent where it always is. */
  isLocal?(call: Call): boolean;
  /** Asks whoever has the waiting call to drop it, and tells what came of it. */
  requestCancel?(call: Call): Promise<boolean>;
  /** Asks whoever has the waiting call to stop it; returns whether anybody was there to ask. */
  abortWaiting?(call: Call, reason: unknown): boolean;
}

/** One submitted call on its way: it ties the future of the submitter to the worker that runs it. */
export class Call implements FutureControl {
  readonly future: Future<unknown>;
  readonly serial: number;
  readonly options: CallOptions;
  readonly chunk: boolean;
  fn: AnyFunction | undefined;
  args: readonly unknown[] | undefined;
  /** Where it stands in its executor's queue; the queue's own note. */
  place: 'none' | 'queued' | 'parked' = 'none';
  #holder: CallHolder | undefined;
  #abortRunning: ((reason: unknown) => void) | undefined;
  #aborted: { readonly reason: unknown } | undefined;
  #stopTimer: (() => void) | undefined;
  #unlisten: (() => void) | undefined;

  constructor(request: CallRequest, holder: CallHolder) {
    this.fn = request.fn;
    this.args = request.args;
    this.chunk = request.chunk ?? false;
    this.options = request.options;
    this.#holder = holder;
    this.future = internals.create(this);
    this.serial = internals.serial(this.future);
    const { onEvent, onQuestion } = this.options;
    if (onEvent !== undefined) this.future.onEvent((event) => onEvent(event, this.future));
    if (onQuestion !== undefined) this.future.onQuestion((question) => onQuestion(question, this.future));
  }

  /** Begins to heed the caller's signal; to be called when the call has its place in the queue. */
  heedSignal(): void {
    const { signal } = this.options;
    if (signal === undefined) return;
    const heed = (): void => {
      this.future.abort(signal.reason);
    };
    if (signal.aborted) heed();
    else this.#unlisten = onAbort(signal, heed);
  }

  /** Marks it as running, unless it was cancelled; `abortRunning` is how the running call is asked to stop. */
  start(abortRunning: (reason: unknown) => void): boolean {
    if (!this.future.setRunningOrNotifyCancel()) return false;
    this.#abortRunning = abortRunning;
    const { timeoutMs } = this.options;
    if (timeoutMs !== undefined) {
      this.#stopTimer = Deadline.after(timeoutMs).schedule(() => {
        const error = new TimeoutError(`the call was not done after ${timeoutMs} ms`);
        this.abort(error);
        internals.finish(this.future, true, error);
      });
    }
    return true;
  }

  /** Hands a call that is marked as running, but was lost before it began, to another worker. */
  restart(abortRunning: (reason: unknown) => void): void {
    this.#abortRunning = abortRunning;
    if (this.#aborted !== undefined) abortRunning(this.#aborted.reason);
  }

  /** Settles the future (unless its time was over before) and forgets function and arguments. */
  finish(failed: boolean, outcome: unknown): void {
    this.#forget();
    internals.finish(this.future, failed, outcome);
  }

  cancelled(): void {
    const holder = this.#holder;
    this.#forget();
    // Nobody has started it, so the executor notices at once.
    this.future.setRunningOrNotifyCancel();
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
    this.#aborted ??= { reason };
    this.#abortRunning?.(reason);
    return this.#abortRunning !== undefined;
  }

  #forget(): void {
    this.#stopTimer?.();
    this.#unlisten?.();
    this.#stopTimer = undefined;
    this.#unlisten = undefined;
    this.#abortRunning = undefined;
    this.#holder = undefined;
    this.fn = undefined;
    this.args = undefined;
  }
}
