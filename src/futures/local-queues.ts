import { NOTHING, type Note, type QueueOperation, type QueueRequest, type ToWorker } from './messages.js';
import { backendOf, Queue, type QueueBackend } from './queue.js';
import type { Codec, Encoded, TransferKind } from './transfer.js';

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
  // A queue that is on its way in a call is held by the arguments of that call, until the worker says that it holds it.
  readonly #queues = new Map<number, WeakRef<Queue<unknown>>>();
  readonly #numbers = new WeakMap<Queue<unknown>, number>();
  readonly #collected = new FinalizationRegistry<number>((number) => this.#queues.delete(number));
  /** Those that something in the worker holds. */
  readonly #held = new Map<number, Queue<unknown>>();
  /** Answers on their way to the worker, by their request: nobody else may hold a queue in them. */
  readonly #unread = new Map<number, unknown>();
  #lastNumber = 0;
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

  /** Takes what the worker tells of its requests and queues. */
  note(note: Note, number: number): void {
    if (note === 'giveUp') this.#waits.get(number)?.abort();
    else if (note === 'read') this.#unread.delete(number);
    else if (note === 'drops') this.#held.delete(number);
    else {
      const queue = this.#queues.get(number)?.deref();
      if (queue !== undefined) this.#held.set(number, queue);
    }
  }

  /** To be called for each answer that the worker is sent: it says when it has read one that is special. */
  keepUntilRead(request: number, answer: unknown, { special }: Encoded): void {
    if (special) this.#unread.set(request, answer);
  }

  close(): void {
    this.#gone = true;
    for (const wait of this.#waits.values()) wait.abort();
    this.#held.clear();
    this.#unread.clear();
  }

  #answer(given: unknown, backend: QueueBackend, { request, taken, talk, failed }: Answering): void {
    // An item that cannot cross is not lost: it stays the next one, for the program itself or for who can have it.
    const refused = (error: unknown): void => {
      this.#unread.delete(request);
      if (taken) backend.putBack?.(given);
      failed(error);
    };
    if (this.#gone) {
      refused(undefined);
      return;
    }
    try {
      const encoded = given === undefined ? NOTHING : talk.codec.encode(given, 'an item of a queue');
      this.keepUntilRead(request, given, encoded);
      talk.say(['reply', request, true, encoded, backend.size], refused);
    } catch (error) {
      refused(error);
    }
  }

  #numberOf(queue: Queue<unknown>): number {
    const known = this.#numbers.get(queue);
    if (known !== undefined) return known;
    this.#lastNumber += 1;
    const number = this.#lastNumber;
    this.#numbers.set(queue, number);
    this.#queues.set(number, new WeakRef(queue));
    this.#collected.register(queue, number);
    return number;
  }

  #queue(number: number): Queue<unknown> {
    const queue = this.#queues.get(number)?.deref();
    if (queue === undefined) throw new RangeError(`no queue ${number} was given to this worker`);
    return queue;
  }
}
