import { TransferError } from '../../base/index.js';
import { REQUEST_BYTES, type RemoteFiles, type RemoteStat, sendByScp } from '../../transport/index.js';
import type { Carrier } from './carriers.js';
import { readChecksum, writeAll } from './copy.js';
import { type LocalSource, PART } from './local-file.js';
import { beside, type RemotePath } from './remote-path.js';
import { type Done, noSpace, type Proof, prove, type Transfer, withRest } from './transfer.js';

const phase = 'transfer';

/** Sends a file by what carries it. @throws TransferError, and what the protocol throws, with what is left on the device. */
export async function putFile(transfer: Transfer, source: LocalSource, carrier: Carrier): Promise<Done> {
  const there = await whatIsThere(transfer, carrier);
  const same = await isSame(transfer, source, { existing: there?.size, carrier });
  if (same !== undefined) {
    return { bytes: source.size, outcome: 'unchanged', resumedFrom: 0, protocol: null, ...same };
  }
  if (there !== undefined && !transfer.options.force) {
    const how =
      there.size === source.size ? ', of the same size' : there.size === undefined ? '' : `, of ${there.size} bytes`;
    const says = `${transfer.remote.typed} is on the device already${how}; to replace it, force it`;
    throw new TransferError('file_exists', says, { phase });
  }
  return carrier.protocol === 'sftp'
    ? putBySftp(transfer, source, { files: carrier.files, rights: there?.rights })
    : putByScp(transfer, source, { carrier, existing: there?.size });
}

/** The file that is there; undefined where there is none, or nobody knows. */
async function whatIsThere(
  { remote, commands }: Transfer,
  carrier: Carrier,
): Promise<Partial<Pick<RemoteStat, 'size' | 'rights'>> | undefined> {
  if (carrier.protocol === 'scp') {
    const size = await commands.size(remote);
    if (size === 'folder') throw noFile(remote);
    return typeof size === 'number' ? { size } : undefined;
  }
  const stats = await carrier.files.stat(remote.carried);
  if (stats !== undefined && stats.kind !== 'file') {
    throw noFile(remote);
  }
  return stats;
}

/** SCP would put it into a folder, under a name that nobody has given. */
const noFile = ({ typed }: RemotePath): TransferError => {
  const says = `${typed} is on the device and is a folder, or no file; name the file in it`;
  return new TransferError('file_exists', says, { phase });
};

/** Whether the file is there already: only what a checksum shows counts. */
async function isSame(
  transfer: Transfer,
  source: LocalSource,
  { existing, carrier }: { readonly existing: number | undefined; readonly carrier: Carrier },
): Promise<Proof | undefined> {
  if (existing !== source.size) return undefined;
  const { remote } = transfer;
  try {
    const proof = await prove(transfer, remote, {
      here: source.checksum,
      size: source.size,
      sizeThere: async () => undefined,
      readBack: carrier.protocol === 'sftp' ? () => readBack(carrier.files, remote, source.size) : undefined,
    });
    return proof.verified === 'no' ? undefined : proof;
  } catch (error) {
    if (error instanceof TransferError && error.code === 'checksum_mismatch') return undefined;
    throw error;
  }
}

/** Into a part beside the final name, which it gets when it is whole and proved. */
async function putBySftp(
  transfer: Transfer,
  source: LocalSource,
  { files, rights }: { readonly files: RemoteFiles; readonly rights: number | undefined },
): Promise<Done> {
  const { remote, commands, options, onProgress } = transfer;
  const { size } = source;
  const part = beside(remote, PART);
  const resumedFrom = options.resume ? await goOnFrom(transfer, source, { files, part }) : 0;
  const free = (await files.freeBytes(remote.folder)) ?? (await commands.free(remote));
  if (free !== undefined && free < size - resumedFrom) {
    throw noSpace(
      `the device has ${free} bytes free for ${remote.typed}, and ${size - resumedFrom} are needed; nothing was sent`,
    );
  }
  try {
    // As the file that is replaced, else as the one that is sent: what is for its owner alone stays that.
    const file = await files.open(
      part.carried,
      resumedFrom > 0 ? 'continue' : 'create',
      (rights ?? source.mode & 0o755) | 0o600,
    );
    const written = await writeAll(file, source.chunks(resumedFrom), {
      from: resumedFrom,
      onBytes: (bytes) => onProgress({ bytes, total: size }),
    });
    await file.close();
    if (written !== size)
      throw new TransferError('file_refused', `${source.path} has changed while it was sent`, { phase });
  } catch (error) {
    throw await explainBreak(error, { files, part, free, transfer });
  }
  const proof = await proveThere(transfer, source, { files, part });
  await files.rename(part.carried, remote.carried).catch((error: unknown) => {
    throw withRest(error, `the whole file is on the device as ${part.typed}`);
  });
  return { bytes: size, outcome: 'transferred', resumedFrom, protocol: 'sftp', ...proof };
}

async function proveThere(
  transfer: Transfer,
  source: LocalSource,
  { files, part }: { readonly files: RemoteFiles; readonly part: RemotePath },
): Promise<Proof> {
  try {
    return await prove(transfer, part, {
      here: source.checksum,
      size: source.size,
      sizeThere: async () => (await files.stat(part.carried))?.size,
      readBack: () => readBack(files, part, source.size),
    });
  } catch (error) {
    if (!(error instanceof TransferError) || error.code !== 'checksum_mismatch') {
      throw withRest(
        error,
        `all bytes are on the device as ${part.typed}, not compared; send it again to go on from there`,
      );
    }
    const rest = await files.remove(part.carried).then(
      () => 'it was removed, and nothing of it is left on the device',
      () => `it is there as ${part.typed}; ${transfer.commands.howToRemove(part)}`,
    );
    throw withRest(error, rest);
  }
}

/** How much of the part that is there is the same as the file's beginning, and so need not be sent again. */
async function goOnFrom(
  { commands }: Transfer,
  source: LocalSource,
  { files, part }: { readonly files: RemoteFiles; readonly part: RemotePath },
): Promise<number> {
  const stats = await files.stat(part.carried);
  const size = stats?.kind === 'file' ? (stats.size ?? 0) : 0;
  if (size === 0 || size > source.size) return 0;
  const told = await commands.checksum(part);
  const theirs = told?.sum ?? (await readBack(files, part, size));
  return theirs === (await source.checksum(told?.algorithm ?? 'sha256', size)) ? size : 0;
}

async function readBack(files: RemoteFiles, path: RemotePath, size: number): Promise<string> {
  const file = await files.open(path.carried, 'read');
  const sum = await readChecksum(file, size);
  await file.close();
  return sum;
}

interface Break {
  readonly files: RemoteFiles;
  readonly part: RemotePath;
  /** What was free before. */
  readonly free: number | undefined;
  readonly transfer: Transfer;
}

/** SFTP has no word for a full disk: it is looked at. What fills it is of no use, and is removed. */
async function explainBreak(error: unknown, { files, part, free, transfer: { commands } }: Break): Promise<unknown> {
  if (error instanceof TransferError && error.code === 'file_refused') {
    const left = free === undefined ? undefined : await files.freeBytes(part.folder).catch(() => undefined);
    if (left !== undefined && left < REQUEST_BYTES) {
      const removed = await files.remove(part.carried).then(
        () => 'what had arrived was removed again',
        () => `what arrived is there as ${part.typed}; ${commands.howToRemove(part)}`,
      );
      return noSpace(`the device's disk is full now (${left} bytes free); ${removed}`);
    }
    if ((await files.stat(part.carried).catch(() => undefined)) === undefined) return error;
  }
  const rest = `what arrived is on the device as ${part.typed}: the same put goes on from there; or ${commands.howToRemove(part)}`;
  return withRest(error, rest);
}

/** SCP writes under the final name, and cannot go on with what a break has left. */
async function putByScp(
  transfer: Transfer,
  source: LocalSource,
  {
    carrier,
    existing,
  }: { readonly carrier: Carrier & { readonly protocol: 'scp' }; readonly existing: number | undefined },
): Promise<Done> {
  const { remote, commands, onProgress } = transfer;
  const { size } = source;
  const free = await commands.free(remote);
  const needed = size - (existing ?? 0);
  if (free !== undefined && free < needed) {
    throw noSpace(`the device has ${free} bytes free for ${remote.typed}, and ${needed} are needed; nothing was sent`);
  }
  let bytes = 0;
  const chunks = async function* (): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of source.chunks()) {
      yield chunk;
      bytes += chunk.length;
      onProgress({ bytes, total: size });
    }
  };
  const again = `SCP cannot go on from there: to send it again, force it, or ${commands.howToRemove(remote)}`;
  const file = { path: remote.carried, size, mode: source.mode & 0o755, chunks: chunks() };
  await sendByScp(carrier.connection, file, carrier.times).catch((error: unknown) => {
    // Before the first byte there is nothing; a file that was there may have been emptied all the same.
    if (bytes === 0 && existing === undefined) throw error;
    throw withRest(
      error,
      `what arrived of ${size} bytes is on the device as ${remote.typed}, and is no whole file. ${again}`,
    );
  });
  // Some devices keep the file only once the connection of SCP is closed.
  await carrier.close();
  const proof = await prove(transfer, remote, {
    here: source.checksum,
    size,
    sizeThere: () => commands.size(remote),
  }).catch((error: unknown) => {
    throw withRest(error, `it is on the device as ${remote.typed}. ${again}`);
  });
  return { bytes: size, outcome: 'transferred', resumedFrom: 0, protocol: 'scp', ...proof };
}
