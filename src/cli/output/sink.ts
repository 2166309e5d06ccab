import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Where an output goes. */
export interface Sink {
  write(text: string): Promise<void>;
  /** Ends it; `good` tells whether it may take the place of what was there. Returns what to tell the user, if anything. */
  end(good: boolean): Promise<string | undefined>;
}

/** The reader of a pipe has gone: nothing more can be said to it, and that is no error. */
export class ClosedPipeError extends Error {}

/** Writes to a stream and waits while its reader is slow. */
export function streamSink(stream: NodeJS.WriteStream): Sink {
  return {
    async write(text) {
      if (stream.destroyed || stream.errored) throw new ClosedPipeError();
      if (stream.write(text)) return;
      try {
        await once(stream, 'drain');
      } catch {
        throw new ClosedPipeError();
      }
    },
    end: async () => undefined,
  };
}

/**
 * Writes to a file beside the real one, which takes its place whole at the end. An output that is not good does not
 * replace a file that is there: it stays beside it as `NAME.failed`.
 */
export async function fileSink(path: string): Promise<Sink> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  // What devices answer may hold secrets of theirs: for the user alone.
  const file: FileHandle = await open(temporary, 'wx', 0o600);
  return {
    async write(text) {
      await file.writeFile(text);
    },
    async end(good) {
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      const keep = !good && (await exists(path));
      const target = keep ? `${path}.failed` : path;
      try {
        await rename(temporary, target);
      } catch (error) {
        await unlink(temporary).catch(() => {});
        throw error;
      }
      return keep
        ? `${path} was kept as it was, because no device ended ok; this run's output is in ${target}`
        : undefined;
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
