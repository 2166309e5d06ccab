import { NOTHING, type QueueOperation, type ToWorker } from './messages.js';
import { Queue } from './queue.js';
import type { Codec, TransferKind } from './transfer.js';

/** The queues of this side that one worker was given; what it asks of them ends when it is gone. */
export class LocalQueues {
  readonly #queues: Queue<unknown>[] = [];
  readonly #numbers = new Map<Queue<unknown>, number>();
  readonly #gone = new AbortController();

  readonly kind: TransferKind = {
    kind: 'queue',
    matches: (value) => value instanceof Queue,
    encode: (value) => this.#numberOf(value as Queue),
    decode: (data) => this.#queue(data as number),
  };

  /** Does what the worker asks, and returns the message that answers it, or undefined when the worker is gone. */
  async serve(
    request: number,
    number: number,
    operation: QueueOperation,
    item: unknown,
    timeoutMs: number | undefined,
    codec: Codec,
  ): Promise<ToWorker | undefined> {
    const queue = this.#queue(number);
    try {
      const value = await this.#run(queue, operation, item, timeoutMs);
      const encoded = value === undefined ? NOTHING : codec.encode(value, 'an item of a queue');
      return ['reply', request, true, encoded, queue.size];
    } catch (error) {
      if (this.#gone.signal.aborted) return undefined;
      return ['reply', request, false, codec.encode(error, 'the error of a queue'), queue.size];
    }
  }

  close(): void {
    this.#gone.abort();
  }

  #run(queue: Queue<unknown>, operation: QueueOperation, item: unknown, timeoutMs: number | undefined): unknown {
    const limits = { timeoutMs, signal: this.#gone.signal };
    if (operation === 'put') return queue.put(item, limits);
    if (operation === 'get') return queue.get(limits);
    if (operation === 'putNowait') return queue.putNowait(item);
    if (operation === 'getNowait') return queue.getNowait();
    if (operation === 'taskDone') return queue.taskDone();
    return queue.join(limits);
  }

  #numberOf(queue: Queue<unknown>): number {
    const known = this.#numbers.get(queue);
    if (known !== undefined) return known;
    const number = this.#queues.push(queue) - 1;
    this.#numbers.set(queue, number);
    return number;
  }

  #queue(number: number): Queue<unknown> {
    const queue = this.#queues[number];
    if (queue === undefined) throw new RangeError(`no queue ${number} was given to this worker`);
    return queue;
  }
}
