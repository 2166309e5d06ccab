// The program of every worker, thread or child process. It loads nothing of the package before a call needs it.
import worker_threads = require('node:worker_threads');
import output = require('./output.cjs');
import wire = require('./wire.cjs');
import WorkerCalls = require('./worker-calls.cjs');
import registry = require('./worker-registry.cjs');

const { isMainThread, parentPort } = worker_threads;
type Post = (items: readonly unknown[]) => void;

const watchedOutput = output.watchOutput();

/** What base's registry knows of work that tasks have left behind, in executors of their own: see keep-alive. */
interface Unfinished {
  readonly working: number;
  readonly onQuiet: (() => void)[];
}

function working(): boolean {
  return (registry.known<Unfinished>('unfinished')?.working ?? 0) > 0;
}

/** Calls back when no work is left behind. */
function whenQuiet(done: () => void): void {
  // Whoever waits for that work may have more of it.
  if (working()) registry.known<Unfinished>('unfinished')?.onQuiet.push(() => setImmediate(whenQuiet, done));
  else done();
}

function exit(): void {
  whenQuiet(() => {
    if (watchedOutput.used()) output.printed(() => process.exit(0));
    else process.exit(0);
  });
}

/** Runs calls; what is posted goes after word of output that is still on its way, and of work that is left behind. */
function serve(send: Post, sharedMemory: boolean): WorkerCalls {
  let told = false;
  const quiet = (): void => {
    calls.outbox.open.push(wire.MESSAGE, ['quiet']);
  };
  const post: Post = (items) => {
    if (watchedOutput.used() && output.printing()) {
      send([wire.MESSAGE, ['busy']]);
      output.printed(quiet);
    }
    if (!told && working()) {
      told = true;
      send([wire.MESSAGE, ['busy']]);
      whenQuiet(() => {
        told = false;
        quiet();
      });
    }
    send(items);
  };
  const calls: WorkerCalls = new WorkerCalls({ sharedMemory, post, exit });
  process.on('exit', () => {
    // What was done before a task ended its worker is not lost, nor is what was not begun.
    if (!sharedMemory) calls.outbox.open.push(wire.MESSAGE, ['leaving', calls.begun]);
    calls.outbox.flush();
  });
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
