import { Worker } from 'node:worker_threads';
import { workerFlags } from './exec-flags.js';
import { THREAD_DATA } from './main-module.js';
import { failedStart, NO_PORT, type WorkerEvents, type WorkerPort } from './worker-port.js';

/** Starts a worker thread. */
export function startThread(name: string, events: WorkerEvents): WorkerPort {
  let worker: Worker;
  try {
    worker = open(name);
  } catch (error) {
    // Node's permission model refuses it, for one.
    queueMicrotask(() => events.onExit(failedStart(error)));
    return NO_PORT;
  }
  let error: unknown;
  worker.on('message', (batch: readonly unknown[]) => events.onBatch(batch));
  worker.on('messageerror', (cause) => {
    error = cause;
    void worker.terminate();
  });
  worker.on('error', (cause) => {
    error = cause;
  });
  worker.on('exit', (code) => events.onExit({ code, signal: null, error }));
  return {
    pid: undefined,
    post: (batch) => worker.postMessage(batch),
    hold: (on) => (on ? worker.ref() : worker.unref()),
    stop: () => void worker.terminate(),
  };
}

function open(name: string): Worker {
  const program = new URL('./worker-main.cjs', import.meta.url);
  const options = { name, workerData: THREAD_DATA };
  const flags = workerFlags();
  // Flags that are inherited are not checked, so none of them is refused.
  if (flags.length === process.execArgv.length) return new Worker(program, options);
  try {
    return new Worker(program, { ...options, execArgv: flags });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_WORKER_INVALID_EXEC_ARGV') throw error;
    // Those that hold for the whole process may not be named again, and hold all the same.
    const refused = new Set((error as Error).message.split(/[\s,]+/));
    return new Worker(program, { ...options, execArgv: flags.filter((flag) => !refused.has(flag)) });
  }
}
