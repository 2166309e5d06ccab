import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, lstat, open, realpath, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TransferError } from '../../base/index.js';
import { REQUEST_BYTES } from '../../transport/index.js';

const phase = 'transfer';
/** What a file is called while it is not whole. */
export const PART = '.rollcall-part';

/** A file of this machine that is sent. */
export interface LocalSource {
  readonly path: string;
  readonly size: number;
  readonly mode: number;
  /** Its content from there on, in pieces of one request. */
  chunks(from?: number): AsyncIterable<Buffer>;
  /** The checksum of its first bytes; of all of it where no number is given. */
  checksum(algorithm: string, bytes?: number): Promise<string>;
}

/** @throws TransferError (`no_such_file`, `file_refused`). */
export async function localSource(path: string): Promise<LocalSource> {
  const stats = await stat(path).catch((error: unknown) => {
    throw localError(path, error);
  });
  if (!stats.isFile()) throw new TransferError('file_refused', `${path} is no file; only files are sent`, { phase });
  return {
    path,
    size: stats.size,
    mode: stats.mode & 0o777,
    chunks: (from = 0) => content(path, from, undefined),
    checksum: (algorithm, bytes) => checksumOf(path, algorithm, bytes),
  };
}

async function* content(
  path: string,
  start: number,
  bytes: number | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  if (bytes === 0) return;
  const end = bytes === undefined ? {} : { end: start + bytes - 1 };
  try {
    yield* createReadStream(path, { start, highWaterMark: REQUEST_BYTES, ...end }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw localError(path, error);
  }
}

async function checksumOf(path: string, algorithm: string, bytes?: number): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of content(path, 0, bytes)) hash.update(chunk);
  return hash.digest('hex');
}

/** Where a fetched file goes: into a part beside the final name, which it gets when it is whole. */
export interface LocalTarget {
  readonly path: string;
  readonly part: string;
  /** How large the file is that has the name; undefined where there is none. */
  readonly existing: number | undefined;
  /** How many bytes of a broken transfer are there. */
  partSize(): Promise<number>;
  freeBytes(): Promise<number | undefined>;
  /** Opens the part, and keeps what it holds if told so; `rights` are those of the file on the device, if known. */
  openPart(how: { readonly keep: boolean; readonly rights: number | undefined }): Promise<FileHandle>;
  checksum(which: 'part' | 'existing', algorithm: string): Promise<string>;
  discard(): Promise<void>;
  /** Gives the part its final name. @throws TransferError (`file_exists`) where somebody else took it meanwhile. */
  keep(): Promise<void>;
}

/** @throws TransferError (`file_refused`) for what cannot be written to. */
export async function localTarget(name: string, { force }: { readonly force: boolean }): Promise<LocalTarget> {
  // A link stays a link: it is the file behind it that is replaced.
  const path = await realpath(name).catch(() => name);
  const part = path + PART;
  const before = await stat(path).catch(() => undefined);
  if (before !== undefined && !before.isFile()) {
    throw new TransferError('file_exists', `${name} is there and is no file`, { phase });
  }
  if (before === undefined && (await lstat(name).catch(() => undefined))?.isSymbolicLink() === true) {
    throw new TransferError('file_exists', `${name} is a link to a file that is not there`, { phase });
  }
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (folder?.isDirectory() !== true) {
    throw new TransferError('no_such_file', `there is no folder ${dirname(path)} to put the file in`, { phase });
  }
  return {
    path,
    part,
    existing: before?.size,
    partSize: async () => {
      const left = await lstat(part).catch(() => undefined);
      // Whoever was killed between giving the part its name and removing it has left the file with two names.
      return left?.isFile() === true && left.nlink === 1 ? left.size : 0;
    },
    freeBytes: async () => {
      const space = await statfs(dirname(path)).catch(() => undefined);
      return space === undefined ? undefined : space.bavail * space.bsize;
    },
    openPart: async ({ keep, rights }) => {
      // As the file that is replaced, else never for more people than on the device.
      const mode = before === undefined ? (rights ?? 0o666) & 0o666 : before.mode & 0o777;
      try {
        // Never into what is there: it may be a link, or a second name of another file.
        if (!keep) await rm(part, { force: true });
        return await open(part, keep ? 'r+' : 'wx', mode | 0o600);
      } catch (error) {
        throw localError(part, error);
      }
    },
    checksum: (which, algorithm) => checksumOf(which === 'part' ? part : path, algorithm),
    discard: () => rm(part, { force: true }),
    keep: () => moveInto(part, path, { force }),
  };
}

async function moveInto(part: string, path: string, { force }: { readonly force: boolean }): Promise<void> {
  if (!force) {
    try {
      // Unlike a rename it does not replace a file that came meanwhile.
      await link(part, path);
      return await rm(part, { force: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') {
        const says = `${path} came to be meanwhile, and was kept; what was fetched is in ${part}`;
        throw new TransferError('file_exists', says, { phase });
      }
      // A file system without hard links.
    }
  }
  await rename(part, path).catch((error: unknown) => {
    throw localError(path, error);
  });
}

/** Says what the system refused. */
export function localError(path: string, error: unknown): Error {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error as Error;
  const { code, message } = error as NodeJS.ErrnoException;
  const context = { phase, cause: error } as const;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new TransferError('no_space', `${path}: no space is left on this machine`, context);
  }
  if (code === 'ENOENT') return new TransferError('no_such_file', `${path}: no such file on this machine`, context);
  return new TransferError('file_refused', `${path}: ${message}`, context);
}
