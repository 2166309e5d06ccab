export type { DeviceTask, TaskContext } from './device-task.js';
export type { PingResult } from './ping.js';
export { ping } from './ping-devices.js';
export { type RecordDevice, type RunRecord, recordOf } from './record.js';
export { AggregatedResult, type ErrorInfo, type Result, type RunDevice, STATUSES, type Status } from './result.js';
export { run } from './run.js';
export type { Observer, Run, RunOptions } from './run-options.js';
export { type CommandsOutput, execCommands, type SendCommandsInput, sendCommands } from './send-commands.js';
