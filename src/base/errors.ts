import { ERROR_CODES, type ErrorCode, type Phase } from './codes.js';
import { processWide } from './registry.js';

/** Plain facts that travel with an error: what was expected, what came, the last bytes received (secrets redacted). */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface ErrorContext {
  readonly phase?: Phase | undefined;
  readonly cause?: unknown;
  readonly details?: ErrorDetails | undefined;
}

/** The root of every error that rollcall throws on purpose. */
export class RollcallError extends Error {
  readonly code: ErrorCode;
  // Declared only, so that an error without them has no such properties.
  declare readonly phase?: Phase;
  declare readonly details?: ErrorDetails;

  constructor(code: ErrorCode, message: string, context: ErrorContext = {}) {
    super(message, 'cause' in context ? { cause: context.cause } : undefined);
    this.code = code;
    if (context.phase !== undefined) this.phase = context.phase;
    if (context.details !== undefined) this.details = context.details;
  }
}

/**
 * Returns an error of rollcall as one of this copy of it, and undefined for any other: what a user's own module throws may
 * come from the copy that is installed beside that.
 */
export function adopted(thrown: unknown): RollcallError | undefined {
  if (thrown instanceof RollcallError) return thrown;
  if (!(thrown instanceof Error)) return undefined;
  const { code, phase, details } = thrown as Partial<RollcallError>;
  if (code === undefined || !ERROR_CODES.includes(code)) return undefined;
  return new RollcallError(code, thrown.message, { phase, details, cause: thrown });
}

/** Gives an error another message, also where its stack repeats it, and returns it. */
export function reword<E extends Error>(error: E, message: string): E {
  // Read first: V8 writes the stack's text when it is first asked for, with the message of that moment.
  const { message: before, stack } = error;
  error.message = message;
  if (stack !== undefined) error.stack = stack.replace(before, () => message);
  return error;
}

type ErrorClass = abstract new (...args: never[]) => Error;
const classes = () => processWide('errorClasses', () => new Map<string, ErrorClass>());

/**
 * Makes a class of error known by its name, so that an error of it that crosses to another thread or process is an
 * instance of it there too. The name also becomes the `name` of its instances.
 */
export function registerErrorClass(errorClass: ErrorClass, name = errorClass.name): void {
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true });
  // Of two copies of the package the first stays: a program must not see its own class replaced while it runs.
  if (!classes().has(name)) classes().set(name, errorClass);
}

/** Returns the class of error that was registered under that name, or undefined. */
export function errorClassNamed(name: string): ErrorClass | undefined {
  return classes().get(name);
}

/** An option, an argument or a flag has a value that is not allowed. */
export class OptionError extends RollcallError {
  constructor(message: string, context: ErrorContext = {}) {
    super('bad_option', message, context);
  }
}

/** Nobody answers at that address: no such name, no route, a closed port, or silence. */
export class UnreachableError extends RollcallError {}
/** The server and we have no algorithm, or no protocol, in common. */
export class NegotiationError extends RollcallError {}
/** The server's host key is not the one that we know, is unknown under `strict`, or is revoked. */
export class HostKeyError extends RollcallError {}
/** The device refused the user name, the password, the key, or the enable secret. */
export class AuthenticationError extends RollcallError {}
/** A secret cannot be had where its reference says; nothing was sent for it. The message never holds a value. */
export class CredentialError extends RollcallError {
  constructor(message: string, context: ErrorContext = {}) {
    super('credential', message, { phase: 'authenticate', ...context });
  }
}
/** The device did not answer in time; `code` says which clock ran out (`connect_timeout`, `idle_timeout`, `device_timeout`). */
export class DeviceTimeoutError extends RollcallError {}
/** The device said something that the conversation has no place for, so no answer can be proved; nothing more was sent. */
export class ConversationError extends RollcallError {}
/** The device closed the connection, or it broke. */
export class ConnectionClosedError extends RollcallError {}
/** The device refused a command. */
export class CommandRefusedError extends RollcallError {}
/** A file cannot be sent, fetched or kept; the message says what is left of it, and where. */
export class TransferError extends RollcallError {}
/** The work was called off before it was done. */
export class AbortedError extends RollcallError {
  constructor(message: string, context: ErrorContext = {}) {
    super('cancelled', message, context);
  }
}

registerErrorClass(RollcallError, 'RollcallError');
registerErrorClass(OptionError, 'OptionError');
registerErrorClass(UnreachableError, 'UnreachableError');
registerErrorClass(NegotiationError, 'NegotiationError');
registerErrorClass(HostKeyError, 'HostKeyError');
registerErrorClass(AuthenticationError, 'AuthenticationError');
registerErrorClass(CredentialError, 'CredentialError');
registerErrorClass(DeviceTimeoutError, 'DeviceTimeoutError');
registerErrorClass(ConversationError, 'ConversationError');
registerErrorClass(ConnectionClosedError, 'ConnectionClosedError');
registerErrorClass(CommandRefusedError, 'CommandRefusedError');
registerErrorClass(TransferError, 'TransferError');
registerErrorClass(AbortedError, 'AbortedError');
