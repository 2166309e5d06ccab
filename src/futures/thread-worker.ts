import { Worker } from 'node:worker_threads';
import { workerFlags } from './exec-flags.js';
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
  const flags = workerFlags();
  return new Worker(new URL('./worker-main.cjs', import.meta.url), {
    name,
    // Named flags are checked one by one and some refused; those that are inherited are not.
    ...(flags.length === process.execArgv.length ? {} : { execArgv: [] }),
  });
}
