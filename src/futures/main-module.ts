import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread, workerData } from 'node:worker_threads';
import { currentWorker } from './current-worker.js';
import { InvalidStateError } from './errors.js';

/** What a worker thread is started with. */
export const THREAD_DATA = { rollcallWorker: true };

/** Known from the start, for what `--import` names is loaded before the worker's program. */
function inWorker(): boolean {
  if (isMainThread) return /[\\/]futures[\\/]worker-main\.cjs$/.test(process.argv[1] ?? '');
  return (workerData as Partial<typeof THREAD_DATA> | null | undefined)?.rollcallWorker === true;
}

/**
 * Returns whether the module is the program that was started: `if (isMainModule(import.meta)) …`. False in every
 * worker thread and worker process, where `process.argv[1]` may name the program all the same.
 */
export function isMainModule(meta: { readonly url: string; readonly main?: boolean | undefined }): boolean {
  if (!isMainThread || inWorker()) return false;
  if (typeof meta.main === 'boolean') return meta.main;
  const program = process.argv[1];
  if (program === undefined || !meta.url.startsWith('file:')) return false;
  return realPath(program) === realPath(fileURLToPath(meta.url));
}

/**
 * Throws in a worker that is only loading a module for a task in it: a program that starts workers again while it is
 * loaded would have them load it and start more, without end. Inside a call, or outside of workers, it does nothing.
 * @throws {InvalidStateError}
 */
export function refuseWhileLoaded(what: string): void {
  if (!inWorker() || currentWorker() !== undefined) return;
  throw new InvalidStateError(
    `a worker that loads this program for a task in it must not start ${what} again: put what the program does ` +
      'into `if (isMainModule(import.meta)) { … }`, or the task into a module of its own; ' +
      'a module that --import names is loaded in every worker, and must not start any',
  );
}

/** The program may be named without its extension, and through symbolic links. */
function realPath(path: string): string {
  try {
    return realpathSync(createRequire(import.meta.url).resolve(path));
  } catch {
    return path;
  }
}
