export { checkChoice, checkKind, checkNames, got } from './check.js';
export { childEnvironment, withheldEnvironment } from './child-environment.js';
export { ERROR_CODES, type ErrorCode, PHASES, type Phase } from './codes.js';
export { checkMs, Deadline } from './deadline.js';
export {
  AbortedError,
  AuthenticationError,
  adopted,
  CommandRefusedError,
  ConnectionClosedError,
  ConversationError,
  CredentialError,
  DeviceTimeoutError,
  type ErrorContext,
  type ErrorDetails,
  errorClassNamed,
  HostKeyError,
  NegotiationError,
  OptionError,
  RollcallError,
  registerErrorClass,
  reword,
  TransferError,
  UnreachableError,
} from './errors.js';
export { withFileLock } from './file-lock.js';
export { type Logger, logger, setLogger, setLogOrigin, silentLogger } from './logger.js';
export { makeFolder } from './make-folder.js';
export { didYouMean, nearest } from './nearest.js';
export { ownerHost, ownerIsGone, ownerName, ownerPid } from './owner.js';
export { quote } from './quote.js';
export { prepareRecordingFolder, RecordingFile } from './recording/file.js';
export {
  entryText,
  headerText,
  type RecordedEntry,
  type RecordingHeader,
} from './recording/format.js';
export { parseRecording, type Recording, readRecording } from './recording/parse.js';
export { Player } from './recording/player.js';
export { Redactor } from './recording/redactor.js';
export { blankSecretLine, type SecretLineData, secretLineBlanker } from './recording/secret-lines.js';
export { processWide } from './registry.js';
export { redact, Secret } from './secret.js';
export { KEYRING_SERVICE, type SecretReference, type SecretValue } from './secret-reference.js';
export { stateDirectory } from './state-directory.js';
export { importUserModule, type ModuleExports, moduleUrl, placeIn } from './user-module.js';
