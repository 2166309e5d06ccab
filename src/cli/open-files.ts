import { readFileSync } from 'node:fs';
import type { ExecutorFlags } from './executors.js';

/** What the program itself keeps open beside its sessions: standard streams, the event loop, files, worker channels. */
const OWN_FILES = 40;
const FILES_PER_WORKER = 12;

/** Returns how many files this process may have open, or undefined where the system does not say. */
export function openFilesLimit(): number | undefined {
  try {
    const line = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    if (line !== null) return Number(line[1]);
  } catch {
    // No /proc: macOS and others tell it in Node's own report.
  }
  if (process.platform === 'win32') return undefined;
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : undefined;
}

/**
 * Fits the flags into the limit of open files: fewer sessions at once instead of devices that fail in the middle.
 * Returns the flags and, where they were changed, what to tell the user.
 */
export function fitOpenFiles<F extends ExecutorFlags>(
  flags: F,
  sessions: number,
  limit = openFilesLimit(),
): { flags: F; warning?: string } {
  const { executor } = flags;
  const pool = executor === 'threads' || executor === 'processes';
  // A process has a limit of its own; threads share that of the program.
  const workers = pool ? Math.ceil(sessions / flags.perWorker) : 0;
  const atOnce = executor === 'processes' ? flags.perWorker : sessions;
  const room = limit === undefined ? Number.POSITIVE_INFINITY : limit - OWN_FILES - workers * FILES_PER_WORKER;
  if (atOnce <= room) return { flags };
  const fits = Math.max(1, Math.floor(pool ? room / (flags.perWorker + FILES_PER_WORKER) : room));
  const warning =
    `the limit of open files (ulimit -n) is ${limit}, too few for ${sessions} sessions at once: ` +
    `going on with ${executor === 'loop' ? fits : `${fits} workers`}; raise it with: ulimit -n ${sessions + OWN_FILES * 2 + workers * FILES_PER_WORKER}`;
  return { flags: { ...flags, workers: fits }, warning };
}
