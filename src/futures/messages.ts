import type { WorkerKind } from './current-worker.js';
import type { TaskAddress } from './task.js';
import type { Encoded } from './transfer.js';

/** What a worker is told first. */
export interface WorkerSetup {
  readonly kind: WorkerKind;
  readonly executor: string;
  readonly name: string;
  readonly threadName: string;
  readonly callIdPrefix: string;
  readonly initializer?: TaskAddress | undefined;
  readonly initargs: Encoded;
}

/** What the parent says to a worker. A call's number is its serial number in the parent. */
export type ToWorker =
  | readonly [type: 'setup', setup: WorkerSetup]
  /** Gives a task the number by which the calls name it. */
  | readonly [type: 'task', number: number, address: TaskAddress]
  | readonly [type: 'call', call: number, task: number, args: Encoded, chunk: boolean]
  | readonly [type: 'abort', call: number, reason: Encoded]
  | readonly [type: 'reply', request: number, ok: boolean, value: Encoded, size: number]
  | readonly [type: 'end'];

/** What can be asked of the parent: an answer for a task, or something of a queue that lives there. */
export type ParentRequest =
  | readonly [what: 'ask', call: number, question: Encoded]
  | readonly [what: 'queue', queue: number, operation: QueueOperation, value: Encoded, timeoutMs: number | undefined];

export type QueueOperation = 'put' | 'get' | 'putNowait' | 'getNowait' | 'taskDone' | 'join';

/** What a worker says to its parent. */
export type ToParent =
  | readonly [type: 'ready']
  | readonly [type: 'initFailed', error: Encoded, classes: readonly string[]]
  /** The value of a chunk is its `ChunkOutcome[]`. `printing` tells that output is still on its way; 'printed' follows. */
  | readonly [type: 'returned', call: number, value: Encoded, printing: boolean]
  | readonly [type: 'threw', call: number, thrown: Encoded, classes: readonly string[], printing: boolean]
  | readonly [type: 'printed']
  | readonly [type: 'event', call: number, event: Encoded]
  | readonly [type: 'request', request: number, ...ask: ParentRequest];

/** What one call of a chunk came to, encoded by itself so that what cannot cross fails alone. */
export type ChunkOutcome = readonly [ok: boolean, outcome: Encoded, classes: readonly string[]];

export const NOTHING: Encoded = Object.freeze({ value: undefined, special: false });
