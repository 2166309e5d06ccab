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
  /** How many calls it runs at once. */
  readonly places: number;
  /** The claim table; threads only. */
  readonly claims?: Int32Array | undefined;
  /** What of the environment must not be seen from outside; processes only. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly initializer?: TaskAddress | undefined;
  readonly initargs: Encoded;
}

/** What the parent says to a worker beside calls. */
export type ToWorker =
  | readonly [type: 'setup', setup: WorkerSetup]
  /** Gives a task the number by which the calls name it. */
  | readonly [type: 'task', number: number, address: TaskAddress]
  | readonly [type: 'abort', slot: number, serial: number, reason: Encoded]
  | readonly [type: 'reply', request: number, ok: boolean, value: Encoded, size: number]
  /** Asks it to skip what it has not begun. */
  | readonly [type: 'giveBack']
  | readonly [type: 'end'];

/** What can be asked of the parent: an answer for a task, or something of a queue that lives there. */
export type ParentRequest =
  | readonly [what: 'ask', slot: number, serial: number, question: Encoded]
  | readonly [what: 'queue', queue: number, operation: QueueOperation, value: Encoded, timeoutMs: number | undefined];

export type QueueOperation = 'put' | 'get' | 'putNowait' | 'getNowait' | 'taskDone' | 'join';

/** What a worker says to its parent beside the results of calls. */
export type ToParent =
  | readonly [type: 'ready']
  | readonly [type: 'initFailed', error: Encoded, classes: readonly string[]]
  /** Output is still on its way, or work that a task has left behind; 'quiet' follows. */
  | readonly [type: 'busy']
  | readonly [type: 'quiet']
  /** It ends, and has begun these calls that are not over; what else it was sent it did not begin. Processes only. */
  | readonly [type: 'leaving', begun: readonly number[]]
  | readonly [type: 'event', slot: number, serial: number, event: Encoded]
  | readonly [type: 'request', request: number, ...ask: ParentRequest]
  | readonly [type: 'note', note: Note, number: number];

export type QueueRequest = Extract<ToParent, readonly ['request', number, 'queue', ...unknown[]]>;

/**
 * What a worker tells of its requests and queues by their number. `giveUp`: it does not want to wait, the answer to the
 * request tells what came of that. `read`: it has read the answer to the request. `holds` and `drops`: something there
 * holds the queue, and nothing does any more.
 */
export type Note = 'giveUp' | 'read' | 'holds' | 'drops';

/** Where messages are left to be sent. */
export interface Outgoing {
  readonly open: unknown[];
  /** Sends in a message of its own. @throws when it cannot be cloned */
  now(items: readonly unknown[]): void;
  /** Sends in a message of its own, so that what cannot be cloned harms nothing else. */
  alone(items: readonly unknown[], refused: (error: unknown) => void): void;
}

/** What one call of a chunk came to, encoded by itself so that what cannot cross fails alone. */
export type ChunkOutcome = readonly [ok: boolean, outcome: Encoded, classes: readonly string[]];

export const NOTHING: Encoded = Object.freeze({ value: undefined, special: false });
