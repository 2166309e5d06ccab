import { Deadline } from '../base/index.js';
import { ProcessPoolExecutor } from '../futures/index.js';
import type { RunUnderWay } from './run-work.js';

/** Longer than what may end in order takes at most: a configuration has 10 s. */
const STUBBORN_MS = 12_000;

/**
 * Ends the work of a pool that goes on long after its run was called off: one that computes without end hears nothing.
 * Processes are killed, and their devices accounted for; threads end with the program. Returns what ends the watch.
 */
export function endStubborn({ executor, signal, tell, leave }: RunUnderWay): () => void {
  let cancel = (): void => {};
  const onAbort = (): void => {
    cancel = Deadline.after(STUBBORN_MS).schedule(() => {
      tell('rollcall: a task does not end by itself, and is ended');
      if (executor instanceof ProcessPoolExecutor) void executor.killWorkers();
      else leave();
    });
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    signal.removeEventListener('abort', onAbort);
    cancel();
  };
}
