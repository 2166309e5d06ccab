import { type ErrorDetails, RollcallError, redact, reword, type Secret } from '../../base/index.js';

/** Takes secrets out of an error that was made by somebody who did not know of them, and returns it. */
export function redactError<E>(error: E, secrets: readonly Secret[]): E {
  if (secrets.length === 0 || !(error instanceof Error)) return error;
  reword(error, redact(error.message, secrets));
  if (error instanceof RollcallError && error.details !== undefined) {
    const clean = Object.entries(error.details).map(([name, value]) => [
      name,
      typeof value === 'string' ? redact(value, secrets) : value,
    ]);
    Object.defineProperty(error, 'details', { value: Object.fromEntries(clean) as ErrorDetails });
  }
  redactError(error.cause, secrets);
  return error;
}
