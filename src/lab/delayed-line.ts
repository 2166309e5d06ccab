import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** In flight, per direction; beyond it the writer is held up. */
const MOST_IN_FLIGHT = 256 * 1024;

/** Does things in the order in which they were put in, each not before its time; one timer however many wait. */
class Queue {
  readonly #waiting: { due: number; bytes: number; run: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;
  bytes = 0;

  put(due: number, bytes: number, run: () => void): void {
    this.#waiting.push({ due, bytes, run });
    this.bytes += bytes;
    this.#arm();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
  }

  #arm(): void {
    const [first] = this.#waiting;
    if (first === undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#run(), Math.max(0, Math.ceil(first.due - performance.now())));
  }

  #run(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (let first = this.#waiting[0]; first !== undefined && first.due <= now; first = this.#waiting[0]) {
      this.#waiting.shift();
      this.bytes -= first.bytes;
      first.run();
    }
    this.#arm();
  }
}

/**
 * A socket at the end of a long line: every byte takes half a round trip each way, in order. The kernel answers a
 * connect on loopback at once, so the time of the TCP handshake (three half ways until the server has the last of it)
 * is added to the first bytes.
 */
export class DelayedLine extends Duplex {
  readonly #socket: Socket;
  readonly #halfMs: number;
  readonly #connectedAt: number;
  readonly #inward = new Queue();
  readonly #outward = new Queue();
  #heldUp: (() => void) | undefined;

  constructor(socket: Socket, roundTripMs: number) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#halfMs = roundTripMs / 2;
    this.#connectedAt = performance.now() + 3 * this.#halfMs;
    socket.on('data', (chunk: Buffer) => {
      this.#inward.put(this.#arrival(), chunk.length, () => {
        if (!this.push(chunk)) socket.pause();
      });
    });
    socket.on('end', () => this.#inward.put(this.#arrival(), 0, () => this.push(null)));
    socket.on('drain', () => this.#goOn());
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => {
      if (!this.destroyed) this.#inward.put(this.#arrival(), 0, () => this.destroy());
    });
  }

  override _read(): void {
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const due = Math.max(performance.now(), this.#connectedAt) + this.#halfMs;
    this.#outward.put(due, chunk.length, () => {
      if (this.#socket.writable && this.#socket.write(chunk)) this.#goOn();
    });
    if (this.#outward.bytes > MOST_IN_FLIGHT) this.#heldUp = done;
    else done();
  }

  override _final(done: () => void): void {
    const due = Math.max(performance.now(), this.#connectedAt) + this.#halfMs;
    // Done only when it has left: what is still on its way would be thrown away with the line otherwise.
    this.#outward.put(due, 0, () => this.#socket.end(() => done()));
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#inward.clear();
    this.#outward.clear();
    this.#socket.destroy();
    done(error);
  }

  #arrival(): number {
    return Math.max(performance.now() + this.#halfMs, this.#connectedAt);
  }

  #goOn(): void {
    const done = this.#heldUp;
    this.#heldUp = undefined;
    done?.();
  }
}
