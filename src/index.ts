import { type Inventory, type LoadOptions, loadInventory as loadAnyInventory } from './inventory/index.js';
import { platformNames } from './platforms/index.js';

/**
 * Reads an inventory from a YAML or JSON file (`-` is standard input) and checks its platforms against those of rollcall.
 * @throws InventoryError with every problem and its line.
 */
export function loadInventory(path?: string, options: Omit<LoadOptions, 'platforms'> = {}): Promise<Inventory> {
  return loadAnyInventory(path, { ...options, platforms: { names: platformNames() } });
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
export { type Device, type Inventory, InventoryError } from './inventory/index.js';
export { loadPlatform, platformNames } from './platforms/index.js';
export {
  AggregatedResult,
  type CommandsOutput,
  type DeviceTask,
  type ErrorInfo,
  type Observer,
  ping,
  type Result,
  type Run,
  type RunOptions,
  type RunRecord,
  recordOf,
  run,
  type SendCommandsInput,
  type Status,
  sendCommands,
  type TaskContext,
} from './runner/index.js';
export {
  AuthenticationError,
  CommandRefusedError,
  ConnectionClosedError,
  ConversationError,
  connect,
  DeviceTimeoutError,
  HostKeyError,
  NegotiationError,
  type Response,
  RollcallError,
  Secret,
  Session,
  type SessionOptions,
  type SessionTarget,
  UnreachableError,
} from './session/index.js';
