import { AUTODETECT, type Response, type TransportName } from '../session/index.js';
import type { ErrorInfo, Result, Status } from './result.js';
import type { CommandsOutput } from './send-commands.js';

/** What a record says of the device, beside what the run knows. */
export interface RecordDevice {
  readonly name: string;
  readonly host: string;
  readonly port?: number | undefined;
  readonly platform: string;
  readonly transport?: TransportName | undefined;
}

/** One device's outcome as it stands in a line of ndjson: a contract, to which later versions only add. */
export interface RunRecord {
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
  readonly responses: readonly Response[];
  readonly error: ErrorInfo | null;
  readonly worker: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
}

const STANDARD_PORTS = { ssh: 22, telnet: 23, serial: null, process: null } as const;

/** Returns the record of a device's result. */
export function recordOf(runId: string, result: Result<RecordDevice, CommandsOutput>): RunRecord {
  const { device, status, value, error, worker, attempts, startedAt, elapsedMs } = result;
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
    responses: value?.responses ?? [],
    error,
    worker,
    startedAt,
    elapsedMs,
  };
}
