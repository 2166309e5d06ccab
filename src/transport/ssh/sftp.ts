import { ConnectionClosedError, RollcallError, reword, TransferError } from '../../base/index.js';
import { Patience } from '../files/patience.js';
import type { OpenMode, RemoteFile, RemoteFiles, RemoteStat, SftpOptions } from '../files/remote-files.js';
import { type Channels, open } from './channels.js';
import type { Ssh2Sftp, Ssh2Space, Ssh2Stats } from './ssh2.js';

const phase = 'transfer';
const FLAGS = { read: 'r', create: 'w', continue: 'r+' } as const;
/** What a new file on the device may be used for, before its umask: OpenSSH's own choice. */
const MODE = 0o644;

/** How long a server may take to close before its channel is closed for it. */
const GOODBYE_MS = 1_000;

/** Status codes of draft-ietf-secsh-filexfer-02, section 7. */
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const FAILURE = 4;
const UNSUPPORTED = 8;

/** @throws RollcallError (`not_supported`) where the device has no SFTP; what opening any channel throws. */
export async function openSftp(channels: Channels, options: SftpOptions): Promise<RemoteFiles> {
  try {
    return await open<RemoteFiles, Ssh2Sftp>(channels, {
      ...options,
      what: 'SFTP',
      start: (onOpen) => channels.client.sftp(onOpen),
      use: (sftp) => sftpFiles(sftp, channels, options),
    });
  } catch (error) {
    if (!(error instanceof ConnectionClosedError) || channels.isClosed()) throw error;
    throw new RollcallError('not_supported', error.message, { phase, cause: error });
  }
}

type Callback<T> = (error: Error | null | undefined, value: T) => void;
type Request = <T>(what: string, send: (done: Callback<T>) => void) => Promise<T>;

function sftpFiles(sftp: Ssh2Sftp, { isClosed, redact }: Channels, { idleMs, signal }: SftpOptions): RemoteFiles {
  const patience = new Patience({ idleMs, signal, giveUp: () => closing || sftp.destroy() });
  let ended = false;
  let closing = false;
  const over = (cause?: Error): Error => {
    const who = isClosed() ? 'the connection broke' : 'the device ended SFTP';
    return new ConnectionClosedError('closed', `${who} in the middle of a file`, { phase, cause });
  };
  const whenEnded = new Promise<void>((resolve) => {
    for (const event of ['close', 'end'] as const) {
      sftp.on(event, () => {
        ended = true;
        patience.fail(over());
        if (event === 'close') resolve();
      });
    }
  });
  sftp.on('error', (error) => patience.fail(over(reword(error, redact(error.message)))));

  const request: Request = (what, send) =>
    patience.wait(
      new Promise((resolve, reject) => {
        if (ended) return reject(over());
        const done = (error: Error | null | undefined, value: unknown): void =>
          error ? reject(refused(what, reword(error, redact(error.message)), over)) : resolve(value as never);
        try {
          send(done);
        } catch (error) {
          // ssh2 throws for an extension that the server has not named.
          const says = `${what}: the device's SFTP cannot do that: ${(error as Error).message}`;
          reject(new RollcallError('not_supported', says, { phase, cause: error }));
        }
      }),
    );

  return {
    async stat(path): Promise<RemoteStat | undefined> {
      try {
        const stats = await request<Ssh2Stats>(path, (done) => sftp.stat(path, done));
        const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
        return { kind, size: stats.size, rights: stats.mode === undefined ? undefined : stats.mode & 0o777 };
      } catch (error) {
        if (error instanceof TransferError && error.code === 'no_such_file') return undefined;
        throw error;
      }
    },
    async open(path, mode, rights = MODE) {
      return remoteFile(await openHandle(sftp, request, { path, mode, rights }), { sftp, request, path });
    },
    async rename(from, to) {
      const inOneStep = request<true>(to, (done) => sftp.ext_openssh_rename(from, to, (error) => done(error, true)));
      if ((await unlessUnsupported(inOneStep)) === true) return;
      const rename = (old: string, name: string): Promise<void> =>
        request<void>(old, (done) => sftp.rename(old, name, done));
      // By the draft a rename fails where the name is taken. What has it is kept until the new one is there.
      const aside = `${from}-replaced`;
      const setAside = (): Promise<boolean> =>
        rename(to, aside).then(
          () => true,
          (error: unknown) => {
            if (error instanceof TransferError && error.code === 'no_such_file') return false;
            throw error;
          },
        );
      const had = await setAside().catch(async () => {
        // One that was killed may have left its own there.
        await request<void>(aside, (done) => sftp.unlink(aside, done)).catch(() => {});
        return setAside();
      });
      try {
        await rename(from, to);
      } catch (error) {
        if (had) await rename(aside, to).catch(() => {});
        throw error;
      }
      if (had) await request<void>(aside, (done) => sftp.unlink(aside, done));
    },
    remove: (path) => request<void>(path, (done) => sftp.unlink(path, done)),
    async freeBytes(folder) {
      const asked = request<Ssh2Space>(folder, (done) => sftp.ext_openssh_statvfs(folder, done));
      const space = await unlessUnsupported(asked);
      return space === undefined ? undefined : space.f_frsize * space.f_bavail;
    },
    async close() {
      patience.dispose();
      if (ended || isClosed()) return;
      closing = true;
      await endOrderly(sftp, whenEnded);
    },
  };
}

function openHandle(
  sftp: Ssh2Sftp,
  request: Request,
  { path, mode, rights }: { readonly path: string; readonly mode: OpenMode; readonly rights: number },
): Promise<Buffer> {
  return request<Buffer>(path, (done) => sftp.open(path, FLAGS[mode], { mode: rights }, done));
}

function remoteFile(
  handle: Buffer,
  { sftp, request, path }: { readonly sftp: Ssh2Sftp; readonly request: Request; readonly path: string },
): RemoteFile {
  return {
    async read(offset, length) {
      const buffer = Buffer.allocUnsafe(length);
      const count = await request<number>(path, (done) => sftp.read(handle, buffer, 0, length, offset, done));
      return buffer.subarray(0, count);
    },
    async write(offset, bytes) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      await request<unknown>(path, (done) => sftp.write(handle, buffer, 0, buffer.length, offset, done));
    },
    close: () => request<void>(path, (done) => sftp.close(handle, done)),
  };
}

/**
 * Ends our side and leaves it to the server to close: dropbear (2022.83) drops the whole connection now and then when a
 * channel is closed under a subsystem that still runs.
 */
async function endOrderly(sftp: Ssh2Sftp, whenEnded: Promise<void>): Promise<void> {
  const { outgoing, _protocol } = sftp;
  if (outgoing.state === 'open') {
    outgoing.state = 'eof';
    _protocol.channelEOF(outgoing.id);
  }
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, GOODBYE_MS);
    whenEnded.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  // ssh2 leaves the answer to the server's close to us; without it the channel would count for MaxSessions.
  sftp.destroy();
}

/** Undefined where the server has no such extension. */
async function unlessUnsupported<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'not_supported') return undefined;
    throw error;
  }
}

/** What the server's status means; ssh2 gives its number as `code`, and an error without one when the channel ended. */
function refused(path: string, error: Error & { readonly code?: unknown }, over: (cause: Error) => Error): Error {
  const { code } = error;
  // What a device says must not move anybody's cursor.
  const message = error.message.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  const context = { phase, cause: error, details: { path, status: typeof code === 'number' ? code : -1 } } as const;
  switch (code) {
    case NO_SUCH_FILE:
      return new TransferError('no_such_file', `${path}: no such file on the device`, context);
    case PERMISSION_DENIED:
      return new TransferError('file_refused', `${path}: the device gives no permission`, context);
    case UNSUPPORTED:
      return new RollcallError('not_supported', `${path}: the device's SFTP cannot do that: ${message}`, context);
    case FAILURE:
      return new TransferError('file_refused', `${path}: the device says only that it failed: ${message}`, context);
    default:
      if (typeof code === 'number')
        return new TransferError('file_refused', `${path}: the device refuses: ${message}`, context);
      return over(error);
  }
}
