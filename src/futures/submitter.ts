import type { AnyFunction, CallRequest } from './call.js';
import { type CallOptions, checkCallOptions } from './call-options.js';
import type { Executor, ShutdownOptions } from './executor.js';
import type { Future } from './future.js';
import { type Inputs, type MapOptions, type MapResults, startMap } from './map.js';

/** The inside of an executor: what is left when the ways to call it are taken off. */
export interface ExecutorCore {
  readonly name: string;
  readonly maxWorkers: number;
  readonly tasksPerWorker?: number | undefined;
  /** Whether many calls in one message are worth it here. */
  readonly chunks: boolean;
  /** Throws when such a function cannot run here. */
  checkFunction(fn: AnyFunction): void;
  enqueue(request: CallRequest): Future<unknown>;
  shutdown(options?: ShutdownOptions): Promise<void>;
}

const NO_OPTIONS: CallOptions = Object.freeze({});

/** The ways to call an executor, over its core: what all executors and their views share. */
export class Submitter implements Executor {
  readonly #core: ExecutorCore;
  readonly #options: CallOptions;
  /** Keeps the executor itself from being collected, and so from being shut down, while a view is in use. */
  readonly #owner: object;

  constructor(core: ExecutorCore, owner: object, options: CallOptions = NO_OPTIONS) {
    this.#core = core;
    this.#owner = owner;
    this.#options = options;
  }

  get name(): string {
    return this.#core.name;
  }

  get maxWorkers(): number {
    return this.#core.maxWorkers;
  }

  get tasksPerWorker(): number {
    return this.#core.tasksPerWorker ?? 1;
  }

  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>> {
    return this.#enqueue(fn, args, false) as Future<Awaited<R>>;
  }

  map(fn: AnyFunction, ...rest: unknown[]): MapResults<never> {
    this.#core.checkFunction(fn);
    const options = isOptions(rest.at(-1)) ? (rest.pop() as MapOptions) : {};
    const target = {
      one: (args: unknown[]) => this.#enqueue(fn, args, false),
      many: this.#core.chunks ? (lists: unknown[][]) => this.#enqueue(fn, lists, true) : undefined,
    };
    return startMap(target, rest as Inputs<unknown>[], options);
  }

  with(options: CallOptions): Executor {
    checkCallOptions(this.#core.name, options);
    return new Submitter(this.#core, this.#owner, { ...this.#options, ...options });
  }

  shutdown(options: ShutdownOptions = {}): Promise<void> {
    return this.#core.shutdown(options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#core.shutdown();
  }

  #enqueue(fn: AnyFunction, args: readonly unknown[], chunk: boolean): Future<unknown> {
    this.#core.checkFunction(fn);
    return this.#core.enqueue({ fn, args, chunk, options: this.#options });
  }
}

/** Tells map's options from its last iterable. */
function isOptions(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Symbol.iterator in value || Symbol.asyncIterator in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
