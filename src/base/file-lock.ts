import { open, readFile, stat, unlink } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Deadline } from './deadline.js';
import { ownerIsGone, ownerName } from './owner.js';

/** What the lock guards takes a millisecond: one that is held for so long belongs to a program that has died. */
const STALE_MS = 10_000;
const LONGEST_WAIT_MS = 15_000;
/** No system tells everywhere when a file has gone, so it is looked for again, after a pause that differs by chance. */
const PAUSE_MS = 5;

/**
 * Does the work while no other process, thread or call does work under the same file's lock: a file beside it, `NAME.lock`.
 * @throws what `work` throws, and Error when the lock cannot be had.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  const deadline = Deadline.after(LONGEST_WAIT_MS);
  while (!(await take(lock))) {
    if (deadline.passed) throw new Error(`${lock} is held by another program; if none runs, remove it`);
    await setTimeout(PAUSE_MS * (1 + Math.random()));
  }
  try {
    return await work();
  } finally {
    await unlink(lock).catch(() => {});
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', 0o600);
    try {
      await file.writeFile(ownerName());
    } catch (error) {
      // On a full disk it is there, and has no owner.
      await unlink(lock).catch(() => {});
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (await isAbandoned(lock)) await unlink(lock).catch(() => {});
  return false;
}

/** Whether the program that took the lock has died with it, as one does that is killed. */
async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(lock, 'utf8'), stat(lock)]);
    if (Date.now() - mtimeMs > STALE_MS) return true;
    // An owner who has just begun to write has no name yet.
    return ownerIsGone(text);
  } catch {
    return false;
  }
}
