import { logger, OptionError } from '../base/index.js';
import { Call } from './call.js';
import { callIdPrefix, nextNumber } from './call-id.js';
import { checkNames } from './call-options.js';
import type { WorkerKind } from './current-worker.js';
import { InvalidStateError } from './errors.js';
import type { Future } from './future.js';
import { holdOn, letGo, workBegins, workIsOver } from './keep-alive.js';
import { limited, type WaitLimits } from './limited.js';
import { refuseWhileLoaded } from './main-module.js';
import type { Task } from './task.js';
import { type LinkOwner, type Loss, WorkerLink } from './worker-link.js';
import { checkTask } from './worker-pool.js';
import { describeExit, type StartWorker, type WorkerExit } from './worker-port.js';

export interface SingleRunOptions<A extends unknown[], R> {
  /** What runs in it. */
  readonly task: Task<A, R>;
  /** Its arguments; default: none. */
  readonly args?: A | undefined;
  /** Default: `Thread-1`, `Process-1` and so on. */
  readonly name?: string | undefined;
  /** Whether the program may end while it runs, and then takes it along; default false. */
  readonly daemon?: boolean | undefined;
}

interface Place {
  readonly what: 'Thread' | 'Process';
  readonly kind: WorkerKind;
  readonly start: StartWorker;
  broken(message: string, cause: unknown): Error;
}

/** One task in a worker of its own: what `Thread` and `Process` share. */
export class SingleRun<A extends unknown[], R> implements LinkOwner {
  readonly name: string;
  readonly daemon: boolean;
  /** How it ended, once it has. */
  exit: WorkerExit | undefined;
  /** Whether the task has thrown. */
  threw = false;
  readonly #place: Place;
  readonly #call: Call;
  #link: WorkerLink | undefined;
  #watched = false;
  readonly #onEnd = new Set<() => void>();

  constructor(place: Place, options: SingleRunOptions<A, R>) {
    const { what } = place;
    checkNames(`a ${what}`, options, ['task', 'args', 'name', 'daemon']);
    const { task, args = [], daemon = false } = options;
    checkTask(task, what === 'Thread' ? 'threads run' : 'processes run');
    if (!Array.isArray(args)) throw new OptionError(`args must be an array; got ${typeof args}`);
    if (typeof daemon !== 'boolean') throw new OptionError(`daemon must be a boolean; got ${typeof daemon}`);
    this.#place = place;
    this.daemon = daemon;
    this.name = options.name ?? `${what}-${nextNumber(what) + 1}`;
    this.#call = new Call({ fn: task, args, chunk: false, options: {} }, { dropped: () => {} });
  }

  get pid(): number | undefined {
    return this.#link?.pid;
  }

  get future(): Future<Awaited<R>> {
    this.#watched = true;
    return this.#call.future as Future<Awaited<R>>;
  }

  get alive(): boolean {
    return this.#link !== undefined && this.exit === undefined;
  }

  start(): void {
    const { what, kind, start } = this.#place;
    if (this.#link !== undefined) throw new InvalidStateError(`${this.name} was started already: make another ${what}`);
    // Somebody has settled it: there is nothing to run, and nobody to run it for.
    if (this.#call.future.done()) throw new InvalidStateError(`${this.name} cannot start: its future is done already`);
    refuseWhileLoaded(this.name);
    const threadName = kind === 'process' ? 'MainThread' : this.name;
    const identity = { kind, executor: this.name, name: this.name, threadName };
    const setup = { ...identity, callIdPrefix: callIdPrefix(), places: 1 };
    this.#link = new WorkerLink(this, { start, setup, initargs: [], holds: !this.daemon });
    if (!this.daemon) workBegins();
    this.#link.run(this.#call, 0);
  }

  async join(limits: WaitLimits = {}): Promise<void> {
    if (this.#link === undefined) throw new InvalidStateError(`${this.name} was not started, so it cannot be joined`);
    if (!this.alive) return;
    // Somebody waits for it: that keeps the program alive, even when it is a daemon.
    holdOn();
    try {
      await limited<void>(
        limits,
        ({ resolve }) => resolve(),
        ({ resolve }) => {
          this.#onEnd.add(resolve);
          return () => this.#onEnd.delete(resolve);
        },
      );
    } finally {
      letGo();
    }
  }

  stop(how: 'terminate' | 'kill'): void {
    if (this.#link === undefined) throw new InvalidStateError(`${this.name} was not started, so it cannot be stopped`);
    if (this.alive) this.#link.stop(how);
  }

  onOver(call: Call, failed: boolean, outcome: unknown): void {
    this.threw = failed;
    call.finish(failed, outcome);
    this.#link?.end();
    if (failed && !this.#watched) logger().error(`an error ended ${this.name}`, { error: outcome });
  }

  onInitFailed(): void {}

  onRoom(): void {}

  onCost(): void {}

  onGivenBack(): void {}

  onExit(link: WorkerLink, exit: WorkerExit, { expected, lost }: Loss): void {
    this.exit = exit;
    if (!this.daemon) workIsOver();
    for (const call of lost) {
      const cause = new Error(`${link.name} ${describeExit(exit)}`, { cause: exit.error });
      const error = this.#place.broken(`${link.name} ended before its task was done`, cause);
      call.finish(true, error);
      if (!expected && !this.#watched) logger().error(`${link.name} ended before its task was done`, { error });
    }
    for (const resolve of [...this.#onEnd]) resolve();
  }
}
