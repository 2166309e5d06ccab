export {
  AbortedError,
  AuthenticationError,
  CommandRefusedError,
  ConnectionClosedError,
  ConversationError,
  CredentialError,
  DeviceTimeoutError,
  HostKeyError,
  NegotiationError,
  OptionError,
  type Recording,
  RollcallError,
  readRecording,
  Secret,
  type SecretReference,
  type SecretValue,
  TransferError,
  UnreachableError,
} from '../base/index.js';
export {
  type AskSecret,
  type CredentialSource,
  credentialSource,
  forgetSecrets,
  type ResolveOptions,
  type SecretQuestion,
  type SourceOptions,
} from '../credentials/index.js';
export {
  type HostKeyOptions,
  type HostKeyPolicy,
  type JumpHost,
  type OpenConnection,
  type Question,
  type ReplayOptions,
  type RouteOptions,
  replayConnection,
  type SerialOptions,
  type SocksProxy,
  type SshOptions,
  type TransportName,
} from '../transport/index.js';
export { type CasesCheck, checkCases } from './cases/check-cases.js';
export { checkCommands, checkExecCommands } from './commands/check-commands.js';
export type { CommandOptions, OperationOptions, TimingOptions, UntilOptions } from './commands/operation-options.js';
export type { EndedBy, Response, SessionResponse } from './commands/response.js';
export type { InteractiveStep } from './commands/send-interactive.js';
export type { CommitOptions } from './configuration/commit.js';
export type { ConfigSource } from './configuration/config-lines.js';
export type { ConfigLineResponse } from './configuration/config-run.js';
export type { ConfigMode, ConfigOptions, ConfigResponse } from './configuration/send-config.js';
export { connect } from './connect.js';
export { connectExec } from './exec/connect-exec.js';
export type { ExecResponse } from './exec/exec-command.js';
export { type ExecOptions, ExecSession } from './exec/exec-session.js';
export type { FileOptions, FileProgress, FileResult, Verified } from './files/file-options.js';
export type { Files } from './files/files.js';
export { withoutSecretLines, withoutSecretLinesOf } from './line/secret-lines.js';
export { AUTODETECT } from './login/autodetect.js';
export type { Credential, LoginAttempt } from './login/credentials.js';
export { resolveSecrets } from './login/resolve-secrets.js';
export {
  addressOf,
  isConsole,
  type LimitOptions,
  type RecordingOptions,
  type ResolvedTarget,
  type SessionOptions,
  type SessionTarget,
  type TerminalServerOptions,
  type TimeoutOptions,
  timeoutsOf,
} from './options.js';
export { checkReadOnly } from './read-only.js';
export { Session } from './session.js';
export { openTerminal, type Terminal, type TerminalOptions } from './terminal/open-terminal.js';
