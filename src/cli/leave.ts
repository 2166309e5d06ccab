import { EXIT } from './exit-codes.js';

/** The signals that these exit codes stand for: a shell that sees the signal itself says the same number. */
const SIGNALS: Readonly<Record<number, NodeJS.Signals>> = {
  [EXIT.interrupted]: 'SIGINT',
  143: 'SIGTERM',
  129: 'SIGHUP',
};

/** Whether the code tells that somebody has stopped the program. */
export const isInterruption = (code: number): boolean => SIGNALS[code] !== undefined;

/** What the system does for us in a thread, and cannot be called off: a name server, or a network's disk, is silent. */
const STUCK = /^(?:GetAddrInfo|GetNameInfo|FSReq)/;

/**
 * Ends the program at once. Node's own exit waits for such a thread, for 10 seconds and more, also after the second
 * Ctrl-C; where somebody wants to stop, the signal ends it as it would have by itself.
 */
export function leave(code: number): never {
  const signal = SIGNALS[code];
  if (signal !== undefined && process.platform !== 'win32' && process.getActiveResourcesInfo().some(isStuck)) {
    // What must not be left behind is taken away at this event.
    process.emit('exit', code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  return process.exit(code);
}

const isStuck = (name: string): boolean => STUCK.test(name);
