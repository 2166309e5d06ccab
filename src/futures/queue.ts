import { checkMs, OptionError } from '../base/index.js';
import { checkNames } from './call-options.js';
import type { WaitLimits } from './limited.js';
import { LocalQueue } from './local-queue.js';
import type { QueueOperation } from './messages.js';

export interface QueueOptions {
  /** Most items at once, at least 1; `put` waits for room. Default: no limit. */
  readonly maxSize?: number | undefined;
}

/** Where the items of a queue are: here, or with the parent of this worker. */
export interface QueueBackend {
  readonly size: number;
  run(operation: QueueOperation, value: unknown, limits: WaitLimits): Promise<unknown>;
  /** Makes an item that was taken out the next one again; absent where that cannot be done. */
  putBack?(item: unknown): void;
}

let withBackend: (backend: QueueBackend) => Queue<unknown>;
let backendOf: (queue: Queue<unknown>) => QueueBackend;

/**
 * First in, first out, between the program and its threads and processes: give it to a task as an argument. The items
 * live where the queue was made.
 */
export class Queue<T = unknown> {
  #backend: QueueBackend;

  static {
    withBackend = (backend) => {
      const queue = new Queue();
      queue.#backend = backend;
      return queue;
    };
    backendOf = (queue) => queue.#backend;
  }

  constructor(options: QueueOptions = {}) {
    checkNames('a Queue', options, ['maxSize']);
    const { maxSize = Infinity } = options;
    if (maxSize !== Infinity && !(Number.isInteger(maxSize) && maxSize >= 1)) {
      throw new OptionError(`maxSize must be a whole number, at least 1; got ${String(maxSize)}`);
    }
    this.#backend = new LocalQueue(maxSize);
  }

  /** How many items are in it; in a worker what was last heard, so approximate. */
  get size(): number {
    return this.#backend.size;
  }

  /** Puts an item in, when there is room. @throws {QueueFullError} when there is none by the deadline */
  async put(item: T, limits: WaitLimits = {}): Promise<void> {
    await this.#run('put', item, limits);
  }

  /**
   * Takes the next item out, when there is one. In a worker the program decides what comes first, an item or the signal:
   * what was taken is returned. @throws {QueueEmptyError} when there is none by the deadline; @throws
   * {NotTransferableError} in a worker, for an item that cannot cross: it stays the next one
   */
  get(limits: WaitLimits = {}): Promise<T> {
    return this.#run('get', undefined, limits) as Promise<T>;
  }

  /** Puts an item in without waiting for room. In a worker the answer takes a round trip. @throws {QueueFullError} */
  async putNowait(item: T): Promise<void> {
    await this.#run('putNowait', item, {});
  }

  /** Takes an item out without waiting for one. In a worker the answer takes a round trip. @throws {QueueEmptyError} */
  getNowait(): Promise<T> {
    return this.#run('getNowait', undefined, {}) as Promise<T>;
  }

  /** Tells that the work for one item that was taken out is done. @throws {InvalidStateError} when told too often */
  async taskDone(): Promise<void> {
    await this.#run('taskDone', undefined, {});
  }

  /** Waits until the work for all items that were ever put in is done. @throws {TimeoutError} */
  async join(limits: WaitLimits = {}): Promise<void> {
    await this.#run('join', undefined, limits);
  }

  async #run(operation: QueueOperation, value: unknown, limits: WaitLimits): Promise<unknown> {
    checkMs('timeoutMs', limits.timeoutMs);
    // A wait that is over before it begins takes nothing and puts nothing.
    limits.signal?.throwIfAborted();
    return this.#backend.run(operation, value, limits);
  }
}

export { backendOf, withBackend };
