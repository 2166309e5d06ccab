import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { BrokenExecutorError, type Executor, type Future, InvalidStateError, TimeoutError } from 'rollcall/futures';
import { expect } from 'vitest';
import { Deadline } from '#dist/base/index.js';
import { type CallKind, type Ending, Model, type ModelCall } from './model.ts';
import * as tasks from './tasks/basic.mjs';
import * as trouble from './tasks/trouble.mjs';

export type Step =
  | { readonly do: 'submit'; readonly kind: CallKind }
  | { readonly do: 'release' | 'cancel' | 'abort'; readonly which: number }
  | { readonly do: 'shutdown'; readonly cancelFutures: boolean }
  | { readonly do: 'turn' };

export interface History {
  readonly workers: number;
  readonly replaces: boolean;
  readonly steps: readonly Step[];
}

export interface HistorySubject {
  readonly name: string;
  /** Whether a worker of it can die. */
  readonly mortal: boolean;
  make(workers: number, replaces: boolean): Executor;
}

export function histories(mortal: boolean): fc.Arbitrary<History> {
  const kinds: fc.WeightedArbitrary<CallKind>[] = [
    { weight: 4, arbitrary: fc.constant('quick') },
    { weight: 2, arbitrary: fc.constant('fail') },
    { weight: 5, arbitrary: fc.constant('held') },
    { weight: 3, arbitrary: fc.constant('stoppable') },
    { weight: 1, arbitrary: fc.constant('timed') },
    { weight: mortal ? 1 : 0, arbitrary: fc.constant('die') },
  ];
  const which = fc.nat(30);
  const submit = fc.record({ do: fc.constant('submit' as const), kind: fc.oneof(...kinds) });
  const point = fc.record({ do: fc.constantFrom('release' as const, 'cancel' as const, 'abort' as const), which });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 10, arbitrary: submit },
    { weight: 9, arbitrary: point },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('shutdown' as const), cancelFutures: fc.boolean() }) },
    { weight: 2, arbitrary: fc.constant({ do: 'turn' as const }) },
  );
  return fc.record({
    workers: fc.integer({ min: 1, max: 3 }),
    replaces: fc.boolean(),
    steps: fc.array(step, { minLength: 1, maxLength: 25 }),
  });
}

interface Tracked {
  readonly model: ModelCall;
  readonly future: Future<unknown>;
  release(): void;
  /** Its function has been begun and told so. */
  begun: boolean;
  settled: number;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Drives an executor and the model through one history, and compares them at every rest and at the end. */
class Run {
  readonly #executor: Executor;
  readonly #model: Model;
  readonly #tracked: Tracked[] = [];

  constructor(subject: HistorySubject, { workers, replaces }: History) {
    this.#executor = subject.make(workers, replaces);
    this.#model = new Model(workers, replaces);
  }

  async step(step: Step): Promise<void> {
    if (step.do === 'submit') return this.#submit(step.kind);
    if (step.do === 'turn') return turn();
    await this.#rest();
    if (step.do === 'shutdown') {
      this.#model.shutdown(step.cancelFutures);
      await this.#executor.shutdown({ wait: false, cancelFutures: step.cancelFutures });
      return;
    }
    const among = step.do === 'release' ? this.#tracked.filter(isReleasable) : this.#tracked;
    const tracked = among[step.which % Math.max(1, among.length)];
    if (tracked === undefined) return;
    if (step.do === 'release') this.#release(tracked);
    else if (step.do === 'cancel') await this.#cancel(tracked);
    else this.#abort(tracked);
  }

  /** Lets all go that still waits for us, shuts down, and says what became of each call. */
  async end(): Promise<void> {
    for (;;) {
      await this.#rest();
      const running = this.#tracked.filter(({ model }) => model.state === 'running');
      if (running.length === 0) break;
      for (const tracked of running) {
        // Letting one go may have made room for one that takes the worker, and the others, with it.
        if (tracked.model.state !== 'running') continue;
        if (tracked.model.kind === 'held') this.#release(tracked);
        else this.#abort(tracked);
      }
    }
    await within('shutdown', this.#executor.shutdown());
    for (const { model, future, settled } of this.#tracked) {
      expect(model.endings).toContain(endingOf(future));
      expect(settled).toBe(1);
    }
  }

  async #submit(kind: CallKind): Promise<void> {
    if (this.#model.broken || this.#model.shutDown) {
      await this.#rest();
      const refusal = this.#model.broken ? BrokenExecutorError : InvalidStateError;
      expect(() => this.#executor.submit(tasks.add, 1, 1)).toThrow(refusal);
      return;
    }
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const began = (): void => {
      tracked.begun = true;
    };
    const onQuestion = (): Promise<void> => {
      began();
      return released;
    };
    const future = this.#start(kind, { onQuestion, onEvent: began });
    const tracked: Tracked = { model: this.#model.submit(kind), future, release, begun: false, settled: 0 };
    future.addDoneCallback(() => {
      tracked.settled += 1;
    });
    this.#tracked.push(tracked);
  }

  #start(kind: CallKind, options: { onQuestion: () => Promise<void>; onEvent: () => void }): Future<unknown> {
    const executor = this.#executor.with(options);
    if (kind === 'held') return executor.submit(tasks.held, 7);
    if (kind === 'stoppable') return executor.submit(tasks.untilAborted);
    if (kind === 'timed') return executor.with({ timeoutMs: 3 }).submit(tasks.untilAborted);
    if (kind === 'fail') return executor.submit(tasks.fail, 'as it should');
    if (kind === 'die') return executor.submit(trouble.exitWith, 9);
    return executor.submit(tasks.add, 3, 4);
  }

  #release(tracked: Tracked): void {
    tracked.release();
    this.#model.end(tracked.model);
  }

  async #cancel({ model, future }: Tracked): Promise<void> {
    const expected = model.state === 'pending' || future.cancelled();
    expect(await future.requestCancel()).toBe(expected);
    expect(future.cancel()).toBe(expected);
    if (model.state === 'pending') this.#model.cancel(model);
  }

  #abort({ model, future }: Tracked): void {
    const { state, kind } = model;
    // One that is cancelled stays cancelled: there is nothing to stop.
    expect(future.abort(new RangeError('stopped'))).toBe(state !== 'over');
    if (state === 'pending') this.#model.cancel(model);
    else if (state === 'running' && kind === 'stoppable') this.#model.end(model);
  }

  /** Waits until the executor has done all that it can do without us, and compares. */
  async #rest(): Promise<void> {
    const deadline = Deadline.after(15_000);
    let turns = 0;
    while (!this.#tracked.every(atRest)) {
      if (deadline.remainingMs() <= 0) {
        const wrong = this.#tracked.filter((tracked) => !atRest(tracked));
        const shown = wrong.map(({ model, future }) => `${model.kind} ${model.state}: ${future.snapshot().state}`);
        throw new Error(`the executor never came to where the model is: ${shown.join('; ')}`);
      }
      // The workers need the processor more than this loop does.
      await (turns++ < 5 ? turn() : sleep(1));
    }
    for (const { model, future } of this.#tracked) {
      if (model.state === 'pending') expect(future.snapshot().state).toBe('pending');
    }
    this.#model.seenAtRest();
  }
}

function isReleasable({ model }: Tracked): boolean {
  return model.state === 'running' && model.kind === 'held';
}

function atRest({ model, future, begun }: Tracked): boolean {
  if (model.state === 'over') return future.done();
  return model.state === 'pending' || (future.running() && begun);
}

function endingOf(future: Future<unknown>): Ending | 'open' | 'odd' {
  const { state, failed, value, error } = future.snapshot();
  if (state === 'cancelled') return 'cancelled';
  if (state !== 'finished') return 'open';
  if (!failed) return value === 7 ? 'value' : 'odd';
  if (error instanceof BrokenExecutorError) return 'broken';
  if (error instanceof TimeoutError) return 'timed out';
  if (error instanceof RangeError && error.message === 'stopped') return 'aborted';
  if (error instanceof TypeError && error.message === 'as it should') return 'failed';
  return 'odd';
}

async function within<T>(what: string, promise: Promise<T>): Promise<T> {
  let callOff = (): void => {};
  const late = new Promise<never>((_, reject) => {
    callOff = Deadline.after(15_000).schedule(() => reject(new Error(`${what} hangs`)));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    callOff();
  }
}

export async function runHistory(subject: HistorySubject, history: History): Promise<void> {
  const run = new Run(subject, history);
  for (const step of history.steps) await run.step(step);
  await run.end();
}
