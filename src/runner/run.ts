import { AbortedError, OptionError } from '../base/index.js';
import { EventLoopExecutor, type Executor, type Future, taskAddress } from '../futures/index.js';
import { type DeviceTask, type Outcome, perform, performTask, type StepEvent } from './device-task.js';
import type { AggregatedResult, Result, RunDevice } from './result.js';
import { ResultLog } from './result-log.js';
import { newRunId } from './run-id.js';
import { describeError, statusOf } from './status.js';

/** Is told of each device's steps and of its end; one that throws ends the run. */
export interface Observer<D extends RunDevice = RunDevice, T = unknown> {
  step?(device: D, event: StepEvent): void;
  result?(result: Result<D, T>): void;
}

export interface RunOptions<D extends RunDevice, I, T> {
  /** What the task gets beside its device: the same for all, or made for each. */
  readonly input: I | ((device: D) => I);
  /** Default: an EventLoopExecutor of its own with 20 devices at once. */
  readonly executor?: Executor | undefined;
  /** How many devices are taken from the input and not yet finished; default 4 for each worker of the executor. */
  readonly buffersize?: number | undefined;
  /** Aborting it stops running devices in an orderly way; they and those that have not had their turn end as cancelled. */
  readonly signal?: AbortSignal | undefined;
  readonly observers?: readonly Observer<D, T>[] | undefined;
  /** Answers what a device asks beyond its password. */
  readonly ask?: ((question: unknown, device: D) => Promise<string>) | undefined;
  /** False drops each result once it was handed out, so that a run over any number of devices needs little memory. */
  readonly keepResults?: boolean | undefined;
}

/**
 * One task on many devices, under way. Iterate it for the results as they come, `inOrder()` for input order, or await
 * it for all of them at once.
 */
export interface Run<D extends RunDevice, T> extends PromiseLike<AggregatedResult<D, T>>, AsyncIterable<Result<D, T>> {
  readonly id: string;
  inOrder(): AsyncIterable<Result<D, T>>;
}

/** Devices in flight for each worker: one that works and some that wait, so that no worker ever waits for its next. */
const IN_FLIGHT_PER_WORKER = 4;

/**
 * Runs a task once for each device and accounts for every one of them.
 * @throws OptionError for options that do not fit; what a device's turn comes to is never thrown, but in its result.
 */
export function run<D extends RunDevice, I, T>(
  task: DeviceTask<D, I, T>,
  devices: Iterable<D> | AsyncIterable<D>,
  options: RunOptions<D, I, T>,
): Run<D, T> {
  const { buffersize, keepResults = true } = options;
  if (buffersize !== undefined && !(Number.isSafeInteger(buffersize) && buffersize > 0)) {
    throw new OptionError(`buffersize must be a whole number above 0; got ${String(buffersize)}`);
  }
  const id = newRunId();
  const log = new ResultLog<D, T>(id, keepResults);
  const executor = options.executor ?? new EventLoopExecutor();
  const feeding = new Feeder(task, executor, options, log).feed(devices);
  feeding
    .catch((error: unknown) => log.fail(error))
    .then(() => (options.executor === undefined ? executor.shutdown() : undefined))
    .then(
      () => log.end(),
      (error: unknown) => log.fail(error),
    );
  return {
    id,
    inOrder: () => log.inOrder(),
    [Symbol.asyncIterator]: () => log.asTheyCome(),
    // biome-ignore lint/suspicious/noThenProperty: a run is awaited for all of its results.
    then: (onFulfilled, onRejected) => log.whole().then(onFulfilled, onRejected),
  };
}

/** Takes devices from the input while there is room, and turns what comes of each into its one result. */
class Feeder<D extends RunDevice, I, T> {
  readonly #task: DeviceTask<D, I, T>;
  readonly #executor: Executor;
  readonly #options: RunOptions<D, I, T>;
  readonly #log: ResultLog<D, T>;
  readonly #room: number;
  readonly #inFlight = new Set<Future<Outcome<T>>>();
  #onFinished: (() => void) | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(task: DeviceTask<D, I, T>, executor: Executor, options: RunOptions<D, I, T>, log: ResultLog<D, T>) {
    this.#task = task;
    this.#executor = executor;
    this.#options = options;
    this.#log = log;
    this.#room = options.buffersize ?? executor.maxWorkers * IN_FLIGHT_PER_WORKER;
  }

  async feed(devices: Iterable<D> | AsyncIterable<D>): Promise<void> {
    const { signal } = this.#options;
    const onAbort = (): void => {
      for (const future of this.#inFlight) if (!future.cancel()) future.abort(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      let index = 0;
      for await (const device of devices) {
        await this.#until(() => this.#inFlight.size + this.#log.waiting < this.#room);
        if (this.#failure !== undefined) break;
        if (signal?.aborted) {
          // What is at hand is accounted for; an input that may go on for ever is left alone.
          if (!Array.isArray(devices)) break;
          this.#finish(device, index++, cancelledBefore());
        } else this.#start(device, index++);
      }
    } finally {
      await this.#until(() => this.#inFlight.size === 0);
      signal?.removeEventListener('abort', onAbort);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #start(device: D, index: number): void {
    const startedAt = Date.now();
    let future: Future<Outcome<T>>;
    try {
      future = this.#submit(device);
    } catch (thrown) {
      // A broken pool, or a value that cannot cross: this device's outcome, and the others go on.
      return this.#finish(device, index, { failure: { thrown }, worker: '', startedAt, elapsedMs: 0 });
    }
    this.#inFlight.add(future);
    let worker = '';
    future.onEvent((event) => {
      const step = event as StepEvent;
      if (step.type === 'started') worker = step.worker;
      this.#observe((observer) => observer.step?.(device, step));
    });
    const { ask } = this.#options;
    if (ask !== undefined) future.onQuestion((question) => ask(question, device));
    future.addDoneCallback(() => {
      this.#inFlight.delete(future);
      const { state, value, error } = future.snapshot();
      const lost = { failure: { thrown: error }, worker, startedAt, elapsedMs: Date.now() - startedAt };
      this.#finish(device, index, state === 'finished' && value !== undefined ? value : lost);
    });
  }

  #submit(device: D): Future<Outcome<T>> {
    const { input, ask } = this.#options;
    const given = typeof input === 'function' ? (input as (device: D) => I)(device) : input;
    const options = { input: given, mayAsk: ask !== undefined };
    const address = taskAddress(this.#task);
    if (address === undefined) return this.#executor.submit(perform<D, I, T>, this.#task, device, options);
    return this.#executor.submit(performTask, address, device, options) as Future<Outcome<T>>;
  }

  #finish(device: D, index: number, outcome: Outcome<T>): void {
    const { value, failure, worker, startedAt, elapsedMs } = outcome;
    const error = failure === undefined ? null : describeError(failure.thrown);
    const result: Result<D, T> = {
      device,
      index,
      status: error === null ? 'ok' : statusOf(error),
      ...(value === undefined ? {} : { value }),
      error,
      ...(failure === undefined ? {} : { thrown: failure.thrown }),
      worker,
      attempts: worker === '' ? 0 : 1,
      startedAt: new Date(startedAt).toISOString(),
      elapsedMs,
    };
    this.#observe((observer) => observer.result?.(result));
    this.#log.add(result);
    this.#onFinished?.();
  }

  #observe(tell: (observer: Observer<D, T>) => void): void {
    for (const observer of this.#options.observers ?? []) {
      try {
        tell(observer);
      } catch (error) {
        this.#failure ??= { error };
      }
    }
  }

  /** Resolves as soon as the condition holds; it is looked at whenever a device has finished or a result was taken. */
  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#onFinished = resolve;
        this.#log.onTaken = resolve;
      });
    }
  }
}

const cancelledBefore = (): Outcome<never> => ({
  failure: { thrown: new AbortedError('cancelled before its turn came', { phase: 'task' }) },
  worker: '',
  startedAt: Date.now(),
  elapsedMs: 0,
});
