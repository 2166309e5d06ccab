import { Worker } from 'node:worker_threads';
import { workerFlags } from './exec-flags.js';
import type { WorkerEvents, WorkerPort } from './worker-port.js';

/** Starts a worker thread. */
export function startThread(name: string, events: WorkerEvents): WorkerPort {
  const flags = workerFlags();
  const worker = new Worker(new URL('./worker-main.cjs', import.meta.url), {
    name,
    // Named flags are checked one by one and some refused; those that are inherited are not.
    ...(flags.length === process.execArgv.length ? {} : { execArgv: [] }),
  });
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
