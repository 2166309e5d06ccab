import { AbortedError, RollcallError } from '../base/index.js';
import type { Outcome } from './device-task.js';
import type { Result, RunDevice } from './result.js';
import { describeError, statusOf } from './status.js';
import type { Turn } from './turns/turn.js';

/** What comes of a device that the end of its run was faster than. */
export const cancelledBefore = (startedAt: number): Outcome<never> =>
  withoutTurn(new AbortedError('cancelled before its turn came', { phase: 'task' }), startedAt);

/** What comes of a device that a gate has skipped. */
export const skippedFor = (reason: string): Outcome<never> =>
  withoutTurn(new RollcallError('not_started', reason, { phase: 'task' }), Date.now());

const withoutTurn = (thrown: unknown, startedAt: number): Outcome<never> => ({
  failure: { thrown },
  worker: '',
  startedAt,
  elapsedMs: 0,
});

/** Makes of what came of a device's turn its result. */
export function resultOf<D extends RunDevice, T>(turn: Turn<D, T>, outcome: Outcome<T>): Result<D, T> {
  const { device, index, attempts } = turn;
  const { value, failure, worker, startedAt, elapsedMs, subtasks } = outcome;
  const about = {
    ...{ device, index, worker, attempts, startedAt: new Date(startedAt).toISOString(), elapsedMs },
    ...(subtasks === undefined ? {} : { subtasks }),
  };
  if (failure === undefined) return { ...about, status: 'ok', value: value as T, error: null };
  const error = describeError(failure.thrown);
  const kept = value === undefined ? {} : { value };
  return { ...about, status: statusOf(error), ...kept, error, thrown: failure.thrown };
}
