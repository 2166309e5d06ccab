import { processWide } from '../base/index.js';
import { thrownClasses } from './error-codec.js';
import { InvalidStateError, NotTransferableError } from './errors.js';
import type { ChunkOutcome, Note, Outgoing, ParentRequest, ToParent } from './messages.js';
import { describeType, errorName, isError } from './naming.js';
import { onAbort } from './on-abort.js';
import { RemoteQueues } from './remote-queue.js';
import { Codec, type Encoded } from './transfer.js';
import { COMMON_KINDS } from './transfer-kinds.js';
import wire from './wire.cjs';

/** The place of a call in its worker and its serial number in the parent. */
interface CallPlace {
  readonly slot: number;
  readonly serial: number;
  readonly over: boolean;
}

interface RequestOptions {
  readonly heardSize?: (size: number) => void;
  /** Ends the wait for the answer, where the parent knows of it. */
  readonly signal?: AbortSignal | undefined;
}

export interface PartsHost {
  readonly sharedMemory: boolean;
  readonly outbox: Outgoing;
}

export type MakeWorkerParts = (host: PartsHost) => WorkerParts;

/** What a worker's program needs of the package, and only from the first call on that needs it. */
export class WorkerParts {
  readonly #outbox: Outgoing;
  readonly #codec: Codec;
  readonly #requests = new Map<number, (ok: boolean, value: unknown, size: number) => void>();
  #lastRequest = 0;

  constructor({ sharedMemory, outbox }: PartsHost) {
    this.#outbox = outbox;
    const queues = new RemoteQueues(({ queue, operation, value, limits }, heardSize) => {
      const item = this.#codec.encode(value, 'what is put in a queue');
      return this.#request(['queue', queue, operation, item, limits.timeoutMs], { heardSize, signal: limits.signal });
    }, this.#note);
    this.#codec = new Codec([queues.kind, ...COMMON_KINDS], { sharedMemory });
  }

  encode(value: unknown, what: string): Encoded {
    return this.#codec.encode(value, what);
  }

  decode(value: Encoded): unknown {
    return this.#codec.decode(value);
  }

  encodeThrown(thrown: unknown): readonly [thrown: Encoded, classes: readonly string[]] {
    try {
      return [this.#codec.encode(thrown, 'what was thrown'), thrownClasses(thrown)];
    } catch (cause) {
      // What stands in the way of a thrown value may be anything as well.
      const error = cause instanceof NotTransferableError ? cause : this.refusal('what was thrown', cause);
      return [this.#codec.encode(error, 'the error'), thrownClasses(error)];
    }
  }

  /** The walk of the codec has let it pass and the clone has not. */
  refusal(what: string, cause: unknown): Error {
    const why = isError(cause) ? `${errorName(cause)}: ${cause.message}` : describeType(cause);
    return new NotTransferableError(`${what} cannot cross to another thread or process: ${why}`);
  }

  async runChunk(run: (args: unknown[]) => unknown, lists: unknown[][], what: string): Promise<ChunkOutcome[]> {
    const outcomes: ChunkOutcome[] = [];
    for (const args of lists) {
      try {
        outcomes.push([true, this.#codec.encode(await run(args), what), []]);
      } catch (error) {
        outcomes.push([false, ...this.encodeThrown(error)]);
      }
    }
    return outcomes;
  }

  /** Returns outcomes that can be sent for those of which one cannot: it fails, and the others stay. */
  sendable(outcomes: readonly ChunkOutcome[], what: string): ChunkOutcome[] {
    return outcomes.map(([ok, { value, special }, classes]) => {
      try {
        return [ok, { value: structuredClone(value), special }, classes];
      } catch (cause) {
        return [false, ...this.encodeThrown(this.refusal(what, cause))];
      }
    });
  }

  emit(call: CallPlace, event: unknown): void {
    if (call.slot < 0) throw noCall();
    const message: ToParent = ['event', call.slot, call.serial, this.#codec.encode(event, 'an event')];
    if (call.over) return;
    try {
      this.#outbox.now([wire.MESSAGE, message]);
    } catch (cause) {
      throw this.refusal('an event', cause);
    }
  }

  async ask(call: CallPlace, question: unknown): Promise<unknown> {
    if (call.slot < 0) throw noCall();
    return this.#request(['ask', call.slot, call.serial, this.#codec.encode(question, 'a question')]);
  }

  /** Takes the parent's answer to a request. */
  replied(request: number, ok: boolean, value: Encoded, size: number): void {
    const settle = this.#requests.get(request);
    this.#requests.delete(request);
    try {
      settle?.(ok, this.#codec.decode(value), size);
    } catch (error) {
      settle?.(false, error, size);
    }
    if (value.special) this.#note('read', request);
  }

  #request(request: ParentRequest, { heardSize, signal }: RequestOptions = {}): Promise<unknown> {
    this.#lastRequest += 1;
    const number = this.#lastRequest;
    return new Promise((resolve, reject) => {
      const unlisten = signal === undefined ? undefined : onAbort(signal, () => this.#note('giveUp', number));
      // The parent has the last word, also after an abort: an item that it gave before it heard of that is not lost.
      this.#requests.set(number, (ok, value, size) => {
        unlisten?.();
        heardSize?.(size);
        if (ok) resolve(value);
        else reject(signal?.aborted === true ? signal.reason : value);
      });
      this.#say(['request', number, ...request], (error) => {
        this.#requests.delete(number);
        unlisten?.();
        reject(error);
      });
    });
  }

  readonly #note = (note: Note, number: number): void => {
    this.#outbox.open.push(wire.MESSAGE, ['note', note, number] satisfies ToParent);
  };

  #say(message: ToParent, refused: (error: unknown) => void = () => {}): void {
    this.#outbox.alone([wire.MESSAGE, message], refused);
  }
}

function noCall(): Error {
  return new InvalidStateError('an initializer has no call, and so nobody to talk to');
}

/** Returns what makes the parts, and leaves it where the worker's program finds it without a wait. */
export function workerParts(): MakeWorkerParts {
  return processWide('workerParts', () => (host: PartsHost) => new WorkerParts(host));
}
