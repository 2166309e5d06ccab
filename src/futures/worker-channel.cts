import fs = require('node:fs');
import net = require('node:net');
import frames = require('./frames.cjs');

/** The descriptor that the parent gives its child for the channel. */
const CHANNEL = 3;

const READ_SIZE = 65_536;

type Post = (batch: readonly unknown[]) => void;

/** Opens a process's channel to its parent, and returns what posts on it. When the parent is gone so is this process. */
function openChannel(onBatch: Post): Post {
  const reader = new frames.FrameReader(onBatch);
  // One buffer for all that is read: a fresh one for each message costs more than the message.
  const buffer = Buffer.allocUnsafeSlow(READ_SIZE);
  const callback = (length: number): boolean => {
    reader.push(Buffer.from(buffer.subarray(0, length)));
    return true;
  };
  const options = { fd: CHANNEL, readable: true, writable: true, onread: { buffer, callback } };
  const socket = new net.Socket(options);
  socket.on('error', () => {});
  socket.on('close', () => process.exit(0));
  if (process.platform === 'win32') {
    return (batch) => {
      for (const piece of frames.encodeFrame(batch)) socket.write(piece);
    };
  }
  const writer = new Writer(socket);
  return (batch) => writer.write(frames.encodeFrame(batch));
}

/** Writes past the stream, which takes half of the time; the stream only tells when a full pipe has room again. */
class Writer {
  readonly #socket: net.Socket;
  #waiting: Buffer[] = [];
  /** The byte that the stream has taken: once it has left there is room. */
  #probe: Buffer | undefined;
  #exiting = false;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    process.on('exit', () => {
      this.#exiting = true;
      // The stream will write nothing any more.
      if (this.#probe !== undefined && this.#socket.writableLength > 0) this.#waiting.unshift(this.#probe);
      this.#probe = undefined;
      this.#go();
    });
  }

  write(pieces: readonly Buffer[]): void {
    this.#waiting.push(...pieces);
    if (this.#probe === undefined) this.#go();
  }

  #go(): void {
    for (let piece = this.#waiting.shift(); piece !== undefined; piece = this.#waiting.shift()) {
      const rest = writeNow(piece);
      if (rest === undefined) this.#waiting = [];
      else if (rest.length > 0) {
        this.#waiting.unshift(rest);
        if (!this.#exiting) {
          this.#waitForRoom();
          return;
        }
        // The last words of a process are worth the time that its parent takes to read.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      }
    }
  }

  #waitForRoom(): void {
    const [piece] = this.#waiting;
    if (piece === undefined) return;
    this.#probe = piece.subarray(0, 1);
    this.#waiting[0] = piece.subarray(1);
    this.#socket.write(this.#probe, () => {
      this.#probe = undefined;
      if (!this.#exiting) this.#go();
    });
  }
}

/** Writes what the channel takes at once, and returns the rest; undefined when nobody reads any more. */
function writeNow(piece: Buffer): Buffer | undefined {
  let at = 0;
  try {
    while (at < piece.length) at += fs.writeSync(CHANNEL, piece, at);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EAGAIN') return undefined;
  }
  return piece.subarray(at);
}

export = { openChannel };
