import { AbortedError } from '../base/index.js';
import type { Call, Outcome } from './call.js';
import { addRemoteStack } from './error-codec.js';
import { InvalidStateError } from './errors.js';
import { internals } from './future.js';
import { learnErrors } from './learn-errors.js';
import { LocalQueues } from './local-queues.js';
import { type ChunkOutcome, NOTHING, type ToParent, type ToWorker, type WorkerSetup } from './messages.js';
import { Outbox } from './outbox.js';
import { type TaskAddress, taskAddress } from './task.js';
import { Codec, type Encoded } from './transfer.js';
import { COMMON_KINDS } from './transfer-kinds.js';
import type { StartWorker, WorkerExit, WorkerPort } from './worker-port.js';

export interface LinkOwner {
  /** The call is over: settle it. The worker has a place free. */
  onOver(call: Call, failed: boolean, outcome: unknown): void;
  onInitFailed(link: WorkerLink, error: unknown): void;
  /** The worker is gone, with the calls that it was running. */
  onExit(link: WorkerLink, exit: WorkerExit, lost: readonly Call[]): void;
}

export interface LinkSettings {
  readonly start: StartWorker;
  readonly setup: Omit<WorkerSetup, 'initargs'>;
  readonly initargs: readonly unknown[];
  /** Whether calls keep the program from ending; false for daemons. */
  readonly holds: boolean;
}

type Running = { readonly call: Call; readonly address: TaskAddress };

/** The parent's end of one worker: sends calls, hears what they come to. */
export class WorkerLink {
  readonly name: string;
  /** How many calls it was ever given. */
  given = 0;
  /** Set when the worker has told that it runs; before that no call has begun. */
  ready = false;
  /** Set when it takes no more calls. */
  ending = false;
  readonly #owner: LinkOwner;
  readonly #holds: boolean;
  readonly #port: WorkerPort;
  readonly #outbox: Outbox<ToWorker>;
  readonly #queues = new LocalQueues();
  readonly #codec: Codec;
  readonly #running = new Map<number, Running>();
  readonly #taskNumbers = new Map<string, number>();
  #printing = 0;

  constructor(owner: LinkOwner, { start, setup, initargs, holds }: LinkSettings) {
    this.name = setup.name;
    this.#owner = owner;
    this.#holds = holds;
    this.#codec = new Codec([this.#queues.kind, ...COMMON_KINDS], { sharedMemory: setup.kind === 'thread' });
    const encoded = this.#codec.encode(initargs, 'initargs');
    this.#port = start(setup.name, {
      onMessages: (messages) => {
        for (const message of messages) this.#receive(message);
      },
      onExit: (exit) => this.#exited(exit),
    });
    this.#outbox = new Outbox((messages) => this.#port.post(messages));
    this.#outbox.push(['setup', { ...setup, initargs: encoded }]);
  }

  get pid(): number | undefined {
    return this.#port.pid;
  }

  /** How many calls it is running. */
  get load(): number {
    return this.#running.size;
  }

  /** Sends the call; one that cannot be sent fails by itself. */
  run(call: Call): void {
    const address = taskAddress(call.fn) as TaskAddress;
    const abort = (reason: unknown): void => this.#abort(call.serial, reason);
    this.given += 1;
    this.#running.set(call.serial, { call, address });
    this.#updateHold();
    try {
      const args = this.#codec.encode(call.args, `what '${address.name}' is given`);
      const message: ToWorker = ['call', call.serial, this.#taskNumber(address), args, call.chunk];
      this.#outbox.push(message, (error) => this.#over(call.serial, true, error));
      if (call.future.running()) call.restart(abort);
      else call.start(abort);
    } catch (error) {
      call.start(abort);
      // The future is settled after submit has returned, like that of every other call.
      queueMicrotask(() => this.#over(call.serial, true, error));
    }
  }

  /** Lets the worker go once it has nothing to do. */
  end(): void {
    if (this.ending) return;
    this.ending = true;
    this.#updateHold();
    this.#outbox.push(['end']);
  }

  /** Ends the worker now. */
  stop(how: 'terminate' | 'kill'): void {
    this.ending = true;
    this.#updateHold();
    this.#port.stop(how);
  }

  #receive(message: ToParent): void {
    switch (message[0]) {
      case 'ready':
        this.ready = true;
        break;
      case 'initFailed':
        this.#owner.onInitFailed(this, this.#decode(message[1], undefined));
        break;
      case 'returned':
        if (message[3]) this.#printing += 1;
        this.#returned(message[1], message[2]);
        break;
      case 'threw':
        if (message[4]) this.#printing += 1;
        this.#threw(message[1], message[2], message[3]);
        break;
      case 'printed':
        this.#printing -= 1;
        this.#updateHold();
        break;
      case 'event': {
        const running = this.#running.get(message[1]);
        if (running === undefined) break;
        const event = this.#decode(message[2], running.address.url);
        internals.channel(running.call.future).deliver(event);
        break;
      }
      case 'request':
        void this.#serve(message);
        break;
    }
  }

  #returned(serial: number, value: Encoded): void {
    const running = this.#running.get(serial);
    if (running === undefined) return;
    const { url, name } = running.address;
    if (!running.call.chunk) {
      this.#settle(serial, [], url, () => [true, this.#codec.decode(value, url)]);
      return;
    }
    const outcomes = value.value as readonly ChunkOutcome[];
    const classes = outcomes.flatMap(([, , names]) => names);
    this.#settle(serial, classes, url, () => [
      true,
      outcomes.map(
        ([ok, outcome]): Outcome => [ok, ok ? this.#codec.decode(outcome, url) : this.#thrown(outcome, url, name)],
      ),
    ]);
  }

  #threw(serial: number, thrown: Encoded, classes: readonly string[]): void {
    const running = this.#running.get(serial);
    if (running === undefined) return;
    const { url, name } = running.address;
    this.#settle(serial, classes, url, () => [false, this.#thrown(thrown, url, name)]);
  }

  #settle(serial: number, classes: readonly string[], url: string, decode: () => Outcome): void {
    const now = (): void => {
      let outcome: Outcome;
      try {
        outcome = decode();
      } catch (error) {
        outcome = [false, error];
      }
      this.#over(serial, !outcome[0], outcome[1]);
    };
    const learning = learnErrors(classes, url);
    if (learning === undefined) now();
    else void learning.then(now);
  }

  #over(serial: number, failed: boolean, outcome: unknown): void {
    const running = this.#running.get(serial);
    if (running === undefined) return;
    this.#running.delete(serial);
    this.#owner.onOver(running.call, failed, outcome);
    this.#updateHold();
  }

  #thrown(thrown: Encoded, url: string, task: string): unknown {
    const error = this.#codec.decode(thrown, url);
    addRemoteStack(error, { worker: this.name, task });
    return error;
  }

  #decode(value: Encoded, url: string | undefined): unknown {
    try {
      return this.#codec.decode(value, url);
    } catch (error) {
      return error;
    }
  }

  #abort(call: number, reason: unknown): void {
    let encoded: Encoded;
    try {
      encoded = this.#codec.encode(reason, 'the reason');
    } catch (cause) {
      encoded = this.#codec.encode(
        new AbortedError('aborted, for a reason that cannot cross', { cause }),
        'the reason',
      );
    }
    this.#outbox.push(['abort', call, encoded]);
  }

  async #serve(message: Extract<ToParent, readonly ['request', ...unknown[]]>): Promise<void> {
    const request = message[1];
    let reply: ToWorker | undefined;
    if (message[2] === 'queue') {
      const [, , , queue, operation, value, timeoutMs] = message;
      const item = this.#decode(value, undefined);
      reply = await this.#queues.serve(request, queue, operation, item, timeoutMs, this.#codec);
    } else {
      reply = await this.#answer(request, message[3], message[4]);
    }
    if (reply === undefined) return;
    this.#outbox.push(reply, (error) =>
      this.#outbox.push(['reply', request, false, this.#codec.encode(error, 'the error'), 0]),
    );
  }

  async #answer(request: number, call: number, question: Encoded): Promise<ToWorker> {
    try {
      const running = this.#running.get(call);
      if (running === undefined) throw new InvalidStateError('the call is over, nobody answers its questions');
      const channel = internals.channel(running.call.future);
      const answer = await channel.question(this.#decode(question, running.address.url));
      return ['reply', request, true, this.#codec.encode(answer, 'the answer'), 0];
    } catch (error) {
      return ['reply', request, false, this.#encodeError(error), 0];
    }
  }

  #encodeError(error: unknown): Encoded {
    try {
      return this.#codec.encode(error, 'the error');
    } catch {
      return NOTHING;
    }
  }

  #taskNumber(address: TaskAddress): number {
    const key = `${address.url}#${address.name}`;
    const known = this.#taskNumbers.get(key);
    if (known !== undefined) return known;
    const number = this.#taskNumbers.size;
    this.#taskNumbers.set(key, number);
    this.#outbox.push(['task', number, address]);
    return number;
  }

  #updateHold(): void {
    this.#port.hold(this.#holds && (this.#running.size > 0 || this.#printing > 0 || this.ending));
  }

  #exited(exit: WorkerExit): void {
    this.ending = true;
    this.#queues.close();
    const lost = [...this.#running.values()].map(({ call }) => call);
    this.#running.clear();
    this.#owner.onExit(this, exit, lost);
  }
}
