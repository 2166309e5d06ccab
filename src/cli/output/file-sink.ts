import { randomBytes } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { KeepingError } from '../exit-codes.js';
import { lostOutput, type Sink } from './sink.js';

/** What devices answer may hold secrets of theirs: for the user alone. */
const MODE = 0o600;

/**
 * Writes to a file beside the real one, which takes its place whole at the end. An output that is not good does not
 * replace a file that is there: it stays beside it as `NAME.failed`. What is no ordinary file (`/dev/null`, a named
 * pipe) is written to as it is.
 * @throws Error with the system's `code` when it cannot be written to.
 */
export async function fileSink(name: string): Promise<Sink> {
  // A link stays a link: it is the file behind it that is replaced.
  const path = await realpath(name).catch(() => name);
  const before = await stat(path).catch(() => undefined);
  if (before?.isDirectory()) throw new Error('it is a directory');
  return before === undefined || before.isFile() ? replacing(name, path, before) : straight(await open(path, 'w'));
}

function straight(file: FileHandle): Sink {
  return {
    async write(text) {
      await file.writeFile(text);
    },
    async end() {
      await file.close();
      return undefined;
    },
  };
}

async function replacing(name: string, path: string, before: Stats | undefined): Promise<Sink> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', before === undefined ? MODE : before.mode & 0o777);
  // A program that ends at once (a second Ctrl-C) leaves no half file behind.
  const discard = (): void => rmSync(temporary, { force: true });
  process.once('exit', discard);
  return {
    async write(text) {
      await file.writeFile(text).catch((error: unknown) => {
        throw lostOutput(name, error);
      });
    },
    async end(good) {
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      process.removeListener('exit', discard);
      const keep = !good && before !== undefined;
      try {
        await rename(temporary, keep ? `${path}.failed` : path);
      } catch (error) {
        const why = (error as Error).message;
        throw new KeepingError(`the results could not be given the name ${name}, and are in ${temporary}: ${why}`);
      }
      return keep ? `${name} was kept as it was; the output of this run is in ${name}.failed` : undefined;
    },
  };
}
