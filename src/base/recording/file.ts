import { accessSync, closeSync, constants, openSync, rmSync, statSync, write, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { OptionError } from '../errors.js';
import { makeFolder } from '../make-folder.js';

/** Makes the folder of a recording and sees that it can be written to. @throws OptionError. */
export function prepareRecordingFolder(file: string): void {
  const folder = dirname(file);
  try {
    makeFolder(folder, 0o700);
    accessSync(folder, constants.W_OK | constants.X_OK);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
  } catch (error) {
    throw new OptionError(`the recording cannot be written to ${file}: ${reason(error)}`, { cause: error });
  }
}

const reason = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' ? 'no space is left there' : message;
};

/**
 * A file that is written as things happen, for its owner alone; a file that was there before is removed, never written
 * into. After a failure nothing more is written, and `onLost` has been told why, once.
 */
export class RecordingFile {
  readonly #onLost: (reason: string) => void;
  #descriptor: number | undefined;
  /** Where the next byte goes. */
  #end = 0;
  #text = '';
  #writing: Promise<void> | undefined;

  constructor(path: string, onLost: (reason: string) => void) {
    this.#onLost = onLost;
    try {
      rmSync(path, { force: true });
      this.#descriptor = openSync(path, 'wx', 0o600);
    } catch (error) {
      this.#lose(error);
    }
  }

  write(text: string): void {
    if (this.#descriptor === undefined) return;
    this.#text += text;
    this.#writing ??= this.#drain();
  }

  /** Writes what is left and closes the file. */
  async close(): Promise<void> {
    await this.#writing;
    this.closeNow();
  }

  /** The same at once, for a program that is about to end. */
  closeNow(): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return;
    try {
      for (let bytes = this.#take(); bytes.length > 0; ) {
        const written = writeSync(descriptor, bytes, 0, bytes.length, this.#end);
        this.#end += written;
        bytes = bytes.subarray(written);
      }
    } catch (error) {
      this.#lose(error);
    }
    this.#descriptor = undefined;
    // A write that is still under way has the descriptor.
    if (this.#writing === undefined) close(descriptor);
    else void this.#writing.then(() => close(descriptor));
  }

  async #drain(): Promise<void> {
    // What comes in the same turn of the event loop goes out together.
    await new Promise((resolve) => setImmediate(resolve));
    for (let bytes = this.#take(); bytes.length > 0 && this.#descriptor !== undefined; bytes = this.#take()) {
      const position = this.#end;
      // Counted at once: what is written while this is under way goes behind it.
      this.#end += bytes.length;
      try {
        await writeAll(this.#descriptor, bytes, position);
      } catch (error) {
        this.#lose(error);
      }
    }
    this.#writing = undefined;
  }

  #take(): Buffer {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    return bytes;
  }

  #lose(error: unknown): void {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    this.#text = '';
    if (descriptor !== undefined) close(descriptor);
    this.#onLost(reason(error));
  }
}

function close(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // Nothing can be done about it, and every byte was handed over before.
  }
}

async function writeAll(descriptor: number, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += await new Promise<number>((resolve, reject) =>
      write(descriptor, bytes, done, bytes.length - done, position + done, (error, written) =>
        error === null ? resolve(written) : reject(error),
      ),
    );
  }
}
