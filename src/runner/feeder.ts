import { type Executor, type Future, taskAddress } from '../futures/index.js';
import { type DeviceTask, type Outcome, perform, performTask, type TurnOptions } from './device-task.js';
import { cancelledBefore, resultOf, skippedFor } from './outcome.js';
import type { Result, RunDevice } from './result.js';
import type { ResultLog } from './result-log.js';
import type { Observer, RunOptions } from './run-options.js';
import { shareAnswers } from './shared-answers.js';
import { isStep } from './step.js';
import { FurtherTurns } from './turns/further-turns.js';
import type { Gate } from './turns/gate.js';
import { placesOf } from './turns/places.js';
import { Scheduler, type WaitingLine } from './turns/scheduler.js';
import type { Turn } from './turns/turn.js';

/** Devices in flight for each worker: one that works and some that wait, so that no worker ever waits for its next. */
const IN_FLIGHT_PER_WORKER = 4;

/** How many devices gates may hold back before no more are taken from an input that is not at hand. */
const LOOK_AHEAD = 1000;

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
  readonly #places: number;
  /** Whether anybody hears of steps. */
  readonly #listening: boolean;
  readonly #scheduler: Scheduler<D, T>;
  readonly #further: FurtherTurns<D, T>;
  /** Aborts when no gate is asked any more. */
  readonly #over = new AbortController();
  readonly #inFlight = new Set<Future<Outcome<T>>>();
  /** Lets `#until` look again, and `#next` give up waiting for an input after an abort. */
  #wake: (() => void) | undefined;
  /** While something happens, nothing new begins: the gates hear of all of it first. */
  #busy = false;
  /** Something has changed meanwhile. */
  #pending = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    task: DeviceTask<D, I, T>,
    executor: Executor,
    { options, gates, log }: { options: RunOptions<D, I, T>; gates: readonly Gate<D, T>[]; log: ResultLog<D, T> },
  ) {
    this.#task = task;
    this.#performer = (device, options) => perform<D, I, T>(task, device, options);
    Object.defineProperty(this.#performer, 'name', { value: task.name });
    this.#executor = executor;
    this.#options = options;
    this.#log = log;
    this.#ask = options.ask && shareAnswers(options.ask);
    this.#room = options.buffersize ?? executor.maxWorkers * IN_FLIGHT_PER_WORKER;
    this.#further = new FurtherTurns(options.retries, (turn) => {
      this.#scheduler.add(turn);
      this.#changed();
    });
    // Steps that nobody hears need not cross from a worker.
    this.#listening =
      this.#further.wanted || [...gates, ...(options.observers ?? [])].some(({ step }) => step !== undefined);
    this.#places = placesOf(executor, gates);
    this.#scheduler = new Scheduler(gates, () => this.#changed(), this.#over.signal);
  }

  /** What devices wait for, the longest line first. */
  get waiting(): WaitingLine[] {
    const retries = this.#further.size === 0 ? [] : [{ line: 'another try', devices: this.#further.size }];
    return [...this.#scheduler.waiting, ...retries].sort((a, b) => b.devices - a.devices);
  }

  async feed(devices: Devices<D>): Promise<void> {
    const { signal } = this.#options;
    const onAbort = (): void => {
      for (const future of this.#inFlight) if (!future.cancel()) future.abort(signal?.reason);
      this.#stop();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#log.onTaken = () => this.#changed();
    try {
      await this.#takeAll(devices);
    } finally {
      await this.#until(() => this.#inFlight.size === 0 && this.#further.size === 0 && this.#scheduler.empty);
      signal?.removeEventListener('abort', onAbort);
      this.#over.abort();
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #takeAll(devices: Devices<D>): Promise<void> {
    const iterator = Symbol.asyncIterator in devices ? devices[Symbol.asyncIterator]() : devices[Symbol.iterator]();
    const lookAhead = isAtHand(devices) ? Number.POSITIVE_INFINITY : LOOK_AHEAD;
    for (let index = 0; ; index++) {
      await this.#until(
        () => this.#stopped || (this.#hasRoom && this.#scheduler.held + this.#further.size < lookAhead),
      );
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
      const turn = { device: step.value, index, attempts: 0 };
      if (this.#stopped) this.#passOver(turn, cancelledBefore(Date.now()));
      else this.#add(turn);
      this.#changed();
    }
  }

  #add(turn: Turn<D, T>): void {
    this.#scheduler.add(turn);
    const at = Date.now();
    this.#during(() => this.#observe((observer) => observer.step?.(turn.device, { type: 'queued', at })));
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

  get #hasRoom(): boolean {
    const { size } = this.#inFlight;
    return size < this.#places && size + this.#log.waiting < this.#room;
  }

  /** Begins what can begin now, and lets whoever waits look again. */
  #changed(): void {
    this.#pending = this.#busy;
    if (this.#busy) return;
    this.#during(() => {
      while (!this.#stopped && this.#hasRoom) {
        const next = this.#scheduler.next();
        if (next === undefined) break;
        if (next.skip === undefined) this.#start(next.turn);
        else this.#passOver(next.turn, skippedFor(next.skip.skip), next.skip.planned);
      }
      this.#pending = false;
    });
    this.#wake?.();
  }

  /** Does it without anything new beginning meanwhile; what a gate or an observer throws ends the run. */
  #during(work: () => void): void {
    const before = this.#busy;
    this.#busy = true;
    try {
      work();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#busy = before;
    }
    if (this.#pending && !before) this.#changed();
  }

  #start(turn: Turn<D, T>): void {
    const { device } = turn;
    const startedAt = Date.now();
    this.#during(() => this.#scheduler.start(turn));
    if (this.#failure !== undefined) return this.#passOver(turn, cancelledBefore(startedAt));
    let future: Future<Outcome<T>>;
    try {
      future = this.#submit(device);
    } catch (thrown) {
      // A broken pool, or a value that cannot cross: this device's outcome, and the others go on.
      return this.#settle(turn, { failure: { thrown }, worker: '', startedAt, elapsedMs: 0 });
    }
    this.#inFlight.add(future);
    this.#further.begin(turn);
    let worker = '';
    future.onEvent((event) => {
      if (!isStep(event)) return;
      if (event.type === 'started') worker = event.worker;
      turn.told?.hear(event);
      this.#during(() => this.#scheduler.step(device, event));
      this.#observe((observer) => observer.step?.(device, event));
    });
    const ask = this.#ask;
    if (ask !== undefined) future.onQuestion((question) => ask(question, device));
    future.addDoneCallback(() => {
      this.#inFlight.delete(future);
      this.#during(() => this.#settle(turn, this.#outcomeOf(future, { worker, startedAt })));
      this.#changed();
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
    const { input, session, ask } = this.#options;
    const options: TurnOptions<I> = {
      input: typeof input === 'function' ? (input as (device: D) => I)(device) : input,
      mayAsk: ask !== undefined,
      session: typeof session === 'function' ? session(device) : session,
      steps: this.#listening,
      journaled: this.#options.journal !== undefined,
    };
    const address = taskAddress(this.#task);
    if (address === undefined) return this.#executor.submit(this.#performer, device, options);
    return this.#executor.submit(performTask, address, device, options) as Future<Outcome<T>>;
  }

  /** The turn has come to this. */
  #settle(turn: Turn<D, T>, outcome: Outcome<T>): void {
    if (outcome.worker !== '') turn.attempts += 1;
    turn.secrets = outcome.secrets;
    const result = resultOf(turn, outcome);
    let again = false;
    this.#during(() => {
      again = !this.#stopped && this.#further.allows(turn, result);
    });
    this.#during(() => this.#scheduler.end(result, again));
    // Not when a gate has just ended the run.
    if (!again || this.#stopped) return this.#finish(result, turn);
    this.#further.keep(turn, result);
  }

  /** There is no turn, or no further one. */
  #passOver(turn: Turn<D, T>, outcome: Outcome<T>, planned = false): void {
    const result = turn.last ?? resultOf(turn, outcome);
    this.#during(() => this.#scheduler.passOver(result, planned));
    this.#finish(result, turn);
  }

  #finish(result: Result<D, T>, { secrets }: Turn<D, T>): void {
    // First, so that nothing is seen that is not kept.
    this.#during(() => this.#options.journal?.result(result, secrets));
    this.#observe((observer) => observer.result?.(result));
    this.#log.add(result);
  }

  #observe(tell: (observer: Observer<D, T>) => void): void {
    for (const observer of this.#options.observers ?? []) this.#during(() => tell(observer));
  }

  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    for (const future of this.#inFlight) future.cancel();
    this.#stop();
  }

  /** Nothing begins any more: what waits for its turn has its result now. */
  #stop(): void {
    this.#over.abort();
    for (const turn of [...this.#scheduler.takeAll(), ...this.#further.takeAll()])
      this.#passOver(turn, cancelledBefore(Date.now()));
    this.#wake?.();
  }

  /** Resolves as soon as the condition holds; it is looked at whenever a device has finished or a result was taken. */
  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
