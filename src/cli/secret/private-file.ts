import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const PRIVATE = 0o600;

/** Writes a file that is not there yet, for its owner alone. @throws what the system says, `EEXIST` as well. */
export function writeNew(path: string, bytes: Uint8Array): void {
  writeFileSync(path, bytes, { flag: 'wx', mode: PRIVATE });
}

/** Puts a file in the place of another at once: whoever reads it finds the old one or the new one, whole. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? PRIVATE;
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(beside, bytes, { flag: 'wx', mode: mode & 0o777, flush: true });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
