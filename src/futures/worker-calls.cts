import async_hooks = require('node:async_hooks');

import type { CurrentWorker } from './current-worker.js' with { 'resolution-mode': 'import' };
import type { ToWorker, WorkerSetup } from './messages.js' with { 'resolution-mode': 'import' };
import type { TaskAddress } from './task.js' with { 'resolution-mode': 'import' };
import type { Encoded } from './transfer.js' with { 'resolution-mode': 'import' };

import tasks = require('./find-task.cjs');
import Meter = require('./meter.cjs');
import Outbox = require('./outbox.cjs');
import PartsLoader = require('./parts-loader.cjs');
import wire = require('./wire.cjs');
import WorkerContext = require('./worker-context.cjs');
import Outcomes = require('./worker-outcomes.cjs');
import registry = require('./worker-registry.cjs');

const { MESSAGE, TEXT, CHUNK, SKIPPED, WAITING, CLAIMED, REVOKED } = wire;

type Callable = (...args: unknown[]) => unknown;

interface Entry {
  readonly number: number;
  readonly address: TaskAddress;
  fn: Callable | undefined;
}

/** A call that has come; `coding` is TEXT when `args` are the arguments as they are. */
interface Arrived {
  readonly context: WorkerContext;
  readonly entry: Entry;
  readonly coding: number;
  readonly args: unknown;
}

interface Host {
  readonly sharedMemory: boolean;
  post(items: readonly unknown[]): void;
  exit(): void;
}

const NO_ARGS: readonly unknown[] = [];

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/** The worker's side: takes calls, finds their functions and runs them, so many at once as it has places. */
class WorkerCalls {
  readonly outbox: Outbox;
  readonly #host: Host;
  readonly #parts: PartsLoader;
  readonly #outcomes: Outcomes;
  readonly #meter: Meter;
  readonly #storage = registry.processWide('currentWorker', () => new async_hooks.AsyncLocalStorage<CurrentWorker>());
  readonly #entries: Entry[] = [];
  /** Calls that have come and not begun, the oldest at `#next`. */
  #backlog: Arrived[] = [];
  #next = 0;
  /** The calls that have begun and wait for something. */
  readonly #active = new Map<number, WorkerContext>();
  /** None until the initializer is done. */
  #free = 0;
  #claims: Int32Array | undefined;
  /** The call that began last. */
  #latest: WorkerContext | undefined;
  #identity: WorkerSetup | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.outbox = new Outbox((items) => host.post(items));
    this.#parts = new PartsLoader({ sharedMemory: host.sharedMemory, outbox: this.outbox });
    this.#outcomes = new Outcomes(this, this.outbox, this.#parts);
    this.#meter = new Meter(this.outbox);
    // What the default logger of the package asks, once it is loaded.
    registry.processWide('logOrigin', () => ({ of: () => this.#storage.getStore()?.name }));
  }

  get identity(): WorkerSetup {
    return this.#identity as WorkerSetup;
  }

  receive(batch: readonly unknown[]): void {
    this.#outcomes.pace(batch);
    if (this.#claims === undefined) this.#meter.watchBatch(batch);
    for (let at = 0; at < batch.length; ) {
      const slot = batch[at] as number;
      if (slot === MESSAGE) {
        this.#hear(batch[at + 1] as ToWorker);
        at += 2;
        continue;
      }
      const context = new WorkerContext(this, slot, batch[at + 1] as number);
      const entry = this.#entries[batch[at + 2] as number] as Entry;
      const argc = batch[at + 3] as number;
      at += 4;
      let args: unknown = NO_ARGS;
      if (argc > 0) args = batch.slice(at, at + argc);
      else if (argc !== 0) args = argc === TEXT ? JSON.parse(batch[at] as string) : batch[at];
      at += argc < 0 ? 1 : argc;
      const coding = Math.min(argc, TEXT);
      if (this.#free > 0 && this.#next === this.#backlog.length) this.#start(context, entry, coding, args);
      else this.#backlog.push({ context, entry, coding, args });
    }
    this.#meter.end();
  }

  emit(context: WorkerContext, event: unknown): void {
    this.#parts.now?.emit(context, event);
  }

  async ask(context: WorkerContext, question: unknown): Promise<unknown> {
    return (await this.#parts.soon()).ask(context, question);
  }

  occupy(context: WorkerContext): void {
    if (this.#active.has(context.slot)) return;
    this.#active.set(context.slot, context);
    this.#free -= 1;
  }

  vacate(context: WorkerContext): void {
    context.over = true;
    if (this.#active.size > 0 && this.#active.delete(context.slot)) this.#free += 1;
  }

  drain(): void {
    while (this.#next < this.#backlog.length && this.#free > 0) {
      const { context, entry, coding, args } = this.#backlog[this.#next++] as Arrived;
      this.#start(context, entry, coding, args);
    }
    this.#meter.end();
    if (this.#next < this.#backlog.length) return;
    this.#backlog = [];
    this.#next = 0;
  }

  /** The places of the calls that have begun and are not over. */
  get begun(): number[] {
    const slots = [...this.#active.keys()];
    const latest = this.#latest;
    return latest === undefined || latest.over || this.#active.has(latest.slot) ? slots : [...slots, latest.slot];
  }

  #hear(message: ToWorker): void {
    switch (message[0]) {
      case 'setup':
        void this.#setUp(message[1]);
        break;
      case 'task':
        this.#entries[message[1]] = { number: message[1], address: message[2], fn: undefined };
        break;
      case 'abort':
        this.#abort(message[1], message[2], message[3]);
        break;
      case 'reply':
        this.#parts.now?.replied(message[1], message[2], message[3], message[4]);
        break;
      case 'giveBack':
        for (const { context } of this.#backlog.splice(this.#next)) this.outbox.open.push(context.slot, SKIPPED);
        break;
      case 'end':
        this.outbox.flush();
        this.#host.exit();
        break;
    }
  }

  async #setUp(setup: WorkerSetup): Promise<void> {
    this.#identity = setup;
    this.#claims = setup.claims;
    Object.assign(process.env, setup.environment);
    const { initializer } = setup;
    try {
      if (initializer !== undefined) {
        const args = (await this.#parts.decode(setup.initargs)) as unknown[];
        await this.#storage.run(new WorkerContext(this, -1, 0), await tasks.findTask(initializer), ...args);
      }
    } catch (error) {
      const coded = (await this.#parts.soon()).encodeThrown(error);
      this.outbox.alone([MESSAGE, ['initFailed', ...coded]], () => {});
      return;
    }
    this.#free = setup.places;
    this.outbox.open.push(MESSAGE, ['ready']);
    this.drain();
  }

  #start(context: WorkerContext, entry: Entry, coding: number, args: unknown): void {
    if (!this.#claim(context.slot)) return;
    const { fn } = entry;
    if (fn === undefined || coding !== TEXT || context.touched) {
      this.occupy(context);
      void this.#startSlowly(context, entry, coding, args);
      return;
    }
    this.#meter.before(entry.number);
    this.#latest = context;
    let value: unknown;
    let promise: Promise<unknown> | undefined;
    try {
      const list = args as unknown[];
      value = list.length === 0 ? this.#storage.run(context, fn) : this.#storage.run(context, fn, ...list);
      if (isThenable(value)) promise = Promise.resolve(value);
    } catch (error) {
      this.#outcomes.threw(context, error);
      return;
    }
    if (promise !== undefined) this.#await(context, entry, promise);
    else this.#outcomes.returned(context, entry.address.name, value);
  }

  /** Makes the call this worker's own, unless it was cancelled or taken back on its way. */
  #claim(slot: number): boolean {
    const claims = this.#claims;
    if (claims === undefined || slot >= claims.length) return true;
    if (Atomics.compareExchange(claims, slot, WAITING, CLAIMED) !== REVOKED) return true;
    this.outbox.open.push(slot, SKIPPED);
    return false;
  }

  #await(context: WorkerContext, entry: Entry, promise: Promise<unknown>): void {
    this.occupy(context);
    this.#meter.goesOn();
    const stop = this.#meter.watch(entry.number);
    promise.then(
      (result) => {
        stop();
        this.#outcomes.returned(context, entry.address.name, result);
        this.drain();
      },
      (error: unknown) => {
        stop();
        this.#outcomes.threw(context, error);
        this.drain();
      },
    );
  }

  /** Starts a call whose function or arguments are not there yet, or that was aborted before it began. */
  async #startSlowly(context: WorkerContext, entry: Entry, coding: number, coded: unknown): Promise<void> {
    const { number, address } = entry;
    try {
      if (entry.fn === undefined) {
        entry.fn = await tasks.findTask(address);
        // What has arrived while the function was looked for, an abort perhaps, comes before it: newer versions of Node
        // load a module without giving way to messages.
        await new Promise(setImmediate);
      }
      const { fn } = entry;
      const args = (coding === TEXT ? coded : await this.#parts.decode(coded as Encoded)) as unknown[];
      await context.aborting;
      context.throwIfAborted();
      const run = (...list: unknown[]): unknown => this.#storage.run(context, fn, ...list);
      const stop = this.#meter.watch(number);
      if (coding === CHUNK) await this.#outcomes.runChunk(context, address.name, run, args as unknown[][]);
      else {
        const value = await run(...args);
        stop();
        this.#outcomes.returned(context, address.name, value);
      }
    } catch (error) {
      this.#outcomes.threw(context, error);
    }
    this.drain();
  }

  #abort(slot: number, serial: number, reason: Encoded): void {
    const waiting = this.#backlog.find(({ context }, at) => at >= this.#next && context.slot === slot)?.context;
    const context = waiting ?? this.#active.get(slot);
    if (context?.serial === serial) context.abortSoon(this.#parts.decode(reason));
  }
}

export = WorkerCalls;
