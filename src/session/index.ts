export {
  AbortedError,
  AuthenticationError,
  CommandRefusedError,
  ConnectionClosedError,
  ConversationError,
  DeviceTimeoutError,
  HostKeyError,
  NegotiationError,
  OptionError,
  RollcallError,
  Secret,
  UnreachableError,
} from '../base/index.js';
export type { HostKeyOptions, HostKeyPolicy, Question, SshOptions, TransportName } from '../transport/index.js';
export { AUTODETECT } from './autodetect.js';
export { type CasesCheck, checkCases } from './check-cases.js';
export { checkCommands } from './check-commands.js';
export type { CommitOptions } from './commit.js';
export type { ConfigSource } from './config-lines.js';
export type { ConfigLineResponse } from './config-run.js';
export { connect } from './connect.js';
export {
  addressOf,
  type LimitOptions,
  type SessionOptions,
  type SessionTarget,
  type TimeoutOptions,
} from './options.js';
export type { EndedBy, Response, SessionResponse } from './response.js';
export type { ConfigMode, ConfigOptions, ConfigResponse } from './send-config.js';
export type { InteractiveStep } from './send-interactive.js';
export {
  type CommandOptions,
  type OperationOptions,
  Session,
  type TimingOptions,
  type UntilOptions,
} from './session.js';
