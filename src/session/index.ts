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
export { connect } from './connect.js';
export {
  addressOf,
  type LimitOptions,
  type SessionOptions,
  type SessionTarget,
  type TimeoutOptions,
} from './options.js';
export type { EndedBy, Response, SessionResponse } from './response.js';
export type { ConfigOptions, ConfigResponse } from './send-config.js';
export { type CommandOptions, Session, type TimingOptions, type UntilOptions } from './session.js';
