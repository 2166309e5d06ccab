// The program of every worker, thread or child process; what it does comes in messages from its parent.
import { isMainThread, parentPort } from 'node:worker_threads';
import { markAsWorker } from './main-module.js';
import type { ToParent, ToWorker } from './messages.js';
import { WorkerRuntime } from './worker-runtime.js';

markAsWorker();
if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const runtime = new WorkerRuntime({
    sharedMemory: true,
    post: (messages: readonly ToParent[]) => port.postMessage(messages),
    exit: () => process.exit(0),
  });
  port.on('message', (messages: readonly ToWorker[]) => runtime.receive(messages));
} else {
  // Ctrl-C reaches the whole group of the terminal: the parent decides what becomes of the work.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(0));
  const runtime = new WorkerRuntime({
    sharedMemory: false,
    // A parent that is gone takes no message; 'disconnect' ends this process.
    post: (messages: readonly ToParent[]) => void process.send?.(messages, undefined, undefined, () => {}),
    exit: () => process.exit(0),
  });
  process.on('message', (messages) => runtime.receive(messages as readonly ToWorker[]));
}
