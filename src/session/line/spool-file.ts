import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConversationError, processWide } from '../../base/index.js';

/** Where a piece stands in the file. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

interface Open {
  readonly descriptor: number;
  /** Only where it could not be removed while it is open. */
  readonly path: string | undefined;
}

/**
 * A file for what is too large for memory, in the directory for temporary files. Nobody else may read it (mode 0600),
 * and it has no name from the moment it is open, so that it is gone with the process, however that ends, or with the
 * last one that holds it.
 */
export class SpoolFile {
  readonly #open: Open;
  #length = 0;

  /** @throws ConversationError (`output_too_large`) where no file can be made. */
  constructor() {
    const path = join(tmpdir(), `rollcall-${randomUUID()}.spool`);
    this.#open = onDisk('make', () => {
      const descriptor = openSync(path, 'wx+', 0o600);
      return { descriptor, path: removed(path) ? undefined : path };
    });
    closers().register(this, this.#open, this);
  }

  /** @throws ConversationError (`output_too_large`) where the disk is full. */
  append(bytes: Uint8Array): Place {
    const place = { at: this.#length, length: bytes.length };
    onDisk('write', () => {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#open.descriptor, bytes, done, bytes.length - done, place.at + done);
      }
    });
    this.#length += bytes.length;
    return place;
  }

  read({ at, length }: Place): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    onDisk('read', () => {
      for (let done = 0; done < length; ) {
        const count = readSync(this.#open.descriptor, bytes, done, length - done, at + done);
        if (count === 0) throw new Error('it is shorter than what was written to it');
        done += count;
      }
    });
    return bytes;
  }

  /** Gives the disk back; nothing can be read any more. */
  close(): void {
    closers().unregister(this);
    release(this.#open);
  }
}

/** Closes the files that nobody holds any more. */
function closers(): FinalizationRegistry<Open> {
  return processWide('session.spool', () => new FinalizationRegistry(release));
}

function release({ descriptor, path }: Open): void {
  closeSync(descriptor);
  if (path !== undefined) removed(path);
}

/** Some systems keep the name of an open file; there it goes when the file is closed. */
function removed(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

function onDisk<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConversationError(
      'output_too_large',
      `the answer is too large for memory, and its file in ${tmpdir()} could not be used (${what}: ${why}); make room there`,
      { phase: 'command', cause: error },
    );
  }
}
