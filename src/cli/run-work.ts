import type { Executor, Task } from '../futures/index.js';
import type { Device } from '../inventory/index.js';
import type { DeviceTask, Gate, Result, SendCommandsInput } from '../runner/index.js';
import type { Selection } from './gather-fleet.js';
import type { DeviceFiles } from './output/device-files.js';
import type { Format } from './output/format.js';
import type { FailedRecord } from './output/text.js';

/** What a run does on each of its devices, and how what comes of it is shown. */
export interface RunWork<I, T, R extends FailedRecord> {
  readonly task: DeviceTask<Device, I, T>;
  /** The commands for all devices, from the command line or a file: what a repetition cannot read again. */
  readonly commands?: readonly string[];
  /** Looks at the devices before anything else. @throws UsageError, InventoryError for what they cannot be sent. */
  check(selection: Selection): void | Promise<void>;
  input(device: Device, how: Pick<SendCommandsInput, 'agent' | 'session'>): I;
  record(runId: string, result: Result<Device, T>): R;
  /** How a record looks to a person. */
  text(record: R): string;
  /** What lets devices have their turn; asked for after `check`. */
  gates?(): readonly Gate<Device, T>[];
  /** Opens the folder for a file per device and command. */
  files?(
    folder: string,
    format: Format,
    devices: readonly Pick<Device, 'name' | 'commands'>[],
  ): Promise<Pick<DeviceFiles, 'written'> & Writer<R>>;
  /** Runs in each worker before its first device. */
  readonly initializer?: Task;
  /** Called when the run begins; returns what is to be called when all of it has ended. */
  begin?(run: RunUnderWay): () => void;
}

export interface RunUnderWay {
  readonly executor: Executor;
  /** Aborts when the run is called off. */
  readonly signal: AbortSignal;
  /** Tells the person at the terminal. */
  tell(line: string): void;
  /** Ends the program at once. */
  leave(): void;
}

interface Writer<R> {
  write(record: R): Promise<void>;
}
