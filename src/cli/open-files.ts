import { readFileSync } from 'node:fs';
import type { Device } from '../inventory/index.js';
import type { ExecutorFlags } from './executors.js';

/** What the program itself keeps open beside its sessions: standard streams, the event loop, files. Measured: 20. */
const OWN_FILES = 40;
/** What a worker costs the program (measured: 10 to 13 for a thread's event loop, 1 for the channel to a process). */
const FILES_PER_WORKER = { sequential: 0, loop: 0, threads: 13, processes: 3 } as const;

/** Returns how many files this process may have open, or undefined where the system does not say. */
function openFilesLimit(): number | undefined {
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

/** What one session keeps open: a socket, or the pipes to a program (a proxy command, a process in its terminal). */
function filesOfSession({ transport, route }: Pick<Device, 'transport' | 'route'>): number {
  if (transport === 'process') return 4;
  return route?.proxyCommand === undefined ? 1 : 3;
}

/** What the session of any of these keeps open, at most. */
export function filesOfSessions(devices: readonly Pick<Device, 'transport' | 'route'>[]): number {
  return devices.reduce((most, device) => Math.max(most, filesOfSession(device)), 1);
}

export interface Fit<F> {
  readonly flags: F;
  /** What to tell the user, where the flags were changed. */
  readonly warning?: string;
}

/**
 * Fits the flags into the limit of open files: fewer sessions at once instead of devices that fail in the middle.
 * `wanted` is how many sessions there would be at once, each of them with so many files.
 */
export function fitOpenFiles<F extends ExecutorFlags>(
  flags: F,
  wanted: number,
  { filesEach = 1, limit = openFilesLimit() } = {},
): Fit<F> {
  if (limit === undefined) return { flags };
  const { executor, perWorker } = flags;
  const pool = executor === 'threads' || executor === 'processes';
  const own = FILES_PER_WORKER[executor];
  // A process has a limit of its own for its sessions; threads share that of the program.
  const shared = executor === 'processes' ? 0 : filesEach;
  const workers = pool ? Math.ceil(wanted / perWorker) : 0;
  const perPoolWorker = Math.min(perWorker, wanted);
  const needed = OWN_FILES + Math.max(workers * own + wanted * shared, pool ? own + perPoolWorker * filesEach : 0);
  if (needed <= limit) return { flags };
  const room = Math.max(0, limit - OWN_FILES);
  const fitsPerWorker = pool ? atLeastOne(Math.min(perWorker, (room - own) / filesEach)) : 1;
  const fits = atLeastOne(room / (own + fitsPerWorker * shared));
  const atOnce = Math.min(wanted, fits * fitsPerWorker);
  const warning =
    `the limit of open files (ulimit -n) is ${limit}, too few for ${wanted} at once: going on with ${atOnce} at once; ` +
    `for all of them raise it with: ulimit -n ${needed}`;
  return { flags: { ...flags, workers: pool ? Math.min(workers, fits) : fits, perWorker: fitsPerWorker }, warning };
}

const atLeastOne = (count: number): number => Math.max(1, Math.floor(count));
