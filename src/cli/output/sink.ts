import { once } from 'node:events';
import { KeepingError } from '../exit-codes.js';

/** Where an output goes. */
export interface Sink {
  write(text: string): Promise<void>;
  /** Ends it; `good` tells whether it may take the place of what was there. Returns what to tell the user, if anything. */
  end(good: boolean): Promise<string | undefined>;
}

/** The reader of a pipe has gone: nothing more can be said to it, and that is no error. */
export class ClosedPipeError extends Error {}

/** Says which output could not be written, and why. */
export function lostOutput(name: string, error: unknown): KeepingError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'ENOSPC' ? 'no space is left there' : message;
  return new KeepingError(`cannot write to ${name}: ${why}; the results from here on are lost`, { cause: error });
}

/**
 * Writes to standard output and waits while its reader is slow; `onClosed` hears at once that it cannot be written to
 * any more.
 */
export function streamSink(stream: NodeJS.WriteStream, onClosed: () => void): Sink {
  let failure: NodeJS.ErrnoException | undefined;
  stream.once('error', (error) => {
    failure = error;
    onClosed();
  });
  const check = (): void => {
    if (failure !== undefined && failure.code !== 'EPIPE') throw lostOutput('standard output', failure);
    if (failure !== undefined || stream.destroyed) throw new ClosedPipeError();
  };
  return {
    async write(text) {
      check();
      if (!stream.write(text)) await once(stream, 'drain').catch(() => {});
      check();
    },
    async end() {
      // A file that is full tells it only when the last bytes are out.
      await new Promise<void>((resolve) => stream.write('', () => resolve()));
      check();
      return undefined;
    },
  };
}
