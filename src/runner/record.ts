import { AUTODETECT, type FileResult, type Response, type TransportName } from '../session/index.js';
import type { ErrorInfo, Result, Status } from './result.js';
import type { CommandsOutput } from './send-commands.js';
import type { JsonValue } from './tasks/json-value.js';
import type { TaskOutput } from './tasks/run-task-file.js';
import type { Subtask } from './tasks/subtasks.js';
import type { TransferOutput } from './transfer-files.js';

/** What a record says of the device, beside what the run knows. */
export interface RecordDevice {
  readonly name: string;
  readonly host: string;
  readonly port?: number | undefined;
  readonly platform: string;
  readonly transport?: TransportName | undefined;
}

/** What a line of ndjson says of every device, whatever was done with it. */
interface DeviceRecord {
  readonly schema: 1;
  readonly runId: string;
  readonly device: string;
  readonly host: string;
  readonly port: number | null;
  readonly platform: string;
  readonly hostname: string | null;
  readonly status: Status;
  readonly attempts: number;
  /** How many logins the last turn took, where it was more than one. */
  readonly logins?: number;
  readonly error: ErrorInfo | null;
  readonly worker: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
  /** Set where the run could only read (`--read-only`). */
  readonly readOnly?: true;
}

/** One device's outcome as it stands in a line of ndjson: a contract, to which later versions only add. */
export interface RunRecord extends DeviceRecord {
  readonly responses: readonly Response[];
}

/** One device's outcome of `rollcall put` and `rollcall get`: the same contract. */
export interface TransferRecord extends DeviceRecord {
  /** Null where the transfer failed. */
  readonly file: FileResult | null;
}

/** One device's outcome of `rollcall run --task`: the same contract. */
export interface TaskRecord extends DeviceRecord {
  /** What the task returned; null where that was nothing, and where it failed before it kept anything. */
  readonly value: JsonValue;
  readonly subtasks: readonly Omit<Subtask, 'value'>[];
}

const STANDARD_PORTS = { ssh: 22, telnet: 23, serial: null, process: null } as const;

/** Returns the record of a device's result. */
export function recordOf(runId: string, result: Result<RecordDevice, CommandsOutput>): RunRecord {
  return { ...headOf(runId, result), responses: result.value?.responses ?? [], ...tailOf(result) };
}

/** Returns the record of a device's transfer. */
export function transferRecordOf(runId: string, result: Result<RecordDevice, TransferOutput>): TransferRecord {
  return { ...headOf(runId, result), file: result.value?.file ?? null, ...tailOf(result) };
}

/** Returns the record of a device's task. */
export function taskRecordOf(runId: string, result: Result<RecordDevice, TaskOutput>): TaskRecord {
  const subtasks = (result.subtasks ?? []).map(({ name, status, elapsedMs, error }) => ({
    name,
    status,
    elapsedMs,
    error,
  }));
  return { ...headOf(runId, result), value: result.value?.value ?? null, subtasks, ...tailOf(result) };
}

interface Known {
  readonly hostname: string | null;
  readonly platform?: string;
  readonly logins?: number;
}

type Tail = 'error' | 'worker' | 'startedAt' | 'elapsedMs';

/** What stands before the task's own. */
function headOf(runId: string, result: Result<RecordDevice, Known>): Omit<DeviceRecord, Tail> {
  const { device, status, value, attempts } = result;
  return {
    schema: 1,
    runId,
    device: device.name,
    host: device.host,
    port: device.port ?? STANDARD_PORTS[device.transport ?? 'ssh'],
    // The name in the inventory, but where that says that nobody knows.
    platform: device.platform === AUTODETECT ? (value?.platform ?? device.platform) : device.platform,
    hostname: value?.hostname ?? null,
    status,
    attempts,
    ...(value?.logins === undefined ? {} : { logins: value.logins }),
  };
}

function tailOf({ error, worker, startedAt, elapsedMs }: Result<RecordDevice, Known>): Pick<DeviceRecord, Tail> {
  return { error, worker, startedAt, elapsedMs };
}
