import { AsyncLocalStorage } from 'node:async_hooks';
import { got, OptionError } from '../../base/index.js';
import { heedingAbort } from '../called-off.js';
import type { ErrorInfo, Status } from '../result.js';
import { describeError, statusOf } from '../status.js';
import type { StepEvent } from '../step.js';
import { type JsonValue, jsonValueOrNone } from './json-value.js';

/** What came of a named part of a task. */
export interface Subtask {
  /** One that was run inside of another has that one's name before it: `checks/bgp`. */
  readonly name: string;
  readonly status: Status;
  readonly elapsedMs: number;
  readonly error: ErrorInfo | null;
  /** What it returned, where that is plain data. */
  readonly value?: JsonValue;
}

interface TurnParts {
  readonly signal: AbortSignal | undefined;
  tell(event: StepEvent): void;
}

interface Entry {
  readonly name: string;
  readonly start: number;
  done: Subtask | undefined;
}

/** The named parts of one device's turn, in the order in which they began. */
export class Subtasks {
  readonly #turn: TurnParts;
  readonly #around = new AsyncLocalStorage<string>();
  readonly #all: Entry[] = [];

  constructor(turn: TurnParts) {
    this.#turn = turn;
  }

  /** Runs a part, and returns what it returns. @throws what it throws. */
  async run<R>(name: string, fn: () => R | Promise<R>): Promise<R> {
    if (typeof name !== 'string' || name.trim() === '') {
      throw new OptionError(`a subtask needs a name: context.run('bgp', async () => …); got ${got(name)}`);
    }
    if (typeof fn !== 'function') throw new OptionError(`subtask '${name}' needs a function; got ${got(fn)}`);
    const around = this.#around.getStore();
    const path = around === undefined ? name : `${around}/${name}`;
    const start = performance.now();
    const entry: Entry = { name: path, start, done: undefined };
    this.#all.push(entry);
    this.#turn.tell({ type: 'subtask_started', name: path });
    const end = (status: Status, error: ErrorInfo | null): Subtask => {
      const elapsedMs = since(start);
      this.#turn.tell({ type: 'subtask_ended', name: path, status, elapsedMs });
      entry.done = { name: path, status, elapsedMs, error };
      return entry.done;
    };
    try {
      const value = await this.#around.run(path, fn);
      const done = end('ok', null);
      const kept = jsonValueOrNone(value);
      if (kept !== undefined) entry.done = { ...done, value: kept };
      return value;
    } catch (thrown) {
      const error = describeError(heedingAbort(thrown, this.#turn.signal));
      end(statusOf(error), error);
      throw thrown;
    }
  }

  /** What came of each; one that nobody has waited for was cut off. */
  get results(): readonly Subtask[] {
    return this.#all.map(({ name, start, done }) => done ?? { name, ...CUT_OFF, elapsedMs: since(start) });
  }
}

const CUT_OFF: Pick<Subtask, 'status' | 'error'> = {
  status: 'cancelled',
  error: { code: 'cancelled', phase: 'task', message: 'it was not done when its task ended' },
};

const since = (start: number): number => Math.round((performance.now() - start) * 10) / 10;
