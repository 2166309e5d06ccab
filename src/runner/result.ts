import type { ErrorCode, ErrorDetails, Phase } from '../base/index.js';
import type { Subtask } from './tasks/subtasks.js';

/** How a device's turn can end; every device of a run ends in exactly one of these. */
export const STATUSES = [
  'ok',
  'rejected',
  'failed',
  'unreachable',
  'authentication',
  'host_key',
  'timeout',
  'cancelled',
  'skipped',
  'unknown',
] as const;

export type Status = (typeof STATUSES)[number];

/** What went wrong, as plain data from closed lists. */
export interface ErrorInfo {
  readonly code: ErrorCode;
  readonly phase: Phase;
  readonly message: string;
  readonly details?: ErrorDetails;
}

/** What the runner must know of a device; any other property goes to the task untouched. */
export interface RunDevice {
  readonly name: string;
}

interface Turn<D extends RunDevice> {
  readonly device: D;
  /** Where the device stands in the input, counted from 0. */
  readonly index: number;
  /** The worker that did it; empty when its turn never came. */
  readonly worker: string;
  readonly attempts: number;
  /** ISO 8601, UTC; when its turn came. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  /** The named parts of its task, in the order in which they began; absent where it had none. */
  readonly subtasks?: readonly Subtask[];
}

/** The outcome of a device that ended ok. */
export interface OkResult<D extends RunDevice = RunDevice, T = unknown> extends Turn<D> {
  readonly status: 'ok';
  /** What the task returned. */
  readonly value: T;
  readonly error: null;
}

/** The outcome of a device that did not end ok. */
export interface FailedResult<D extends RunDevice = RunDevice, T = unknown> extends Turn<D> {
  readonly status: Exclude<Status, 'ok'>;
  /** What the task had kept until then. */
  readonly value?: T;
  readonly error: ErrorInfo;
  /** What the task threw, with its class; may itself be undefined. */
  readonly thrown?: unknown;
}

/** One device's outcome; `status` tells which of the two it is. */
export type Result<D extends RunDevice = RunDevice, T = unknown> = OkResult<D, T> | FailedResult<D, T>;

/** The outcome of a run: every device's, and how many ended how. */
export class AggregatedResult<D extends RunDevice = RunDevice, T = unknown> {
  readonly runId: string;
  /** In input order; without those that a run with `keepResults: false` has dropped. */
  readonly results: readonly Result<D, T>[];
  readonly counts: Readonly<Record<Status, number>>;

  constructor(runId: string, results: readonly Result<D, T>[], counts: Readonly<Record<Status, number>>) {
    this.runId = runId;
    this.results = results;
    this.counts = counts;
  }

  /** True when every device ended ok. */
  get ok(): boolean {
    return STATUSES.every((status) => status === 'ok' || this.counts[status] === 0);
  }

  /** The results that are not ok. */
  get failed(): readonly FailedResult<D, T>[] {
    return this.results.filter((result) => result.status !== 'ok');
  }

  /** Throws what the first failed device's task threw (for a program that wants exceptions); else does nothing. */
  throwIfFailed(): void {
    if (this.ok) return;
    const [first] = this.failed;
    if (first === undefined) throw new Error('some devices did not end ok, and their results were not kept');
    throw first.thrown ?? new Error(`${first.device.name}: ${first.error.message}`);
  }
}
