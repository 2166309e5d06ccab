import { checkKind, checkMs, checkNames, type ErrorCode, got, OptionError, PHASES } from '../../base/index.js';
import type { StepEvent } from '../device-task.js';
import type { FailedResult, Result, RunDevice } from '../result.js';

/** When a device may have another turn. */
export interface RetryOptions<D extends RunDevice = RunDevice, T = unknown> {
  /** How many further turns at most; default 0. */
  readonly limit?: number | undefined;
  /** Before the second turn, in milliseconds; doubled before each further one; default 1,000. */
  readonly backoffMs?: number | undefined;
  /** Never longer than this, in milliseconds, up to a day; default 30,000. */
  readonly maxBackoffMs?: number | undefined;
  /** Waits for a random part of that time, so that many devices do not come back at once; default true. */
  readonly jitter?: boolean | undefined;
  /**
   * Says that the work may be done again although something was sent, as with commands that only show; default: never.
   * Not asked where a configuration or a transfer had begun, nor for a refusal of any kind.
   */
  readonly repeatable?: ((result: FailedResult<D, T>) => boolean) | undefined;
}

/** Failures that may be gone the next time. A refusal stays one, and may cost the account. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['dns', 'connect_refused', 'connect_timeout', 'unreachable', 'too_many_files', 'closed'] as const),
  ...(['idle_timeout', 'device_timeout', 'worker_lost', 'agent_lost'] as const),
]);

/** The last of what a session goes through before it is there; none of it leaves anything on the device. */
const PREPARE = PHASES.indexOf('prepare');
const BEFORE: ReadonlySet<string> = new Set(PHASES.slice(0, PREPARE + 1));

/** Phases in which a password was sent, and a lost connection may be a refusal. */
const TRYING: ReadonlySet<string> = new Set(['host_key', 'authenticate']);

/** Phases that change a device. */
const CHANGING: ReadonlySet<string> = new Set(['configure', 'transfer']);

const DAY_MS = 86_400_000;

/** What a turn has told of itself, as far as it decides about another one. */
export class Told {
  #furthest = -1;
  #sent = false;
  #changed = false;
  #second = false;

  hear(event: StepEvent): void {
    if (event.type === 'logged_in' || event.type === 'sent') this.#sent = true;
    if (event.type !== 'phase') return;
    const at = PHASES.indexOf(event.phase as (typeof PHASES)[number]);
    if (at < this.#furthest && this.#furthest >= PREPARE) this.#second = true;
    this.#furthest = Math.max(this.#furthest, at);
    if (CHANGING.has(event.phase)) this.#changed = true;
  }

  /** Whether a configuration or a transfer has begun. */
  get changed(): boolean {
    return this.#changed;
  }

  /**
   * Whether it has told that it was on its way into a session, and no further. A session that was there, and another
   * one after it, is further: nobody knows what was done in the first.
   */
  get before(): boolean {
    return !this.#sent && !this.#second && this.#furthest >= 0 && this.#furthest <= PREPARE;
  }
}

/** Whether a turn that came to this may be had again, by what it has told. */
export function mayRepeat<D extends RunDevice, T>(
  result: Result<D, T>,
  told: Told,
  repeatable?: RetryOptions<D, T>['repeatable'],
): result is FailedResult<D, T> {
  if (result.status === 'ok' || result.worker === '' || !PASSING.has(result.error.code)) return false;
  const { code, phase } = result.error;
  if (told.changed || CHANGING.has(phase) || TRYING.has(phase)) return false;
  // A worker that is gone cannot say where it was: its steps do.
  const lost = phase === 'task' && (code === 'worker_lost' || code === 'agent_lost');
  if ((lost || BEFORE.has(phase)) && told.before) return true;
  return repeatable?.(result) === true;
}

/** How long before the turn with that number, counted from 1 for the first that is a repetition. */
export function backoffOf(
  turn: number,
  {
    backoffMs = 1000,
    maxBackoffMs = 30_000,
    jitter = true,
  }: Pick<RetryOptions, 'backoffMs' | 'maxBackoffMs' | 'jitter'>,
  random: () => number = Math.random,
): number {
  const most = Math.min(maxBackoffMs, backoffMs * 2 ** (turn - 1));
  return jitter ? most * random() : most;
}

/** @throws OptionError for what does not fit. */
export function checkRetries(options: RetryOptions<never, never>): void {
  checkNames('retries', options, ['limit', 'backoffMs', 'maxBackoffMs', 'jitter', 'repeatable']);
  const { limit = 0, maxBackoffMs = 0, jitter = true } = options;
  if (!(Number.isSafeInteger(limit) && limit >= 0)) {
    throw new OptionError(`retries.limit must be a whole number from 0 on; got ${got(limit)}`);
  }
  checkMs('retries.backoffMs', options.backoffMs);
  checkMs('retries.maxBackoffMs', options.maxBackoffMs);
  if (maxBackoffMs > DAY_MS) throw new OptionError(`retries.maxBackoffMs is at most a day; got ${got(maxBackoffMs)}`);
  if (typeof jitter !== 'boolean') throw new OptionError(`retries.jitter must be true or false; got ${got(jitter)}`);
  checkKind('retries.repeatable', options.repeatable, 'function');
}
