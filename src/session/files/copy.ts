import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { TransferError } from '../../base/index.js';
import { REQUEST_BYTES, type RemoteFile } from '../../transport/index.js';
import { localError } from './local-file.js';

/** Requests under way at once: with 32 KiB each, 1 MiB, which fills 100 Mbit/s at a round trip of 80 ms. */
const WINDOW = 32;

/** Keeps up to so many pieces of work under way; the first that fails ends it, once the others have ended too. */
class Window {
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  /** Begins the work when there is room. @throws what an earlier piece threw. */
  async begin(work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= WINDOW && this.#failure === undefined) await Promise.race(this.#running);
    if (this.#failure !== undefined) throw this.#failure.error;
    const running = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits for all that has begun. @throws what one of them threw. */
  async done(): Promise<void> {
    await Promise.all(this.#running);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Waits for all that has begun, however it ends. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }
}

/** Writes the pieces behind each other, many at once and begun in order: what a break leaves is a beginning. */
export async function writeAll(
  file: RemoteFile,
  chunks: AsyncIterable<Uint8Array>,
  { from, onBytes }: { readonly from: number; readonly onBytes: (bytes: number) => void },
): Promise<number> {
  const window = new Window();
  let at = from;
  let done = from;
  try {
    for await (const chunk of chunks) {
      const offset = at;
      at += chunk.length;
      await window.begin(async () => {
        await file.write(offset, chunk);
        done += chunk.length;
        onBytes(done);
      });
    }
    await window.done();
  } finally {
    await window.settled();
  }
  return at;
}

export interface Reading {
  readonly from: number;
  readonly size: number;
  readonly onBytes: (bytes: number) => void;
}

/**
 * Reads a file from the device into one of this machine, many pieces at once. After a break the file here is cut to
 * the beginning that is whole.
 */
export async function readInto(remote: RemoteFile, local: FileHandle, { from, size, onBytes }: Reading): Promise<void> {
  const window = new Window();
  const missing = new Set<number>();
  let done = from;
  let next = from;
  try {
    for (; next < size; next += REQUEST_BYTES) {
      const offset = next;
      missing.add(offset);
      const length = Math.min(REQUEST_BYTES, size - offset);
      await window.begin(async () => {
        const bytes = await readExactly(remote, offset, length);
        await writeHere(local, bytes, offset);
        missing.delete(offset);
        done += bytes.length;
        onBytes(done);
      });
    }
    await window.done();
  } catch (error) {
    await window.settled();
    await local.truncate(Math.min(next, ...missing)).catch(() => {});
    throw error;
  }
}

/** Reads a file of which the device does not tell how large it is. Returns how large it was. */
export async function readToEnd(
  remote: RemoteFile,
  local: FileHandle,
  onBytes: (bytes: number) => void,
): Promise<number> {
  let done = 0;
  for (;;) {
    const bytes = await remote.read(done, REQUEST_BYTES);
    if (bytes.length === 0) return done;
    await writeHere(local, bytes, done);
    done += bytes.length;
    onBytes(done);
  }
}

/** @throws TransferError where a file goes on behind the size that the device told. */
export async function checkEnd(remote: RemoteFile, size: number): Promise<void> {
  const more = await remote.read(size, 1).catch((error: unknown) => {
    // Not every server has a word for the end.
    if (error instanceof TransferError) return new Uint8Array();
    throw error;
  });
  if (more.length === 0) return;
  const says = `the file on the device is longer than the ${size} bytes that it had: it grows, or the device tells a wrong size`;
  throw new TransferError('file_refused', says, { phase: 'transfer' });
}

/** Writes all of it: the system may take a part only, as where the disk is nearly full. @throws TransferError. */
export async function writeHere(local: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await local
      .write(bytes, done, bytes.length - done, at + done)
      .catch((error: unknown) => Promise.reject(localError('the file here', error)));
    done += bytesWritten;
  }
}

/** Returns the SHA-256 of what a file on the device holds, up to a size. */
export async function readChecksum(remote: RemoteFile, size: number): Promise<string> {
  const hash = createHash('sha256');
  const window: Promise<Buffer>[] = [];
  let next = 0;
  while (next < size || window.length > 0) {
    while (next < size && window.length < WINDOW) {
      const piece = readExactly(remote, next, Math.min(REQUEST_BYTES, size - next));
      // It is awaited in its turn; until then a failure is no unhandled one.
      piece.catch(() => {});
      window.push(piece);
      next += REQUEST_BYTES;
    }
    const first = window.shift();
    if (first !== undefined) hash.update(await first);
  }
  return hash.digest('hex');
}

/** A server may answer with less than was asked for anywhere. */
async function readExactly(remote: RemoteFile, offset: number, length: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let have = 0;
  while (have < length) {
    const bytes = await remote.read(offset + have, length - have);
    if (bytes.length === 0) {
      const says = `the file on the device has become shorter meanwhile: it ends at ${offset + have} bytes`;
      throw new TransferError('file_refused', says, { phase: 'transfer' });
    }
    pieces.push(bytes);
    have += bytes.length;
  }
  return Buffer.concat(pieces);
}
