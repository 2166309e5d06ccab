import { callId } from './call-id.js';
import { CallContext, runInCall } from './current-worker.js';
import { thrownClasses } from './error-codec.js';
import { InvalidStateError, NotTransferableError } from './errors.js';
import type { ChunkOutcome, ParentRequest, ToParent, ToWorker, WorkerSetup } from './messages.js';
import { Outbox } from './outbox.js';
import { printed, printing } from './printing.js';
import { RemoteQueues } from './remote-queue.js';
import { findTask, type TaskAddress } from './task.js';
import { Codec, type Encoded } from './transfer.js';
import { COMMON_KINDS } from './transfer-kinds.js';

type Callable = (...args: unknown[]) => unknown;
type TaskEntry = { readonly address: TaskAddress; fn: Callable | undefined };

/** What the runtime needs of the thread or process that it lives in. */
export interface RuntimeHost {
  readonly sharedMemory: boolean;
  post(messages: readonly ToParent[]): void;
  exit(): void;
}

const noLine = (): never => {
  throw new InvalidStateError('an initializer has no call, and so nobody to talk to');
};

/** The worker's side: finds tasks, runs calls, sends back what they come to. */
export class WorkerRuntime {
  readonly #host: RuntimeHost;
  readonly #outbox: Outbox<ToParent>;
  readonly #codec: Codec;
  readonly #tasks = new Map<number, TaskEntry>();
  readonly #calls = new Map<number, CallContext>();
  readonly #requests = new Map<number, (ok: boolean, value: unknown, size: number) => void>();
  #lastRequest = 0;
  #setup: WorkerSetup | undefined;
  /** Calls wait for this while the initializer runs. */
  #starting: Promise<boolean> | undefined;

  constructor(host: RuntimeHost) {
    this.#host = host;
    this.#outbox = new Outbox((messages) => host.post(messages));
    const queues = new RemoteQueues((queue, operation, value, timeoutMs, heardSize) =>
      this.#request(
        ['queue', queue, operation, this.#codec.encode(value, 'what is put in a queue'), timeoutMs],
        heardSize,
      ),
    );
    this.#codec = new Codec([queues.kind, ...COMMON_KINDS], { sharedMemory: host.sharedMemory });
  }

  receive(messages: readonly ToWorker[]): void {
    for (const message of messages) this.#receive(message);
  }

  #receive(message: ToWorker): void {
    switch (message[0]) {
      case 'setup':
        this.#setup = message[1];
        this.#starting = this.#start(message[1]);
        break;
      case 'task':
        this.#tasks.set(message[1], { address: message[2], fn: undefined });
        break;
      case 'call':
        void this.#take(message[1], message[2], message[3], message[4]);
        break;
      case 'abort':
        this.#calls.get(message[1])?.abort(this.#codec.decode(message[2]));
        break;
      case 'reply': {
        const [, request, ok, value, size] = message;
        const settle = this.#requests.get(request);
        this.#requests.delete(request);
        settle?.(ok, this.#codec.decode(value), size);
        break;
      }
      case 'end':
        this.#outbox.flush();
        printed(() => this.#host.exit());
        break;
    }
  }

  async #start({ initializer, initargs, ...identity }: WorkerSetup): Promise<boolean> {
    try {
      if (initializer !== undefined) {
        const fn = (await findTask(initializer)) as Callable;
        const args = this.#codec.decode(initargs) as unknown[];
        const context = new CallContext(identity, '', { emit: noLine, ask: noLine });
        await runInCall(context, () => fn(...args));
      }
      this.#starting = undefined;
      this.#outbox.push(['ready']);
      return true;
    } catch (error) {
      this.#outbox.push(['initFailed', this.#encodeThrown(error), thrownClasses(error)]);
      return false;
    }
  }

  async #take(call: number, task: number, args: Encoded, chunk: boolean): Promise<void> {
    const setup = this.#setup as WorkerSetup;
    const context = new CallContext(setup, callId(setup.callIdPrefix, call), {
      emit: (event) => this.#outbox.push(['event', call, this.#codec.encode(event, 'an event')]),
      ask: (question) => this.#ask(call, question),
    });
    this.#calls.set(call, context);
    try {
      if (this.#starting !== undefined && !(await this.#starting)) return;
      const entry = this.#tasks.get(task) as TaskEntry;
      entry.fn ??= (await findTask(entry.address)) as Callable;
      const { fn } = entry;
      context.throwIfAborted();
      const given = this.#codec.decode(args) as unknown[];
      const what = `what '${entry.address.name}' returned`;
      const value = chunk
        ? { value: await this.#runChunk(context, fn, given as unknown[][], what), special: false }
        : this.#codec.encode(await runInCall(context, () => fn(...given)), what);
      this.#outbox.push(['returned', call, value, this.#printing()], (error) => this.#refuse(call, what, error));
    } catch (error) {
      this.#throw(call, error);
    } finally {
      this.#calls.delete(call);
    }
  }

  async #runChunk(context: CallContext, fn: Callable, lists: unknown[][], what: string): Promise<ChunkOutcome[]> {
    const outcomes: ChunkOutcome[] = [];
    for (const args of lists) {
      try {
        outcomes.push([true, this.#codec.encode(await runInCall(context, () => fn(...args)), what), []]);
      } catch (error) {
        outcomes.push([false, this.#encodeThrown(error), thrownClasses(error)]);
      }
    }
    return outcomes;
  }

  #throw(call: number, error: unknown): void {
    const message: ToParent = ['threw', call, this.#encodeThrown(error), thrownClasses(error), this.#printing()];
    this.#outbox.push(message, (refused) => this.#refuse(call, 'what was thrown', refused));
  }

  /** The walk of the codec has let it pass and the clone has not: a proxy, a detached buffer. */
  #refuse(call: number, what: string, cause: unknown): void {
    this.#throw(call, new NotTransferableError(`${what} cannot cross: ${String(cause)}`));
  }

  #encodeThrown(thrown: unknown): Encoded {
    try {
      return this.#codec.encode(thrown, 'what was thrown');
    } catch (error) {
      return this.#codec.encode(error, 'the error');
    }
  }

  #ask(call: number, question: unknown): Promise<unknown> {
    return this.#request(['ask', call, this.#codec.encode(question, 'a question')]);
  }

  #request(request: ParentRequest, heardSize?: (size: number) => void): Promise<unknown> {
    this.#lastRequest += 1;
    const number = this.#lastRequest;
    return new Promise((resolve, reject) => {
      this.#requests.set(number, (ok, value, size) => {
        heardSize?.(size);
        if (ok) resolve(value);
        else reject(value);
      });
      this.#outbox.push(['request', number, ...request], reject);
    });
  }

  /** Tells whether output is still on its way to the parent, and if so has 'printed' follow. */
  #printing(): boolean {
    if (!printing()) return false;
    printed(() => this.#outbox.push(['printed']));
    return true;
  }
}
