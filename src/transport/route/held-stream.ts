import { Duplex } from 'node:stream';

/** A byte stream that keeps the process alive only while it is in use, as Node's sockets can. */
export type HeldStream = Duplex & { ref(): unknown; unref(): unknown };

export interface Hold {
  /** Told once, when the channel is closed and its place free. */
  readonly onFree: () => void;
  readonly ref: () => void;
  readonly unref: () => void;
}

/**
 * Makes of a channel of ssh2 a stream as Node's sockets are: destroyed, it closes, with the error that it was destroyed
 * with; ended by the far side, it ends. A channel of ssh2 closes only when somebody has read it to its end.
 */
export function heldStream(channel: Duplex, { onFree, ref, unref }: Hold): HeldStream {
  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => {
      channel.resume();
    },
    write: (chunk: Buffer, _encoding, done) => {
      channel.write(chunk, done);
    },
    final: (done) => {
      channel.end();
      done();
    },
    destroy: (error, done) => {
      channel.destroy();
      channel.resume();
      done(error);
    },
  });
  // Whoever uses the stream hears of its error; before and after that nobody does, and it would end the process.
  stream.on('error', () => {});
  channel.on('data', (chunk: Buffer) => {
    if (!stream.destroyed && !stream.push(chunk)) channel.pause();
  });
  channel.once('end', () => {
    if (!stream.destroyed) stream.push(null);
  });
  channel.on('error', (error) => stream.destroy(error));
  channel.once('close', () => {
    onFree();
    if (stream.readableEnded) stream.destroy();
    else stream.once('end', () => stream.destroy());
  });
  return Object.assign(stream, { ref, unref });
}
