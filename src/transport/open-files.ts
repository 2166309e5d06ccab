import { type Phase, RollcallError } from '../base/index.js';

/** Returns what an error means that the system gives where no more files can be opened; undefined for any other. */
export function tooManyFiles(error: unknown, phase: Phase): RollcallError | undefined {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code !== 'EMFILE' && code !== 'ENFILE') return undefined;
  const says = "this machine's limit of open files is reached; raise it (ulimit -n) or use fewer workers";
  return new RollcallError('too_many_files', says, { phase, cause: error, details: { errno: code } });
}
