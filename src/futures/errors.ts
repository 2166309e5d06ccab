import { type ErrorContext, RollcallError, registerErrorClass } from '../base/index.js';

/** The call was cancelled before it started. */
export class CancelledError extends RollcallError {
  constructor(message = 'the call was cancelled', context: ErrorContext = {}) {
    super('cancelled', message, context);
  }
}

/** Something was not done in the time that it was given. */
export class TimeoutError extends RollcallError {
  constructor(message: string, context: ErrorContext = {}) {
    super('timeout', message, context);
  }
}

/** The operation does not fit the state that the future, executor, thread or process is in. */
export class InvalidStateError extends RollcallError {
  constructor(message: string, context: ErrorContext = {}) {
    super('invalid_state', message, context);
  }
}

/** An executor can run nothing any more; `cause` says what broke it. */
export class BrokenExecutorError extends RollcallError {
  constructor(message: string, context: ErrorContext = {}) {
    super('broken_executor', message, context);
  }
}

/** A thread of the pool died or could not be initialised. */
export class BrokenThreadPoolError extends BrokenExecutorError {}

/** A process of the pool died or could not be initialised. */
export class BrokenProcessPoolError extends BrokenExecutorError {}

/** An error whose class exists only where it was thrown: `name` is that class's name, `message` and own properties are the original's. */
export class RemoteError extends RollcallError {
  constructor(message: string, context: ErrorContext = {}) {
    super('remote_error', message, context);
  }
}

/** A value cannot cross to another thread or process; the message says where in it the trouble is. */
export class NotTransferableError extends RollcallError {
  constructor(message: string, context: ErrorContext = {}) {
    super('not_transferable', message, context);
  }
}

/** The queue had nothing to give. */
export class QueueEmptyError extends RollcallError {
  constructor(message = 'the queue is empty', context: ErrorContext = {}) {
    super('queue_empty', message, context);
  }
}

/** The queue had no room. */
export class QueueFullError extends RollcallError {
  constructor(message = 'the queue is full', context: ErrorContext = {}) {
    super('queue_full', message, context);
  }
}

registerErrorClass(CancelledError, 'CancelledError');
registerErrorClass(TimeoutError, 'TimeoutError');
registerErrorClass(InvalidStateError, 'InvalidStateError');
registerErrorClass(BrokenExecutorError, 'BrokenExecutorError');
registerErrorClass(BrokenThreadPoolError, 'BrokenThreadPoolError');
registerErrorClass(BrokenProcessPoolError, 'BrokenProcessPoolError');
registerErrorClass(RemoteError, 'RemoteError');
registerErrorClass(NotTransferableError, 'NotTransferableError');
registerErrorClass(QueueEmptyError, 'QueueEmptyError');
registerErrorClass(QueueFullError, 'QueueFullError');
