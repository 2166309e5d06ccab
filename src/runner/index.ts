export type { DeviceTask, StepEvent, TaskContext } from './device-task.js';
export {
  checkWhole,
  compareRuns,
  DEFAULT_RETENTION,
  type DeviceDifference,
  findRun,
  isMissing,
  type Journal,
  JournalError,
  type JournalOptions,
  type JournalOutputs,
  type JournalRecord,
  journalDirectory,
  journalName,
  listRuns,
  openJournal,
  pruneRuns,
  type ReadJournal,
  type Retention,
  type RunJob,
  type RunSummary,
  readJournal,
  secretsOf,
  type TakenRun,
  takeRun,
} from './journal/index.js';
export type { PingResult } from './ping.js';
export { ping } from './ping-devices.js';
export {
  type RecordDevice,
  type RunRecord,
  recordOf,
  type TaskRecord,
  type TransferRecord,
  taskRecordOf,
  transferRecordOf,
} from './record.js';
export {
  AggregatedResult,
  type ErrorInfo,
  type FailedResult,
  type Result,
  type RunDevice,
  STATUSES,
  type Status,
} from './result.js';
export { run } from './run.js';
export type { Observer, Run, RunJournal, RunOptions } from './run-options.js';
export { type CommandsOutput, execCommands, type SendCommandsInput, sendCommands } from './send-commands.js';
export type { Step } from './step.js';
export type { JsonValue } from './tasks/json-value.js';
export { runTaskFile, type TaskFileInput, type TaskOutput } from './tasks/run-task-file.js';
export type { Subtask } from './tasks/subtasks.js';
export { findTaskFile, type TaskFile } from './tasks/task-file.js';
export { getFile, putFile, type TransferInput, type TransferOutput } from './transfer-files.js';
export { credentialGate } from './turns/credential-gate.js';
export type { Admission, Gate } from './turns/gate.js';
export type { Manners, RunLimits } from './turns/manners.js';
export type { RetryOptions } from './turns/retries.js';
export type { WaitingLine } from './turns/scheduler.js';
