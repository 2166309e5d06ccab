import { UnreachableError } from '../../base/index.js';

/** serialport has no error codes: these are the words of its bindings for POSIX (strerror and its own) and for Windows. */
const REASONS: readonly { readonly says: RegExp; readonly why: (path: string) => string }[] = [
  {
    says: /No such file or directory|File not found/i,
    why: (path) => `there is no line ${path} on this machine: is the adapter plugged in, and the path right?`,
  },
  {
    says: /Permission denied/i,
    why: (path) =>
      `no permission to open ${path}: on Linux its group is often dialout or uucp (usermod -aG dialout USER, then log in again)`,
  },
  {
    says: /Cannot lock|temporarily unavailable|Access (?:is )?denied|resource busy/i,
    why: (path) => `${path} is in use by another program (a terminal, another run?)`,
  },
  {
    says: /Inappropriate ioctl|not a (?:tty|typewriter)|Unknown error code 1$/i,
    why: (path) => `${path} is no serial line`,
  },
];

/** Makes of what serialport says, when it cannot open a line, the error that it is. */
export function explainOpening(path: string, cause: Error): UnreachableError {
  const known = REASONS.find(({ says }) => says.test(cause.message));
  const says = known?.why(path) ?? `${path} cannot be opened: ${cause.message.replace(/^(?:Error:? )+/, '')}`;
  return new UnreachableError('unreachable', says, { phase: 'connect', cause });
}
