import type { Transport } from '../../transport/index.js';

/** The same shell for somebody else to go on with, who hears first what stands on the line already. */
export function resumedTransport(transport: Transport, said: string): Transport {
  return {
    write: (bytes) => transport.write(bytes),
    onData: (listener) => {
      listener(Buffer.from(said, 'latin1'));
      transport.onData(listener);
    },
    onClose: (listener) => transport.onClose(listener),
    pause: () => transport.pause(),
    resume: () => transport.resume(),
    resize: (columns, rows) => transport.resize?.(columns, rows),
  };
}
