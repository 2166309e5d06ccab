import { basename } from 'node:path';
import { inspect } from 'node:util';
import { ERROR_CODES, type ErrorCode, PHASES, type Phase, placeIn, RollcallError } from '../base/index.js';
import { BrokenExecutorError, CancelledError, RemoteError } from '../futures/index.js';
import type { ErrorInfo, Status } from './result.js';

const BY_CODE: Readonly<Partial<Record<ErrorCode, Exclude<Status, 'ok'>>>> = {
  dns: 'unreachable',
  connect_refused: 'unreachable',
  unreachable: 'unreachable',
  host_key_changed: 'host_key',
  host_key_unknown: 'host_key',
  host_key_revoked: 'host_key',
  host_key_store: 'host_key',
  authentication: 'authentication',
  enable_secret: 'authentication',
  command_refused: 'rejected',
  connect_timeout: 'timeout',
  idle_timeout: 'timeout',
  device_timeout: 'timeout',
  timeout: 'timeout',
  cancelled: 'cancelled',
  not_started: 'skipped',
};

/** Failures after which nobody knows how much of a configuration the device has taken. */
const IN_DOUBT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'closed',
  'idle_timeout',
  'device_timeout',
  'unexpected_question',
  'unexpected_prompt',
  'echo_missing',
  'output_too_large',
  'agent_lost',
  'cancelled',
]);

/** Returns the status that an error means for its device. */
export function statusOf({ code, phase }: ErrorInfo): Exclude<Status, 'ok'> {
  if (phase === 'configure' && IN_DOUBT.has(code)) return 'unknown';
  // Nobody answered the connection attempt: the clock only noticed it.
  if (code === 'connect_timeout' && (phase === 'connect' || phase === 'resolve')) return 'unreachable';
  return BY_CODE[code] ?? 'failed';
}

const isCode = (code: unknown): code is ErrorCode => ERROR_CODES.includes(code as ErrorCode);
const isPhase = (phase: unknown): phase is Phase => PHASES.includes(phase as Phase);

/** What ended a worker: an error that nobody caught is known to nobody else, as a thread prints none. */
function killedBy(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const at = placeIn(error.stack ?? '');
  return `, ${error.name}: ${error.message}${at === undefined ? '' : ` (${basename(at)})`}`;
}

/** Says in plain data what a task threw: it may be anything, also undefined. */
export function describeError(thrown: unknown): ErrorInfo {
  if (thrown instanceof BrokenExecutorError) {
    const { cause } = thrown;
    const why = cause instanceof Error ? `: ${cause.message}${killedBy(cause.cause)}` : '';
    return {
      code: 'worker_lost',
      phase: 'task',
      message: `the worker that had this device was lost${why}; run it again for this device`,
    };
  }
  if (thrown instanceof CancelledError) {
    return { code: 'cancelled', phase: 'task', message: 'cancelled before its turn came' };
  }
  // An error of the task's own class, which this side does not know: as if it had been thrown here.
  if (thrown instanceof RollcallError && !(thrown instanceof RemoteError)) {
    const { code, phase, message, details } = thrown;
    return {
      code: isCode(code) ? code : 'task_error',
      phase: isPhase(phase) ? phase : 'task',
      message,
      ...(details === undefined ? {} : { details }),
    };
  }
  return { code: 'task_error', phase: 'task', message: textOf(thrown) };
}

function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error
      ? `${thrown.name}: ${thrown.message}`
      : `the task threw ${inspect(thrown, { depth: 1, breakLength: Number.POSITIVE_INFINITY })}`;
  } catch {
    return 'the task threw something that cannot even be shown';
  }
}
