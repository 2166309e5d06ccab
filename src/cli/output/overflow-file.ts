import { randomUUID } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a text stands in the file, in bytes. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

/**
 * A file for texts that are too much for memory: for the user alone, and without a name from the moment it is open where
 * the system allows that, so that it is gone with the process, however that ends.
 */
export class OverflowFile {
  readonly #path = join(tmpdir(), `rollcall-${randomUUID()}.tmp`);
  readonly #descriptor: number;
  #named = true;
  #length = 0;
  #texts = 0;

  /** @throws Error with the system's `code`. */
  constructor() {
    this.#descriptor = openSync(this.#path, 'wx+', 0o600);
    this.#unlink();
  }

  /** @throws Error with the system's `code` where the disk is full. */
  append(text: string): Place {
    const bytes = Buffer.from(text);
    const place = { at: this.#length, length: bytes.length };
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#descriptor, bytes, done, bytes.length - done, place.at + done);
    }
    this.#length += bytes.length;
    this.#texts += 1;
    return place;
  }

  /** Returns a text and forgets it; the disk is given back when none is left. */
  take({ at, length }: Place): string {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const count = readSync(this.#descriptor, bytes, done, length - done, at + done);
      if (count === 0) throw new Error(`the temporary file ${this.#path} is shorter than what was written to it`);
      done += count;
    }
    this.#texts -= 1;
    if (this.#texts === 0) {
      ftruncateSync(this.#descriptor);
      this.#length = 0;
    }
    return bytes.toString();
  }

  close(): void {
    closeSync(this.#descriptor);
    if (this.#named) this.#unlink();
  }

  /** Windows keeps the name of an open file: there it goes when the file is closed. */
  #unlink(): void {
    try {
      unlinkSync(this.#path);
      this.#named = false;
    } catch {
      // A second time when it is closed; a file in the folder for temporary ones is no reason to fail.
    }
  }
}
