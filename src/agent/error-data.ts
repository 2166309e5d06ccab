import {
  ERROR_CODES,
  type ErrorCode,
  type ErrorDetails,
  errorClassNamed,
  PHASES,
  type Phase,
  RollcallError,
} from '../base/index.js';

/** An error as it goes over the socket. */
export interface EncodedError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly phase?: string;
  readonly details?: ErrorDetails;
}

export function encodeError(thrown: unknown): EncodedError {
  if (thrown instanceof RollcallError) {
    const { name, code, message, phase, details } = thrown;
    return { name, code, message, ...(phase && { phase }), ...(details && { details }) };
  }
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { name: 'RollcallError', code: 'task_error', message, phase: 'task' };
}

/** Returns the error, of the class that it had. */
export function decodeError({ name, code, message, phase, details }: EncodedError): RollcallError {
  const known = ERROR_CODES.includes(code as ErrorCode) ? (code as ErrorCode) : 'task_error';
  const error = new RollcallError(known, String(message), {
    phase: PHASES.includes(phase as Phase) ? (phase as Phase) : 'task',
    details,
  });
  const errorClass = errorClassNamed(String(name));
  const isOurs = errorClass?.prototype instanceof RollcallError;
  return isOurs ? Object.setPrototypeOf(error, errorClass.prototype) : error;
}
