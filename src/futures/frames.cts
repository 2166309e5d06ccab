import wire = require('./wire.cjs');

// A frame: four bytes of length, one that says how the rest is written, the rest.
const HEAD = 5;
const AS_TEXT = 1;
const AS_CLONE = 2;

// Loaded when it is needed: most channels never carry anything but text.
const v8 = (): typeof import('node:v8') => require('node:v8') as typeof import('node:v8');

/** For longer batches v8's format is the quicker one; it costs 4 µs whatever there is in it. */
const LONGEST_AS_TEXT = 512;

/** A longer text is copied by v8's format; as JSON every character of it is looked at, and quotes are written twice. */
const LONGEST_TEXT = 1024;

/** Returns whether JSON text carries the batch well: undefined, odd numbers and coded values need more. */
function fitsText(batch: readonly unknown[]): boolean {
  for (const item of batch) {
    if (typeof item === 'string') {
      if (item.length > LONGEST_TEXT) return false;
    } else if (typeof item === 'number' ? !Number.isFinite(item) || Object.is(item, -0) : typeof item !== 'boolean') {
      if (item !== null && !wire.isJson(item, [])) return false;
    }
  }
  return true;
}

/** Returns the pieces of the frame that carries a batch. @throws when a value in it cannot be cloned */
function encodeFrame(batch: readonly unknown[]): Buffer[] {
  if (batch.length <= LONGEST_AS_TEXT && fitsText(batch)) {
    const text = JSON.stringify(batch);
    const length = Buffer.byteLength(text);
    const frame = Buffer.allocUnsafe(HEAD + length);
    frame.writeUInt32LE(length);
    frame[4] = AS_TEXT;
    frame.write(text, HEAD);
    return [frame];
  }
  const body = v8().serialize(batch);
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUInt32LE(body.length);
  head[4] = AS_CLONE;
  return [head, body];
}

/** What reads a typed array or the like out of a body; documented for those who make a deserializer of their own. */
interface HostObjectReader {
  _readHostObject(): NodeJS.ArrayBufferView<ArrayBuffer>;
}

/** Returns the same bytes in memory of their own. */
function withOwnMemory(view: NodeJS.ArrayBufferView<ArrayBuffer>): NodeJS.ArrayBufferView<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = view;
  const own = buffer.slice(byteOffset, byteOffset + byteLength);
  const kind = view.constructor as new (memory: ArrayBuffer) => NodeJS.ArrayBufferView<ArrayBuffer>;
  return new kind(own);
}

/** Node's own reader gives views of the frame, or of the memory that all small buffers share: they show what else is there. */
function deserialize(body: Buffer): unknown {
  const reader = new (v8().DefaultDeserializer)(body);
  const host = reader as unknown as HostObjectReader;
  const read = host._readHostObject;
  host._readHostObject = () => withOwnMemory(read.call(host));
  reader.readHeader();
  return reader.readValue();
}

/** Puts frames together again from the pieces in which they arrive. */
class FrameReader {
  readonly #onBatch: (batch: readonly unknown[]) => void;
  #pieces: Buffer[] = [];
  #size = 0;
  /** How many bytes there must be before it is worth to look again. */
  #needed = HEAD;

  constructor(onBatch: (batch: readonly unknown[]) => void) {
    this.#onBatch = onBatch;
  }

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size < this.#needed) return;
    const bytes = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces);
    let at = 0;
    this.#needed = HEAD;
    while (bytes.length - at >= HEAD) {
      const end = at + HEAD + bytes.readUInt32LE(at);
      if (end > bytes.length) {
        this.#needed = end - at;
        break;
      }
      const body = bytes.subarray(at + HEAD, end);
      const batch = bytes[at + 4] === AS_TEXT ? JSON.parse(body.toString()) : deserialize(body);
      at = end;
      this.#onBatch(batch as unknown[]);
    }
    this.#pieces = at === bytes.length ? [] : [bytes.subarray(at)];
    this.#size = bytes.length - at;
  }
}

export = { encodeFrame, FrameReader };
