import type { Transport } from '../connection.js';
import type { Ssh2Stream } from './ssh2.js';

/**
 * A shell's channel as a Transport; what the device writes to its error stream belongs to the same terminal. `why` tells
 * why the connection is over, where that is known.
 */
export function streamTransport(stream: Ssh2Stream, why: () => Error | undefined): Transport {
  let onClose: ((error?: Error) => void) | undefined;
  let over: { error?: Error } | undefined;
  const end = (error?: Error): void => {
    if (over !== undefined) return;
    over = error === undefined ? {} : { error };
    onClose?.(error);
  };
  stream.on('error', end);
  stream.on('close', () => end(why()));
  return {
    write(bytes) {
      if (over === undefined && stream.writable) stream.write(bytes);
    },
    onData(listener) {
      stream.on('data', listener);
      stream.stderr.on('data', listener);
    },
    onClose(listener) {
      onClose = listener;
      if (over !== undefined) listener(over.error);
    },
    pause() {
      stream.pause();
    },
    resume() {
      stream.resume();
    },
    resize(columns, rows) {
      if (over === undefined && stream.writable) stream.setWindow(rows, columns, 0, 0);
    },
  };
}
