import fs = require('node:fs');
import net = require('node:net');
import frames = require('./frames.cjs');

/** The descriptor that the parent gives its child for the channel. */
const CHANNEL = 3;

/** Opens a process's channel to its parent, and returns what posts on it. When the parent is gone so is this process. */
function openChannel(onBatch: (batch: readonly unknown[]) => void): (batch: readonly unknown[]) => void {
  const reader = new frames.FrameReader(onBatch);
  const socket = new net.Socket({ fd: CHANNEL, readable: true, writable: true });
  let exiting = false;
  socket.on('data', (piece) => reader.push(piece));
  socket.on('error', () => {});
  socket.on('close', () => process.exit(0));
  process.on('exit', () => {
    exiting = true;
  });
  return (batch) => {
    const pieces = frames.encodeFrame(batch);
    if (exiting) {
      // Not into the middle of a frame that is still on its way.
      if (socket.writableLength === 0) writeNow(pieces);
      return;
    }
    for (const piece of pieces) socket.write(piece);
  };
}

/** Writes as far as the channel takes it: a process that ends cannot wait. */
function writeNow(pieces: readonly Buffer[]): void {
  try {
    for (const piece of pieces) fs.writeSync(CHANNEL, piece);
  } catch {
    // The channel is full or closed; the parent learns of the end all the same.
  }
}

export = { openChannel };
