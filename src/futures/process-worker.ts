import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processWide } from '../base/index.js';
import { workerFlags } from './exec-flags.js';
import type { ToParent } from './messages.js';
import type { WorkerEvents, WorkerPort } from './worker-port.js';

/** The children that are alive; when this program exits they go with it, also those that are too busy to notice. */
const children = () =>
  processWide('children', () => {
    const alive = new Set<ChildProcess>();
    process.on('exit', () => {
      for (const child of alive) child.kill('SIGKILL');
    });
    return alive;
  });

/** Starts a child process. */
export function startProcess(_name: string, events: WorkerEvents): WorkerPort {
  const child = fork(fileURLToPath(new URL('./worker-main.js', import.meta.url)), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: workerFlags(),
  });
  children().add(child);
  let over = false;
  const exit = (code: number | null, signal: NodeJS.Signals | null, error?: unknown): void => {
    if (over) return;
    over = true;
    children().delete(child);
    events.onExit({ code, signal, error });
  };
  child.on('message', (messages) => events.onMessages(messages as unknown as readonly ToParent[]));
  child.on('error', (error) => {
    // It could not be started; errors of a child that runs show in its exit.
    if (child.pid === undefined) exit(null, null, error);
  });
  child.on('exit', (code, signal) => {
    // What the child sent before its end is still to be read.
    if (child.connected) child.once('disconnect', () => exit(code, signal));
    else exit(code, signal);
  });
  return {
    pid: child.pid,
    post: (messages) => {
      // A child that is gone takes no message; its exit tells the rest.
      if (child.connected) child.send(messages as unknown as object, () => {});
    },
    hold: (on) => {
      if (on) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
    stop: (how) => void child.kill(how === 'kill' ? 'SIGKILL' : 'SIGTERM'),
  };
}
