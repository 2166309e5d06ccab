import { type AskSecret, decryptAge } from './credentials/index.js';
import { type Inventory, type LoadOptions, loadInventory as loadAnyInventory } from './inventory/index.js';
import { type Platform, platformNames } from './platforms/index.js';

export interface LoadInventoryOptions extends Omit<LoadOptions, 'platforms'> {
  /** Asks for the passphrase of a file that is encrypted with one. */
  readonly ask?: AskSecret | undefined;
  /** Platforms of the caller's own, as `loadPlatforms` returns them, beside those of rollcall. */
  readonly platforms?: readonly Platform[] | undefined;
}

/**
 * Reads an inventory from a file, a folder or standard input (`-`), or from several, and checks its platforms against those
 * of rollcall and the caller's own. The format, rollcall's or another tool's, is found out unless `format` names it. A file
 * that age has encrypted is opened with the user's identity, or with a passphrase.
 * @throws InventoryError with every problem and its line.
 */
export function loadInventory(
  path?: string | readonly string[],
  options: LoadInventoryOptions = {},
): Promise<Inventory> {
  const { platforms = [], ask, ...rest } = options;
  const { signal } = options;
  const names = [...platforms.map(({ name }) => name), ...platformNames()];
  const decrypt = (bytes: Uint8Array, file: string): Promise<Uint8Array> =>
    decryptAge(bytes, { what: `the file ${file}`, ask, signal });
  return loadAnyInventory(path, { decrypt, ...rest, platforms: { names } });
}

export { type Logger, setLogger, silentLogger } from './base/index.js';
export {
  asCompleted,
  currentWorker,
  EventLoopExecutor,
  type Executor,
  Future,
  isMainModule,
  ProcessPoolExecutor,
  type Task,
  ThreadPoolExecutor,
  task,
  wait,
} from './futures/index.js';
export { type Device, devicesWhere, type Inventory, InventoryError, where } from './inventory/index.js';
export { loadPlatform, loadPlatforms, type Platform, platformNames } from './platforms/index.js';
export {
  type Admission,
  AggregatedResult,
  type CommandsOutput,
  credentialGate,
  type DeviceTask,
  type ErrorInfo,
  execCommands,
  findTaskFile,
  type Gate,
  getFile,
  type Journal,
  JournalError,
  type JournalOptions,
  type JsonValue,
  listRuns,
  type Observer,
  openJournal,
  ping,
  putFile,
  type ReadJournal,
  type Result,
  type RetryOptions,
  type Run,
  type RunJournal,
  type RunLimits,
  type RunOptions,
  type RunRecord,
  type RunSummary,
  readJournal,
  recordOf,
  run,
  runTaskFile,
  type SendCommandsInput,
  type Status,
  type Step,
  type StepEvent,
  type Subtask,
  sendCommands,
  type TaskContext,
  type TaskFile,
  type TaskFileInput,
  type TaskOutput,
  type TaskRecord,
  type TransferInput,
  type TransferOutput,
  type TransferRecord,
  taskRecordOf,
  transferRecordOf,
  type WaitingLine,
} from './runner/index.js';
export {
  AbortedError,
  AuthenticationError,
  CommandRefusedError,
  ConnectionClosedError,
  ConversationError,
  CredentialError,
  connect,
  connectExec,
  DeviceTimeoutError,
  type ExecResponse,
  ExecSession,
  type FileOptions,
  type FileResult,
  HostKeyError,
  NegotiationError,
  OptionError,
  type Response,
  RollcallError,
  Secret,
  Session,
  type SessionOptions,
  type SessionTarget,
  TransferError,
  UnreachableError,
} from './session/index.js';
