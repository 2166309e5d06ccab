import { Deque } from './deque.js';
import { InvalidStateError, QueueEmptyError, QueueFullError, TimeoutError } from './errors.js';
import { limited, type WaitLimits } from './limited.js';
import type { QueueOperation } from './messages.js';
import type { QueueBackend } from './queue.js';

interface Putter {
  readonly item: unknown;
  readonly resolve: () => void;
}

/** A queue whose items are here. */
export class LocalQueue implements QueueBackend {
  readonly #maxSize: number;
  readonly #items = new Deque<unknown>();
  // Sets keep the order in which they came, and one that gives up is taken out at once.
  readonly #getters = new Set<(item: unknown) => void>();
  readonly #putters = new Set<Putter>();
  readonly #joiners = new Set<() => void>();
  #unfinished = 0;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  get size(): number {
    return this.#items.length;
  }

  async run(operation: QueueOperation, value: unknown, limits: WaitLimits): Promise<unknown> {
    switch (operation) {
      case 'put':
        return this.#put(value, limits);
      case 'get':
        return this.#get(limits);
      case 'putNowait':
        if (!this.#hasRoom()) throw new QueueFullError();
        return this.#add(value);
      case 'getNowait':
        if (this.#items.length === 0) throw new QueueEmptyError();
        return this.#remove();
      case 'taskDone':
        return this.#taskDone();
      case 'join':
        return this.#join(limits);
    }
  }

  /** Takes an item in again that was taken out and could not be given; there may be one too many for a while. */
  putBack(item: unknown): void {
    const [getter] = this.#getters;
    if (getter === undefined) this.#items.unshift(item);
    else getter(item);
  }

  #hasRoom(): boolean {
    return this.#items.length < this.#maxSize;
  }

  #put(item: unknown, limits: WaitLimits): Promise<void> | void {
    if (this.#hasRoom()) return this.#add(item);
    return limited<void>(
      limits,
      ({ reject }) => reject(new QueueFullError(`the queue was full for ${limits.timeoutMs} ms`)),
      ({ resolve }) => {
        const putter: Putter = { item, resolve };
        this.#putters.add(putter);
        return () => this.#putters.delete(putter);
      },
    );
  }

  #get(limits: WaitLimits): unknown {
    if (this.#items.length > 0) return this.#remove();
    return limited<unknown>(
      limits,
      ({ reject }) => reject(new QueueEmptyError(`the queue was empty for ${limits.timeoutMs} ms`)),
      ({ resolve }) => {
        this.#getters.add(resolve);
        return () => this.#getters.delete(resolve);
      },
    );
  }

  #add(item: unknown): void {
    this.#unfinished += 1;
    const [getter] = this.#getters;
    if (getter === undefined) this.#items.push(item);
    else getter(item);
  }

  #remove(): unknown {
    const item = this.#items.shift();
    const [putter] = this.#putters;
    if (putter !== undefined) {
      this.#add(putter.item);
      putter.resolve();
    }
    return item;
  }

  #taskDone(): void {
    if (this.#unfinished === 0) throw new InvalidStateError('taskDone was called more often than items were put in');
    this.#unfinished -= 1;
    if (this.#unfinished === 0) for (const joiner of [...this.#joiners]) joiner();
  }

  #join(limits: WaitLimits): Promise<void> | void {
    if (this.#unfinished === 0) return;
    return limited<void>(
      limits,
      ({ reject }) => reject(new TimeoutError(`work was left after ${limits.timeoutMs} ms: ${this.#unfinished} items`)),
      ({ resolve }) => {
        this.#joiners.add(resolve);
        return () => this.#joiners.delete(resolve);
      },
    );
  }
}
