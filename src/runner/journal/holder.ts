import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { ownerHost, ownerIsGone, ownerName, ownerPid, withFileLock } from '../../base/index.js';
import { JournalError } from './errors.js';

/** Who has just begun to hold a journal has no name in the file yet, and has it soon. */
const NAMELESS_MS = 10_000;

/** Another machine's process that has written nothing for so long has ended: nobody here can ask after it. */
const FOREIGN_MS = 24 * 60 * 60 * 1000;

const holderFile = (journal: string): string => `${journal}.held`;

/** Returns the name of the living process that writes a journal, or undefined where none does. @throws JournalError. */
export function holderOf(journal: string): string | undefined {
  const file = holderFile(journal);
  try {
    const name = readFileSync(file, 'utf8');
    const isOld = (path: string, ms: number): boolean => Date.now() - statSync(path).mtimeMs > ms;
    if (ownerPid(name) === undefined) return isOld(file, NAMELESS_MS) ? undefined : name;
    if (ownerHost(name) !== ownerHost(ownerName())) return isOld(journal, FOREIGN_MS) ? undefined : name;
    return ownerIsGone(name) ? undefined : name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const why = `${(error as Error).message}; whether another process writes this run cannot be told`;
    throw new JournalError(`cannot read ${file}: ${why}`, { cause: error });
  }
}

/**
 * Makes this process the one that writes the journal, and returns what ends that. What a killed process has left behind
 * is no hindrance. @throws JournalError where another process writes it.
 */
export async function holdJournal(journal: string, id: string): Promise<() => void> {
  const file = holderFile(journal);
  // Two that find the same dead holder must not both take its place.
  await withFileLock(journal, async () => {
    const holder = holderOf(journal);
    if (holder !== undefined) throw new JournalError(heldText(id, holder, file));
    rmSync(file, { force: true });
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      writeSync(descriptor, ownerName());
    } catch (error) {
      forgetHolder(journal);
      throw error;
    } finally {
      closeSync(descriptor);
    }
  });
  return () => forgetHolder(journal);
}

/** Forgets who held a journal. */
export function forgetHolder(journal: string): void {
  try {
    rmSync(holderFile(journal), { force: true });
  } catch {
    // The folder cannot be written to any more: who holds it is found to have ended.
  }
}

function heldText(id: string, holder: string, file: string): string {
  const pid = ownerPid(holder);
  if (pid === undefined) return `run ${id} is being started or resumed by another process right now`;
  const here = ownerHost(holder) === ownerHost(ownerName());
  if (here) return `run ${id} is still going on, in process ${pid}; wait for its end, or stop that process`;
  return `run ${id} is going on in process ${pid} on ${ownerHost(holder)}; if that has ended, remove ${file}`;
}
