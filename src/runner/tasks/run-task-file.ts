import { basename } from 'node:path';
import { adopted, placeIn, RollcallError } from '../../base/index.js';
import { task } from '../../futures/index.js';
import type { Session, SessionTarget } from '../../session/index.js';
import type { TaskContext } from '../device-task.js';
import { type JsonValue, jsonValue } from './json-value.js';
import { callOff } from './sessions.js';
import { loadTaskFile, type TaskFile } from './task-file.js';
import { TurnLimits } from './turn-limits.js';

export interface TaskFileInput {
  readonly task: TaskFile;
  /** What the task gets beside its device. */
  readonly input?: unknown;
}

/** What came of one device. */
export interface TaskOutput {
  /** What the device calls itself: the one that the task's first session was with. */
  readonly hostname: string | null;
  readonly platform?: string;
  /** How many logins the session took, where it was more than one. */
  readonly logins?: number;
  /** What the task returned; null where that was nothing. */
  readonly value: JsonValue;
}

/**
 * Runs the task of a module of the user's: the task behind `rollcall run --task`. Its value must be plain data. One that
 * does not heed its signal is left behind when the run is called off, or its device's time is over; its sessions are closed.
 * @throws what the task throws; RollcallError (`task_error`), DeviceTimeoutError, AbortedError.
 */
export const runTaskFile = task(
  import.meta.url,
  'runTaskFile',
  async (
    device: SessionTarget,
    { task: file, input }: TaskFileInput,
    context: TaskContext<TaskOutput>,
  ): Promise<TaskOutput> => {
    const fn = await loadTaskFile(file);
    const sessions: Session[] = [];
    let value: JsonValue = null;
    const output = (): TaskOutput => ({ ...aboutOf(sessions[0]), value });
    const limits = new TurnLimits({
      signal: context.signal,
      totalMs: device.timeouts?.totalMs,
      close: () => Promise.all(sessions.map(callOff)),
    });
    const own: TaskContext = {
      ...context,
      signal: limits.signal,
      keep: (kept) => {
        value = jsonValue(kept);
        context.keep(output());
      },
      connect: async (options = {}) => {
        const { signal } = options;
        const signals = signal === undefined ? [limits.signal] : [limits.signal, signal];
        const session = await context.connect({ ...options, signal: AbortSignal.any(signals) });
        sessions.push(session);
        context.keep(output());
        return session;
      },
    };
    try {
      value = jsonValue(await limits.within(async () => fn(device, input, own)));
    } catch (thrown) {
      throw limits.signal.aborted ? thrown : withPlace(thrown);
    }
    return output();
  },
);

/** An error of the task's own says where in its file it was thrown: the run's log has no stacks. */
function withPlace(thrown: unknown): unknown {
  const ours = adopted(thrown);
  if (ours !== undefined || !(thrown instanceof Error)) return ours ?? thrown;
  const at = placeIn(thrown.stack ?? '');
  if (at === undefined) return thrown;
  const says = `${thrown.name}: ${thrown.message} (${basename(at)})`;
  return new RollcallError('task_error', says, { phase: 'task', details: { at }, cause: thrown });
}

function aboutOf(session: Session | undefined): Omit<TaskOutput, 'value'> {
  if (session === undefined) return { hostname: null };
  const { hostname = null, platform, attempts } = session;
  return { hostname, platform, ...(attempts.length > 1 ? { logins: attempts.length } : {}) };
}
