import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

const LF = 10;
const LOOK_BACK = 64 * 1024;

/**
 * A file of lines that only grows. Each line is handed to the system as a whole before `append` returns: when this program
 * is killed, the system still writes it.
 */
export class AppendFile {
  readonly #descriptor: number;
  /** Behind the last whole line. */
  #end: number;
  #open = true;

  private constructor(descriptor: number, end: number) {
    this.#descriptor = descriptor;
    this.#end = end;
  }

  /** Makes a file that was not there before, for its owner alone. @throws what the system says. */
  static create(path: string): AppendFile {
    return new AppendFile(openSync(path, 'ax', 0o600), 0);
  }

  /** Goes on behind the last whole line of a file; half a line behind it is cut off. @throws what the system says. */
  static goOn(path: string): AppendFile {
    const descriptor = openSync(path, 'r+');
    try {
      const end = behindLastLine(descriptor);
      ftruncateSync(descriptor, end);
      return new AppendFile(openSync(path, 'a'), end);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Adds a line, which may have no line end in it. After an error the file ends with the line before. @throws it. */
  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    try {
      // A full disk takes what fits, and refuses only the rest.
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done);
    } catch (error) {
      this.#cutBack();
      throw error;
    }
    this.#end += bytes.length;
  }

  /** Waits until the disk itself has it, and closes the file. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      fsyncSync(this.#descriptor);
    } finally {
      closeSync(this.#descriptor);
    }
  }

  #cutBack(): void {
    try {
      ftruncateSync(this.#descriptor, this.#end);
    } catch {
      // Who reads it passes over half a line.
    }
  }
}

function behindLastLine(descriptor: number): number {
  const chunk = Buffer.allocUnsafe(LOOK_BACK);
  for (let to = fstatSync(descriptor).size; to > 0; ) {
    const from = Math.max(0, to - LOOK_BACK);
    const read = readSync(descriptor, chunk, 0, to - from, from);
    const end = chunk.subarray(0, read).lastIndexOf(LF);
    if (end !== -1) return from + end + 1;
    to = from;
  }
  return 0;
}
