import type { Future } from './future.js';
import type { FutureChannel } from './future-channel.js';

export type FutureState = 'pending' | 'running' | 'cancelled' | 'finished';

/** A future at one moment: `value` counts when it is finished and not `failed`, `error` when it is `failed`. */
export interface FutureSnapshot<T> {
  readonly state: FutureState;
  readonly failed: boolean;
  readonly value: T | undefined;
  readonly error: unknown;
}

/** What a future asks of the executor that made it. */
export interface FutureControl {
  /** Whether the call has begun, asked while nobody has told. */
  begun?(): boolean;
  /** Makes sure that nobody begins the call any more; returns false when it is too late. */
  release?(): boolean;
  /** The call was cancelled while it was pending, or its future was settled by hand: it need not run. */
  dropped(): void;
  /** Asks a call to stop that runs, or that waits elsewhere; returns whether anybody was there to ask. */
  abort(reason: unknown): boolean;
  /** Whether a pending call is still here, so that `cancel()` can answer for it; absent where it always is. */
  isLocal?(): boolean;
  /** Cancels where that takes a round trip. */
  requestCancel?(): Promise<boolean>;
}

/** What executors, `wait` and `asCompleted` may do with a future and its owner may not. */
export interface Internals {
  create<T>(control: FutureControl): Future<T>;
  serial(future: Future<unknown>): number;
  /** Finished, or cancelled and noticed by its executor. */
  settled(future: Future<unknown>): boolean;
  failed(future: Future<unknown>): boolean;
  /** Calls back once it is settled; returns what calls that off. */
  onSettled(future: Future<unknown>, listener: () => void): () => void;
  /** Settles it unless it is settled already. */
  finish(future: Future<unknown>, failed: boolean, outcome: unknown): void;
  channel(future: Future<unknown>): FutureChannel;
  /** The value, or throws the error. */
  take<T>(future: Future<T>): T;
}
