import { ConnectionClosedError, RollcallError, TransferError } from '../../base/index.js';
import type { Connection } from '../connection.js';
import { Patience } from './patience.js';
import type { SftpOptions } from './remote-files.js';
import { type FarEnd, farEnd, OK } from './scp-far-end.js';

const phase = 'transfer';

export interface ScpSend {
  /** Where it goes on the device, as its SCP has it. */
  readonly path: string;
  readonly size: number;
  /** The rights of the new file; default 0644. */
  readonly mode?: number | undefined;
  /** The content: exactly `size` bytes. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** What the device offers: told before the first byte of the content. */
export interface ScpFetch {
  readonly path: string;
  /** Hears how large the file is, and who may read and write it there; what it throws ends the transfer. */
  readonly onSize: (size: number, rights: number) => void | Promise<void>;
  /** Takes the content, in order; the device waits meanwhile. */
  readonly onChunk: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Sends one file by the protocol of `scp -t`: a line with rights, size and name, the content, and a byte of zero, each
 * acknowledged. (The protocol has no standard; it is as rcp's, which OpenSSH's scp.c speaks under -O.)
 * @throws TransferError (`file_refused`) with the device's own words, DeviceTimeoutError, ConnectionClosedError, AbortedError.
 */
export function sendByScp(connection: Connection, file: ScpSend, options: SftpOptions): Promise<void> {
  const { path, size, mode = 0o644, chunks } = file;
  return converse(connection, `scp -t ${scpArgument(path)}`, options, async (far) => {
    await far.acknowledged();
    const name = path.split(/[\\/:]/).at(-1) || 'file';
    await far.write(Buffer.from(`C${mode.toString(8).padStart(4, '0')} ${size} ${name}\n`));
    await far.acknowledged();
    let sent = 0;
    for await (const chunk of chunks) {
      sent += chunk.length;
      if (sent > size) break;
      await far.write(chunk);
      // Nothing is due now: what comes is the reason why it goes no further.
      if (far.hasSpoken()) await far.acknowledged();
    }
    if (sent !== size) {
      const says = `the file to send has changed meanwhile: ${size} bytes were announced, and it has ${sent > size ? 'more' : sent}`;
      throw new TransferError('file_refused', says, { phase });
    }
    await far.write(OK);
    await far.acknowledged();
  });
}

/**
 * Fetches one file by the protocol of `scp -f`. Nothing is written here: the content goes to `onChunk`.
 * @throws what `sendByScp` throws; TransferError (`no_such_file`).
 */
export function fetchByScp(connection: Connection, file: ScpFetch, options: SftpOptions): Promise<void> {
  return converse(connection, `scp -f ${scpArgument(file.path)}`, options, async (far) => {
    await far.write(OK);
    const line = await far.line();
    const offered = offeredIn(line);
    if (offered === undefined) {
      const says = line.startsWith('D')
        ? 'it is a folder, and only files are fetched'
        : `it says '${(options.redact?.(line) ?? line).slice(0, 200)}'`;
      throw new TransferError('file_refused', `${file.path}: the device offers no file: ${says}`, { phase });
    }
    const { size, rights } = offered;
    await file.onSize(size, rights);
    await far.write(OK);
    for (let left = size; left > 0; ) {
      const bytes = await far.some(left);
      left -= bytes.length;
      await file.onChunk(bytes);
    }
    await far.endOfFile(size);
  });
}

/** `C0644 1234 name`: rights, size, name. */
function offeredIn(line: string): { readonly size: number; readonly rights: number } | undefined {
  const [, rights = '', digits] = /^C([0-7]{3,5}) (\d{1,16}) ./.exec(line) ?? [];
  const size = Number(digits);
  return Number.isSafeInteger(size) ? { size, rights: Number.parseInt(rights, 8) & 0o777 } : undefined;
}

/**
 * A path as it stands in the command: bare where no shell would read it otherwise, since many devices take the quotes
 * for a part of the name; else quoted as for a POSIX shell.
 */
function scpArgument(path: string): string {
  if (path === '' || /[\u0000\r\n]/.test(path)) {
    throw new TransferError('file_refused', 'a path for SCP is one line of text', { phase });
  }
  const named = path.startsWith('-') ? `./${path}` : path;
  return /^[\w@%+=:,./\\-]+$/.test(named) && !isShellPath(named)
    ? named
    : `'${named.replaceAll("'", String.raw`'\''`)}'`;
}

/** A shell reads `\`; a device with drives such as `cf3:` does not. */
const isShellPath = (path: string): boolean => path.includes('\\') && !/^[\w-]+:/.test(path);

async function converse(
  connection: Connection,
  command: string,
  options: SftpOptions,
  work: (far: FarEnd) => Promise<void>,
): Promise<void> {
  const channel = await connection.exec(command, options).catch((error: unknown) => {
    // One that takes no commands beside its command line has no SCP either.
    if (!(error instanceof ConnectionClosedError)) throw error;
    throw new RollcallError('not_supported', error.message, { phase, cause: error });
  });
  const { stream } = channel;
  const patience = new Patience({ ...options, giveUp: () => stream.destroy() });
  stream.on('error', () => {});
  const far = farEnd(channel, patience, options.redact);
  try {
    await work(far);
    stream.end();
    // A channel closes only when all was read.
    await far.rest();
    // Its end says whether all of it was kept: some devices find that out when they close the file.
    const { code = 0 } = await patience.wait(channel.exit.catch(() => ({ code: 0 })));
    if (code !== 0) throw new TransferError('file_refused', `the device's scp ended with ${code}`, { phase });
  } finally {
    patience.dispose();
    stream.destroy();
  }
}
