import type { ErrorCode, ErrorDetails, Phase } from '../base/index.js';

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

/** One device's outcome. */
export interface Result<D extends RunDevice = RunDevice, T = unknown> {
  readonly device: D;
  /** Where the device stands in the input, counted from 0. */
  readonly index: number;
  readonly status: Status;
  /** What the task returned; when it failed, what it had kept until then. */
  readonly value?: T;
  /** Null when the status is ok. */
  readonly error: ErrorInfo | null;
  /** What the task threw, with its class; undefined also when nothing was thrown. */
  readonly thrown?: unknown;
  /** The worker that did it; empty when its turn never came. */
  readonly worker: string;
  readonly attempts: number;
  /** ISO 8601, UTC; when its turn came. */
  readonly startedAt: string;
  readonly elapsedMs: number;
}

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
  get failed(): readonly Result<D, T>[] {
    return this.results.filter(({ status }) => status !== 'ok');
  }

  /** Throws what the first failed device's task threw (for a program that wants exceptions); else does nothing. */
  throwIfFailed(): void {
    if (this.ok) return;
    const [first] = this.failed;
    if (first === undefined) throw new Error('some devices did not end ok, and their results were not kept');
    throw first.thrown ?? new Error(`${first.device.name}: ${first.error?.message ?? first.status}`);
  }
}
