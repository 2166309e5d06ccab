// The program of every worker, thread or child process. It loads nothing of the package before a call needs it.
import worker_threads = require('node:worker_threads');
import output = require('./output.cjs');
import wire = require('./wire.cjs');
import WorkerCalls = require('./worker-calls.cjs');

const { isMainThread, parentPort } = worker_threads;
type Post = (items: readonly unknown[]) => void;

const watchedOutput = output.watchOutput();

function exit(): void {
  if (watchedOutput.used()) output.printed(() => process.exit(0));
  else process.exit(0);
}

/** Runs calls; what is posted goes after word of output that is still on its way. */
function serve(send: Post, sharedMemory: boolean): WorkerCalls {
  const post: Post = (items) => {
    if (watchedOutput.used() && output.printing()) {
      send([wire.MESSAGE, ['printing']]);
      output.printed(() => calls.outbox.open.push(wire.MESSAGE, ['printed']));
    }
    send(items);
  };
  const calls: WorkerCalls = new WorkerCalls({ sharedMemory, post, exit });
  // What was done before a task ended its worker is not lost.
  process.on('exit', () => calls.outbox.flush());
  return calls;
}

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const calls = serve((items) => port.postMessage(items), true);
  port.on('message', (batch: readonly unknown[]) => calls.receive(batch));
} else {
  // Ctrl-C reaches the whole group of the terminal: the parent decides what becomes of the work.
  process.on('SIGINT', () => {});
  const { openChannel } = require('./worker-channel.cjs') as typeof import('./worker-channel.cjs');
  const calls: WorkerCalls = serve(
    openChannel((batch) => calls.receive(batch)),
    false,
  );
}
