import { NotTransferableError } from './errors.js';
import type { WaitLimits } from './limited.js';
import type { Note, QueueOperation } from './messages.js';
import { backendOf, Queue, type QueueBackend, withBackend } from './queue.js';
import type { TransferKind } from './transfer.js';

export interface QueueAsk {
  readonly queue: number;
  readonly operation: QueueOperation;
  readonly value: unknown;
  readonly limits: WaitLimits;
}

/** Asks something of a queue of the parent, which keeps the time and heeds the signal; tells how many items it has then. */
type Send = (ask: QueueAsk, heardSize: (size: number) => void) => Promise<unknown>;

type Tell = (note: Note, queue: number) => void;

/** The queues of the parent as its worker sees them. */
export class RemoteQueues {
  readonly #send: Send;
  readonly #tell: Tell;
  readonly #known = new Map<number, WeakRef<Queue<unknown>>>();
  readonly #numbers = new WeakMap<QueueBackend, number>();
  readonly #collected = new FinalizationRegistry<number>((number) => {
    // It may have come again since.
    if (this.#known.get(number)?.deref() !== undefined) return;
    if (this.#known.delete(number)) this.#tell('drops', number);
  });

  constructor(send: Send, tell: Tell) {
    this.#send = send;
    this.#tell = tell;
  }

  readonly kind: TransferKind = {
    kind: 'queue',
    matches: (value) => value instanceof Queue,
    encode: (value) => {
      const number = this.#numbers.get(backendOf(value as Queue));
      if (number !== undefined) return number;
      throw new NotTransferableError('a Queue that was made in a worker cannot leave it: make it in the program');
    },
    decode: (data) => this.#queue(data as number),
  };

  #queue(number: number): Queue<unknown> {
    const known = this.#known.get(number)?.deref();
    if (known !== undefined) return known;
    let size = 0;
    const heard = (now: number): void => {
      size = now;
    };
    const backend: QueueBackend = {
      get size() {
        return size;
      },
      run: (operation, value, limits) => this.#send({ queue: number, operation, value, limits }, heard),
    };
    const queue = withBackend(backend);
    this.#known.set(number, new WeakRef(queue));
    this.#collected.register(queue, number);
    this.#tell('holds', number);
    this.#numbers.set(backend, number);
    return queue;
  }
}
