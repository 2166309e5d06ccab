import { checkMs, checkNames, OptionError } from '../base/index.js';
import type { Future } from './future.js';

/** Options of calls, given to `executor.with()`. */
export interface CallOptions {
  /** Aborting it cancels the call, or asks it to stop when it is running. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds that the call may run, counted from its start; at the deadline its future fails with a TimeoutError
   * and its signal aborts. Its place stays taken until it really ends. Default: no limit.
   */
  readonly timeoutMs?: number | undefined;
  /** Of the calls that share a key only one runs at a time. Default: no key. */
  readonly key?: string | undefined;
  /** Calls of a higher priority start first; any finite number, default 0. */
  readonly priority?: number | undefined;
  /** Whether the executor may run the call again by itself. The local executors never do, so both are kept. */
  readonly repeatable?: boolean | undefined;
  /** The queue of a job engine. The local executors have none and refuse it. */
  readonly queue?: string | undefined;
  /** Called with each event that the call emits, and its future. */
  readonly onEvent?: ((event: unknown, future: Future<unknown>) => void) | undefined;
  /** Answers what the call asks; may be asynchronous. */
  readonly onQuestion?: ((question: unknown, future: Future<unknown>) => unknown) | undefined;
}

const NAMES = ['signal', 'timeoutMs', 'key', 'priority', 'repeatable', 'queue', 'onEvent', 'onQuestion'];

export { checkNames };

function checkType(name: string, value: unknown, type: string): void {
  if (value !== undefined && typeof value !== type) {
    throw new OptionError(`${name} must be a ${type}; got ${value === null ? 'null' : typeof value}`);
  }
}

/** Checks the options of calls for an executor that runs in this machine. */
export function checkCallOptions(executor: string, options: CallOptions): CallOptions {
  checkNames('a call', options, NAMES);
  if (options.queue !== undefined) {
    throw new OptionError(`${executor} has no named queues: the option 'queue' needs a job engine`);
  }
  checkMs('timeoutMs', options.timeoutMs);
  checkType('key', options.key, 'string');
  checkType('repeatable', options.repeatable, 'boolean');
  checkType('onEvent', options.onEvent, 'function');
  checkType('onQuestion', options.onQuestion, 'function');
  if (options.priority !== undefined && !Number.isFinite(options.priority)) {
    throw new OptionError(`priority must be a finite number; got ${String(options.priority)}`);
  }
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
    throw new OptionError(`signal must be an AbortSignal; got ${String(options.signal)}`);
  }
  return options;
}
