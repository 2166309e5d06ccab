import { logger } from '../base/index.js';
import { type AnyFunction, Call, type CallHolder, type CallRequest } from './call.js';
import { callIdPrefix } from './call-id.js';
import { CallQueue } from './call-queue.js';
import { Costs, UNKNOWN_COST } from './costs.js';
import type { WorkerKind } from './current-worker.js';
import { type BrokenExecutorError, InvalidStateError } from './errors.js';
import type { ShutdownOptions } from './executor.js';
import type { Future } from './future.js';
import { workBegins, workIsOver } from './keep-alive.js';
import { refuseWhileLoaded } from './main-module.js';
import { functionName } from './naming.js';
import { Rescue } from './rescue.js';
import type { ExecutorCore } from './submitter.js';
import { type TaskAddress, taskAddress } from './task.js';
import { type LinkOwner, type Loss, WorkerLink } from './worker-link.js';
import { describeExit, didStart, type StartWorker, type WorkerExit } from './worker-port.js';

export interface PoolSettings {
  readonly name: string;
  readonly kind: WorkerKind;
  readonly maxWorkers: number;
  readonly tasksPerWorker: number;
  readonly tasksPerLife: number;
  readonly initializer: TaskAddress | undefined;
  readonly initargs: readonly unknown[];
  readonly onWorkerLost: 'break' | 'replace';
  readonly start: StartWorker;
  /** Makes the pool's own class of error. */
  broken(message: string, cause: unknown): BrokenExecutorError;
}

/** So much work is sent to a worker ahead of its turn: enough to keep it busy while word of the results travels. */
const AHEAD_NANOS = 250_000;

/** Only plain calls are sent ahead: the time of others counts from their start, or their turn may change. */
function mayGoAhead({ chunk, options }: Call): boolean {
  const { key, priority = 0, timeoutMs } = options;
  return !chunk && key === undefined && priority === 0 && timeoutMs === undefined;
}

/** Gives calls to workers, starts workers when they are needed, and answers for those that die. */
export class WorkerPool implements ExecutorCore, CallHolder, LinkOwner {
  readonly name: string;
  readonly maxWorkers: number;
  readonly tasksPerWorker: number;
  readonly chunks = true;
  readonly #settings: PoolSettings;
  readonly #queue = new CallQueue();
  readonly #links = new Map<WorkerLink, number>();
  readonly #costs = new Costs();
  /** Looks after calls that were sent ahead and do not get their turn. */
  readonly #rescue = new Rescue((link) => this.#takeBack(link));
  /** Makes a fresh error for each future, once the pool is broken. */
  #broken: (() => BrokenExecutorError) | undefined;
  #shutDown = false;
  #unfinished = 0;
  #onGone: (() => void)[] = [];

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    this.name = settings.name;
    this.maxWorkers = settings.maxWorkers;
    this.tasksPerWorker = settings.tasksPerWorker;
  }

  checkFunction(fn: AnyFunction): void {
    checkTask(fn);
  }

  enqueue(request: CallRequest): Future<unknown> {
    refuseWhileLoaded(this.name);
    if (this.#broken !== undefined) throw this.#broken();
    if (this.#shutDown) throw new InvalidStateError('cannot schedule new futures after shutdown');
    const call = new Call(request, this);
    this.#unfinished += 1;
    if (this.#unfinished === 1) workBegins();
    const { priority = 0 } = call.options;
    // What goes first must not wait behind calls that were sent ahead.
    if (priority > 0) {
      for (const link of this.#links.keys()) if (link.hasAhead && !link.stuck) this.#putBack(link.takeBack());
    }
    this.#queue.push(call);
    call.heedSignal();
    // If others wait already, there is no room.
    if (this.#queue.size === 1 || priority > 0) this.#startWaiting();
    return call.future;
  }

  dropped(call: Call): void {
    this.#queue.dropped(call);
    this.#finished();
  }

  async shutdown({ wait = true, cancelFutures = false }: ShutdownOptions = {}): Promise<void> {
    this.#shutDown = true;
    if (cancelFutures) {
      const waiting = [...this.#links.keys()].flatMap((link) => link.waiting());
      for (const { future } of [...this.#queue.waiting(), ...waiting]) future.cancel();
    }
    this.#endWhenIdle();
    if (wait && (this.#unfinished > 0 || this.#links.size > 0)) await this.#gone();
  }

  /** Ends all workers now; what was not done fails as broken. */
  async stop(how: 'terminate' | 'kill'): Promise<void> {
    this.#shutDown = true;
    const done = how === 'terminate' ? 'terminated' : 'killed';
    this.#break(how, `the workers of ${this.name} were ${done}`, undefined);
    if (this.#links.size > 0) await this.#gone();
  }

  onOver(call: Call, failed: boolean, outcome: unknown): void {
    this.#queue.over(call);
    call.finish(failed, outcome);
    this.#finished();
  }

  onRoom(): void {
    this.#startWaiting();
  }

  onCost(task: number, nanos: number): void {
    this.#costs.learn(task, nanos);
  }

  onGivenBack(call: Call): void {
    this.#putBack([call]);
  }

  onInitFailed(link: WorkerLink, error: unknown): void {
    logger().error(`the initializer of ${link.name} failed`, { error });
    const message = `an initializer failed in ${link.name}, so the pool is not usable any more`;
    this.#break('kill', message, error);
  }

  onExit(link: WorkerLink, exit: WorkerExit, { expected, lost, notBegun }: Loss): void {
    this.#links.delete(link);
    this.#putBack(notBegun);
    if (!link.ready && exit.signal === 'SIGINT' && this.#broken === undefined && lost.length > 0) {
      // Ctrl-C came before the process could ignore it. Nothing has begun there, so nothing is run twice.
      const next = this.#startLink();
      for (const call of lost) next.run(call, this.#costOf(call));
      return;
    }
    const cause = new Error(
      `${link.name} ${describeExit(exit)}`,
      exit.error === undefined ? {} : { cause: exit.error },
    );
    if (this.#broken === undefined && !(expected && lost.length === 0)) this.#workerLost(exit, cause);
    // Nobody has a future that would tell.
    if (!expected && lost.length === 0) logger().error(`${this.name} lost an idle worker`, { error: cause });
    const lostError = (): BrokenExecutorError =>
      this.#broken?.() ?? this.#settings.broken(`the worker ${link.name}, which ran this call, was lost`, cause);
    for (const call of lost) {
      this.#queue.over(call);
      call.finish(true, lostError());
      this.#finished();
    }
    this.#startWaiting();
    this.#tellGone();
  }

  #workerLost(exit: WorkerExit, cause: Error): void {
    const what = didStart(exit) ? 'was lost' : 'could not be started';
    // The next one would not start either, and each try would cost a call.
    if (didStart(exit) && this.#settings.onWorkerLost === 'replace') return;
    this.#break('kill', `a worker of ${this.name} ${what}, so the pool is not usable any more`, cause);
  }

  #startWaiting(): void {
    this.#retireIdle();
    while (this.#queue.size > 0 && this.#broken === undefined) {
      const link = this.#freeLink();
      if (link !== undefined) {
        const call = this.#queue.shift();
        if (call === undefined) return;
        link.run(call, this.#costOf(call));
      } else if (!this.#sendAhead()) return;
    }
    if (this.#settings.maxWorkers > 1) this.#rescue.watch(this.#links);
  }

  /** An idle worker, else a new one while there may be more, else the one with the fewest calls and a free place. */
  #freeLink(): WorkerLink | undefined {
    const { tasksPerWorker, tasksPerLife, maxWorkers } = this.#settings;
    let best: WorkerLink | undefined;
    for (const link of this.#links.keys()) {
      if (link.ending || link.given >= tasksPerLife || link.load >= tasksPerWorker) continue;
      if (link.load === 0) return link;
      if (best === undefined || link.load < best.load) best = link;
    }
    return this.#links.size < maxWorkers ? this.#startLink() : best;
  }

  /** Sends the next call to a worker that will soon be done with those that it has, if that is known of one. */
  #sendAhead(): boolean {
    const next = this.#queue.first();
    if (next === undefined || !mayGoAhead(next)) return false;
    const cost = this.#costOf(next);
    let best: WorkerLink | undefined;
    for (const link of this.#links.keys()) {
      if (link.work + cost > AHEAD_NANOS || link.ending || !link.takesAhead) continue;
      if (link.given >= this.#settings.tasksPerLife) continue;
      if (best === undefined || link.work < best.work) best = link;
    }
    if (best === undefined) return false;
    this.#queue.shift();
    best.runNext(next, cost);
    return true;
  }

  #costOf(call: Call): number {
    return call.chunk ? UNKNOWN_COST : this.#costs.of(call.address?.number ?? -1);
  }

  #takeBack(link: WorkerLink): void {
    this.#putBack(link.takeBack());
    this.#startWaiting();
  }

  #putBack(calls: readonly Call[]): void {
    if (this.#broken === undefined) {
      this.#queue.putBack(calls);
      return;
    }
    for (const call of calls) {
      call.finish(true, this.#broken());
      this.#finished();
    }
  }

  #startLink(): WorkerLink {
    const { name: executor, kind, start, tasksPerWorker, initializer, initargs } = this.#settings;
    const numbers = new Set(this.#links.values());
    let number = 0;
    while (numbers.has(number)) number += 1;
    const name = `${executor}_${number}`;
    const threadName = kind === 'process' ? 'MainThread' : name;
    const setup = {
      kind,
      executor,
      name,
      threadName,
      callIdPrefix: callIdPrefix(),
      places: tasksPerWorker,
      initializer,
    };
    const link = new WorkerLink(this, { start, setup, initargs, holds: true });
    this.#links.set(link, number);
    return link;
  }

  /** Lets go the workers that have run as many calls as they may; their exit makes room for new ones. */
  #retireIdle(): void {
    const { tasksPerLife } = this.#settings;
    if (tasksPerLife === Infinity) return;
    for (const link of this.#links.keys()) if (link.given >= tasksPerLife && link.load === 0) link.end();
  }

  #break(how: 'terminate' | 'kill', message: string, cause: unknown): void {
    this.#broken ??= () => this.#settings.broken(message, cause);
    for (const call of this.#queue.waiting()) {
      this.#queue.dropped(call);
      call.finish(true, this.#broken());
      this.#finished();
    }
    for (const link of this.#links.keys()) link.stop(how);
  }

  #finished(): void {
    this.#unfinished -= 1;
    if (this.#unfinished === 0) workIsOver();
    this.#endWhenIdle();
  }

  #endWhenIdle(): void {
    if (!this.#shutDown || this.#unfinished > 0) return;
    for (const link of this.#links.keys()) link.end();
    this.#tellGone();
  }

  #gone(): Promise<void> {
    return new Promise((resolve) => this.#onGone.push(resolve));
  }

  #tellGone(): void {
    if (this.#unfinished > 0 || this.#links.size > 0) return;
    const onGone = this.#onGone;
    this.#onGone = [];
    for (const resolve of onGone) resolve();
  }
}

/** Throws unless a worker can find the function. */
export function checkTask(fn: unknown, what = 'threads and processes run'): TaskAddress {
  const address = taskAddress(fn);
  if (address !== undefined) return address;
  if (typeof fn !== 'function') throw new TypeError(`${what} tasks; got ${String(fn)}`);
  const name = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(fn.name) ? fn.name : 'myTask';
  throw new TypeError(
    `${what} tasks, and ${functionName(fn)} is a plain function, which cannot cross to another thread or process: ` +
      `write \`export const ${name} = task(import.meta.url, '${name}', …)\` at the top level of its module`,
  );
}
