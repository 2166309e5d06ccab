import type { Transport } from '../../transport/index.js';

/** One shell that one conversation after another is held on: whoever set its listener last hears it, and nobody else. */
export function relay(transport: Transport): Transport {
  let hear: ((bytes: Uint8Array) => void) | undefined;
  let tell: ((error?: Error) => void) | undefined;
  return {
    write: (bytes) => transport.write(bytes),
    onData(listener) {
      const first = hear === undefined;
      hear = listener;
      // Bytes that came before wait there for the first listener.
      if (first) transport.onData((bytes) => hear?.(bytes));
    },
    onClose(listener) {
      tell = listener;
      // Each time: who comes when it is over already is told at once.
      transport.onClose((error) => {
        if (tell === listener) listener(error);
      });
    },
    pause: () => transport.pause(),
    resume: () => transport.resume(),
  };
}
