import { once } from 'node:events';

/** Where an output goes. */
export interface Sink {
  write(text: string): Promise<void>;
  /** Ends it; `good` tells whether it may take the place of what was there. Returns what to tell the user, if anything. */
  end(good: boolean): Promise<string | undefined>;
}

/** The reader of a pipe has gone: nothing more can be said to it, and that is no error. */
export class ClosedPipeError extends Error {}

/** Writes to a stream and waits while its reader is slow; `onClosed` hears at once that the reader has gone. */
export function streamSink(stream: NodeJS.WriteStream, onClosed: () => void): Sink {
  stream.once('error', onClosed);
  return {
    async write(text) {
      if (stream.destroyed || stream.errored) throw new ClosedPipeError();
      if (stream.write(text)) return;
      try {
        await once(stream, 'drain');
      } catch {
        throw new ClosedPipeError();
      }
    },
    async end() {
      stream.removeListener('error', onClosed);
      return undefined;
    },
  };
}
