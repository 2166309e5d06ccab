import fs = require('node:fs');
import net = require('node:net');
import frames = require('./frames.cjs');

/** The descriptor that the parent gives its child for the channel. */
const CHANNEL = 3;

const READ_SIZE = 65_536;

/** Opens a process's channel to its parent, and returns what posts on it. When the parent is gone so is this process. */
function openChannel(onBatch: (batch: readonly unknown[]) => void): (batch: readonly unknown[]) => void {
  const reader = new frames.FrameReader(onBatch);
  // One buffer for all that is read: a fresh one for each message costs more than the message.
  const buffer = Buffer.allocUnsafeSlow(READ_SIZE);
  const callback = (length: number): boolean => {
    reader.push(Buffer.from(buffer.subarray(0, length)));
    return true;
  };
  const options = { fd: CHANNEL, readable: true, writable: true, onread: { buffer, callback } };
  const socket = new net.Socket(options);
  const blocked = (): boolean => socket.writableLength > 0;
  let exiting = false;
  socket.on('error', () => {});
  socket.on('close', () => process.exit(0));
  process.on('exit', () => {
    exiting = true;
  });
  return (batch) => {
    for (const piece of frames.encodeFrame(batch)) {
      // Past the stream it goes in half of the time; but never into the middle of what is still on its way.
      const rest = blocked() || process.platform === 'win32' ? piece : writeNow(piece);
      if (rest.length > 0 && !exiting) socket.write(rest);
    }
  };
}

/** Writes what the channel takes at once, and returns the rest. */
function writeNow(piece: Buffer): Buffer {
  let at = 0;
  try {
    while (at < piece.length) at += fs.writeSync(CHANNEL, piece, at);
  } catch {
    // It is full, or closed: the stream waits, or tells.
  }
  return piece.subarray(at);
}

export = { openChannel };
