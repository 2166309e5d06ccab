import { open, stat, unlink } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Deadline } from '../../base/index.js';

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
    await (await open(lock, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const held = await stat(lock).catch(() => undefined);
  if (held !== undefined && Date.now() - held.mtimeMs > STALE_MS) await unlink(lock).catch(() => {});
  return false;
}
