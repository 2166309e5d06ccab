import { OptionError, type Secret } from '../base/index.js';
import type { Executor } from '../futures/index.js';
import type { AggregatedResult, Result, RunDevice } from './result.js';
import type { Step } from './step.js';
import type { RunSessionOptions } from './tasks/sessions.js';
import type { Gate } from './turns/gate.js';
import type { Manners } from './turns/manners.js';
import type { WaitingLine } from './turns/scheduler.js';

/**
 * Is told of each device's steps, in order, with the time at which they happened, from workers as well; and of its end.
 * Commands are told as they were typed: they may hold secrets. One that throws ends the run.
 */
export interface Observer<D extends RunDevice = RunDevice, T = unknown> {
  step?(device: D, step: Step): void;
  result?(result: Result<D, T>): void;
}

/** Writes down each result before anybody else hears of it, and how the run ended: what `openJournal` returns. */
export interface RunJournal {
  /** The id of the run. */
  readonly id: string;
  /** `secrets` are those that the device's own references came to: they are not to be written down. */
  result(result: Result, secrets?: readonly Secret[]): void;
  end(): void;
}

export interface RunOptions<D extends RunDevice, I, T> extends Manners<NoInfer<D>, NoInfer<T>> {
  /** What the task gets beside its device: the same for all, or made for each. */
  readonly input: I | ((device: D) => I);
  /** What the sessions that a task opens with `context.connect` are opened with: the same for all, or made for each. */
  readonly session?: RunSessionOptions | ((device: D) => RunSessionOptions | undefined) | undefined;
  /** Default: an EventLoopExecutor of its own with 20 devices at once. */
  readonly executor?: Executor | undefined;
  /**
   * How many devices are taken from the input and not yet finished, or finished and not yet read by whoever iterates
   * the run; default 4 for each worker of the executor.
   */
  readonly buffersize?: number | undefined;
  /** Aborting it stops running devices in an orderly way; they and those that have not had their turn end as cancelled. */
  readonly signal?: AbortSignal | undefined;
  readonly observers?: readonly Observer<D, T>[] | undefined;
  /**
   * What else decides when a device may have its turn; asked after the batches and before the limits. Devices that are
   * held back are not counted by `buffersize`: all of a list may wait, and 1,000 of any other input.
   */
  readonly gates?: readonly Gate<D, T>[] | undefined;
  /** Where the run is written down as it goes; default: nowhere. */
  readonly journal?: RunJournal | undefined;
  /**
   * `on` keeps a wrong password from locking an account: a credential that more than 5 devices share must log in once
   * before the others begin, and after 2 refusals in a row its devices end as skipped. Of a task of one's own the end is
   * awaited unless it tells `logged_in`. `wary` is for what goes on with a run whose logins were refused: of a credential
   * that has not got in yet one refusal is enough. Default: `on` for the ready tasks, `off` for others.
   */
  readonly loginGuard?: 'on' | 'wary' | 'off' | undefined;
  /** Answers what a device asks beyond its password. */
  readonly ask?: ((question: unknown, device: D) => Promise<string>) | undefined;
  /** False drops each result once it was handed out, so that a run over any number of devices needs little memory. */
  readonly keepResults?: boolean | undefined;
}

/**
 * One task on many devices, under way. Iterate it for the results as they come, `inOrder()` for input order, or await
 * it for all of them at once. Leaving an iteration early takes no more devices from the input until somebody iterates
 * or awaits the run again; what has started is finished.
 */
export interface Run<D extends RunDevice, T> extends PromiseLike<AggregatedResult<D, T>>, AsyncIterable<Result<D, T>> {
  readonly id: string;
  /** Results that are done before their turn are kept until it comes: a slow device holds them up, but not the work. */
  inOrder(): AsyncIterable<Result<D, T>>;
  /** What devices wait for at this moment, and how many; the longest line first. */
  waiting(): readonly WaitingLine[];
}

/** @throws OptionError for what `run` cannot work with. */
export function checkArguments(
  task: unknown,
  devices: unknown,
  options: { readonly buffersize?: number | undefined },
): void {
  if (typeof task !== 'function') throw new OptionError(`a task must be a function; got ${typeof task}`);
  const iterable =
    typeof devices === 'object' && devices !== null && (Symbol.iterator in devices || Symbol.asyncIterator in devices);
  if (!iterable) {
    throw new OptionError(`devices must be a list, or an iterable of another kind, of devices; got ${typeof devices}`);
  }
  if (typeof options !== 'object' || options === null) {
    throw new OptionError(`run takes an object of options; got ${String(options)}`);
  }
  const { buffersize } = options;
  if (buffersize !== undefined && !(Number.isSafeInteger(buffersize) && buffersize > 0)) {
    throw new OptionError(`buffersize must be a whole number above 0; got ${String(buffersize)}`);
  }
}
