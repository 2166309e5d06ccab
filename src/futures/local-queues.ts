import { NOTHING, type QueueOperation, type QueueRequest, type ToWorker } from './messages.js';
import { backendOf, Queue, type QueueBackend } from './queue.js';
import type { Codec, TransferKind } from './transfer.js';

/** The operations whose answer is an item. */
const TAKING: readonly QueueOperation[] = ['get', 'getNowait'];

interface Talk {
  readonly codec: Codec;
  say(message: ToWorker, refused?: (error: unknown) => void): void;
}

interface Answering {
  readonly request: number;
  /** Whether what is given was taken out of the queue. */
  readonly taken: boolean;
  readonly talk: Talk;
  readonly failed: (error: unknown) => void;
}

/** The queues of this side that one worker was given; what it asks of them ends when it is gone. */
export class LocalQueues {
  readonly #queues: Queue<unknown>[] = [];
  readonly #numbers = new Map<Queue<unknown>, number>();
  /** What the worker waits for, by the number of its request. */
  readonly #waits = new Map<number, AbortController>();
  #gone = false;

  readonly kind: TransferKind = {
    kind: 'queue',
    matches: (value) => value instanceof Queue,
    encode: (value) => this.#numberOf(value as Queue),
    decode: (data) => this.#queue(data as number),
  };

  /** Does what the worker asks and answers it, unless it is gone meanwhile. */
  async serve([, request, , number, operation, value, timeoutMs]: QueueRequest, talk: Talk): Promise<void> {
    const wait = new AbortController();
    this.#waits.set(request, wait);
    let backend: QueueBackend | undefined;
    const failed = (error: unknown): void => {
      if (this.#gone) return;
      const encoded = talk.codec.encode(error, 'the error of a queue');
      talk.say(['reply', request, false, encoded, backend?.size ?? 0]);
    };
    try {
      backend = backendOf(this.#queue(number));
      const item = talk.codec.decode(value);
      const given = await backend.run(operation, item, { timeoutMs, signal: wait.signal });
      this.#answer(given, backend, { request, taken: TAKING.includes(operation), talk, failed });
    } catch (error) {
      failed(error);
    } finally {
      this.#waits.delete(request);
    }
  }

  /** Ends a wait of the worker's, unless it is over. */
  giveUp(request: number): void {
    this.#waits.get(request)?.abort();
  }

  close(): void {
    this.#gone = true;
    for (const wait of this.#waits.values()) wait.abort();
  }

  #answer(given: unknown, backend: QueueBackend, { request, taken, talk, failed }: Answering): void {
    // An item that cannot cross is not lost: it stays the next one, for the program itself or for who can have it.
    const refused = (error: unknown): void => {
      if (taken) backend.putBack?.(given);
      failed(error);
    };
    if (this.#gone) {
      refused(undefined);
      return;
    }
    try {
      const encoded = given === undefined ? NOTHING : talk.codec.encode(given, 'an item of a queue');
      talk.say(['reply', request, true, encoded, backend.size], refused);
    } catch (error) {
      refused(error);
    }
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
