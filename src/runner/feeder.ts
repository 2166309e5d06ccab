import { AbortedError } from '../base/index.js';
import { type Executor, type Future, taskAddress } from '../futures/index.js';
import { type DeviceTask, type Outcome, perform, performTask, type TurnOptions } from './device-task.js';
import type { Result, RunDevice } from './result.js';
import type { ResultLog } from './result-log.js';
import type { Observer, RunOptions } from './run-options.js';
import { shareAnswers } from './shared-answers.js';
import { describeError, statusOf } from './status.js';
import { isStep } from './step.js';

/** Devices in flight for each worker: one that works and some that wait, so that no worker ever waits for its next. */
const IN_FLIGHT_PER_WORKER = 4;

type Devices<D> = Iterable<D> | AsyncIterable<D>;
type DeviceIterator<D> = Iterator<D> | AsyncIterator<D>;

/** Whether all of the input is there already, so that what is left of it can be accounted for. */
const isAtHand = (devices: object): boolean => Array.isArray(devices) || devices instanceof Set;

/** Takes devices from the input while there is room, and turns what comes of each into its one result. */
export class Feeder<D extends RunDevice, I, T> {
  readonly #task: DeviceTask<D, I, T>;
  /** What the event loop runs; named like the task, so that an executor that refuses it says which it was. */
  readonly #performer: (device: D, options: TurnOptions<I>) => Promise<Outcome<T>>;
  readonly #executor: Executor;
  readonly #options: RunOptions<D, I, T>;
  readonly #log: ResultLog<D, T>;
  readonly #ask: RunOptions<D, I, T>['ask'];
  readonly #room: number;
  readonly #inFlight = new Set<Future<Outcome<T>>>();
  /** Lets `#until` look again, and `#next` give up waiting for an input after an abort. */
  #wake: (() => void) | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(task: DeviceTask<D, I, T>, executor: Executor, options: RunOptions<D, I, T>, log: ResultLog<D, T>) {
    this.#task = task;
    this.#performer = (device, options) => perform<D, I, T>(task, device, options);
    Object.defineProperty(this.#performer, 'name', { value: task.name });
    this.#executor = executor;
    this.#options = options;
    this.#log = log;
    this.#ask = options.ask && shareAnswers(options.ask);
    this.#room = options.buffersize ?? executor.maxWorkers * IN_FLIGHT_PER_WORKER;
  }

  async feed(devices: Devices<D>): Promise<void> {
    const { signal } = this.#options;
    const onAbort = (): void => {
      for (const future of this.#inFlight) if (!future.cancel()) future.abort(signal?.reason);
      this.#wake?.();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#takeAll(devices);
    } finally {
      await this.#until(() => this.#inFlight.size === 0);
      signal?.removeEventListener('abort', onAbort);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #takeAll(devices: Devices<D>): Promise<void> {
    const iterator = Symbol.asyncIterator in devices ? devices[Symbol.asyncIterator]() : devices[Symbol.iterator]();
    for (let index = 0; ; index++) {
      await this.#until(() => this.#stopped || this.#inFlight.size + this.#log.waiting < this.#room);
      // What is at hand is accounted for; an input that may go on for ever is left alone.
      if (this.#failure !== undefined || (this.#aborted && !isAtHand(devices))) {
        await iterator.return?.();
        return;
      }
      const step = await this.#next(iterator);
      if (step === 'aborted') {
        // Not awaited: what does not give its next device need not end either.
        void Promise.resolve(iterator.return?.()).catch(() => {});
        return;
      }
      if (step.done) return;
      if (this.#aborted) this.#finish(step.value, index, cancelledBefore(Date.now()));
      else this.#start(step.value, index);
    }
  }

  /** The next device; an input that keeps us waiting for it is not waited for once the run is called off. */
  #next(iterator: DeviceIterator<D>): Promise<IteratorResult<D> | 'aborted'> {
    return new Promise((resolve, reject) => {
      const step = iterator.next();
      if (!('then' in step)) return resolve(step);
      step.then(resolve, reject);
      this.#wake = () => {
        if (this.#aborted) resolve('aborted');
      };
      this.#wake();
    });
  }

  get #aborted(): boolean {
    return this.#options.signal?.aborted === true;
  }

  get #stopped(): boolean {
    return this.#aborted || this.#failure !== undefined;
  }

  #start(device: D, index: number): void {
    const startedAt = Date.now();
    this.#observe((observer) => observer.step?.(device, { type: 'queued', at: startedAt }));
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
      if (!isStep(event)) return;
      if (event.type === 'started') worker = event.worker;
      this.#observe((observer) => observer.step?.(device, event));
    });
    const ask = this.#ask;
    if (ask !== undefined) future.onQuestion((question) => ask(question, device));
    future.addDoneCallback(() => {
      this.#inFlight.delete(future);
      this.#finish(device, index, this.#outcomeOf(future, { worker, startedAt }));
    });
  }

  #outcomeOf(future: Future<Outcome<T>>, { worker, startedAt }: { worker: string; startedAt: number }): Outcome<T> {
    const { state, value, error } = future.snapshot();
    if (state === 'finished' && value !== undefined) return value;
    // A worker that is called off, or that Ctrl-C ends, while it starts: its devices have not had their turn.
    if (state === 'cancelled' || (this.#aborted && worker === '')) return cancelledBefore(startedAt);
    return { failure: { thrown: error }, worker, startedAt, elapsedMs: Date.now() - startedAt };
  }

  #submit(device: D): Future<Outcome<T>> {
    const { input, session, ask, observers = [] } = this.#options;
    const options: TurnOptions<I> = {
      input: typeof input === 'function' ? (input as (device: D) => I)(device) : input,
      mayAsk: ask !== undefined,
      session: typeof session === 'function' ? session(device) : session,
      steps: observers.some(({ step }) => step !== undefined),
    };
    const address = taskAddress(this.#task);
    if (address === undefined) return this.#executor.submit(this.#performer, device, options);
    return this.#executor.submit(performTask, address, device, options) as Future<Outcome<T>>;
  }

  #finish(device: D, index: number, outcome: Outcome<T>): void {
    const result = resultOf(device, index, outcome);
    this.#observe((observer) => observer.result?.(result));
    this.#log.add(result);
    this.#wake?.();
  }

  #observe(tell: (observer: Observer<D, T>) => void): void {
    for (const observer of this.#options.observers ?? []) {
      try {
        tell(observer);
      } catch (error) {
        if (this.#failure !== undefined) continue;
        this.#failure = { error };
        for (const future of this.#inFlight) future.cancel();
      }
    }
  }

  /** Resolves as soon as the condition holds; it is looked at whenever a device has finished or a result was taken. */
  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        this.#log.onTaken = resolve;
      });
    }
  }
}

const cancelledBefore = (startedAt: number): Outcome<never> => ({
  failure: { thrown: new AbortedError('cancelled before its turn came', { phase: 'task' }) },
  worker: '',
  startedAt,
  elapsedMs: 0,
});

function resultOf<D extends RunDevice, T>(device: D, index: number, outcome: Outcome<T>): Result<D, T> {
  const { value, failure, worker, startedAt, elapsedMs, subtasks } = outcome;
  const attempts = worker === '' ? 0 : 1;
  const turn = {
    ...{ device, index, worker, attempts, startedAt: new Date(startedAt).toISOString(), elapsedMs },
    ...(subtasks === undefined ? {} : { subtasks }),
  };
  if (failure === undefined) return { ...turn, status: 'ok', value: value as T, error: null };
  const error = describeError(failure.thrown);
  const kept = value === undefined ? {} : { value };
  return { ...turn, status: statusOf(error), ...kept, error, thrown: failure.thrown };
}
