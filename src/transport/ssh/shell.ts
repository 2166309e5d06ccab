import { ConnectionClosedError, RollcallError } from '../../base/index.js';
import type { Transport } from '../connection.js';
import type { Ssh2Stream } from './ssh2.js';

/** A shell's channel as a Transport; what the device writes to its error stream belongs to the same terminal. */
export function streamTransport(stream: Ssh2Stream, whyBroken: () => Error | undefined): Transport {
  let onClose: ((error?: Error) => void) | undefined;
  let over: { error?: Error } | undefined;
  const end = (error?: Error): void => {
    if (over !== undefined) return;
    over = error === undefined ? {} : { error };
    onClose?.(error);
  };
  stream.on('error', end);
  stream.on('close', () => {
    const broke = whyBroken();
    if (broke === undefined || broke instanceof RollcallError) return end(broke);
    end(new ConnectionClosedError('closed', `the connection broke: ${broke.message}`, { cause: broke }));
  });
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
  };
}
