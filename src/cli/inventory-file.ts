import { readFileSync, writeFileSync } from 'node:fs';
import { UsageError } from './exit-codes.js';

/** How the first line of the inventories begins that are written here: a file without it belongs to somebody. */
const MARK = '# Written by `rollcall ';

/** Writes the inventory of what a command serves, over one of an earlier start. @throws UsageError. */
export function writeInventory(path: string, command: string, text: string): void {
  try {
    writeFileSync(path, `${MARK}${command}\`; every start writes it anew.\n${text}`, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`cannot write the inventory to ${path}: ${(error as Error).message}`);
  }
}

/** @throws UsageError for a file that is there and was not written here. */
export function refuseForeignFile(path: string): void {
  let before: string;
  try {
    before = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new UsageError(`cannot write the inventory to ${path}: ${(error as Error).message}`);
  }
  if (before.startsWith(MARK) || before.trim() === '') return;
  throw new UsageError(`${path} is not from a lab and is not overwritten; name another file with --inventory-out FILE`);
}

/** Resolves when the user, or the system, asks the program to stop. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
