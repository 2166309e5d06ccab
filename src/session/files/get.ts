import type { FileHandle } from 'node:fs/promises';
import { TransferError } from '../../base/index.js';
import { fetchByScp, type RemoteFiles, type RemoteStat } from '../../transport/index.js';
import type { Carrier } from './carriers.js';
import { checkEnd, readChecksum, readInto, readToEnd, writeHere } from './copy.js';
import type { LocalTarget } from './local-file.js';
import type { RemotePath } from './remote-path.js';
import { type Done, noSpace, type Proof, prove, type Transfer, withRest } from './transfer.js';

const phase = 'transfer';

/** Fetches a file by what carries it. @throws TransferError, and what the protocol throws, with what is left here. */
export async function getFile(transfer: Transfer, target: LocalTarget, carrier: Carrier): Promise<Done> {
  const { size, rights } = await whatIsThere(transfer, carrier);
  const same = await isSame(transfer, target, { size, carrier });
  if (same !== undefined) {
    return { bytes: target.existing ?? 0, outcome: 'unchanged', resumedFrom: 0, protocol: null, ...same };
  }
  if (target.existing !== undefined && !transfer.options.force) {
    throw new TransferError('file_exists', `${target.path} is here already; to replace it, force it`, { phase });
  }
  if (carrier.protocol === 'scp') return getByScp(transfer, target, carrier);
  return getBySftp(transfer, target, { files: carrier.files, size, rights });
}

/** The size is undefined where the device does not tell before it sends. */
async function whatIsThere(
  { remote, commands }: Transfer,
  carrier: Carrier,
): Promise<Partial<Pick<RemoteStat, 'size' | 'rights'>>> {
  const absent = (): never => {
    throw new TransferError('no_such_file', `there is no ${remote.typed} on the device`, { phase });
  };
  if (carrier.protocol === 'scp') {
    const size = await commands.size(remote);
    if (size === 'folder') throw noFile(remote);
    return { size: size === 'absent' ? absent() : size };
  }
  const stats = (await carrier.files.stat(remote.carried)) ?? absent();
  if (stats.kind === 'file') return stats;
  throw noFile(remote);
}

const noFile = ({ typed }: RemotePath): TransferError =>
  new TransferError('file_refused', `${typed} is a folder, or no file; only files are fetched`, { phase });

async function isSame(
  transfer: Transfer,
  target: LocalTarget,
  { size, carrier }: { readonly size: number | undefined; readonly carrier: Carrier },
): Promise<Proof | undefined> {
  if (target.existing === undefined || target.existing !== size) return undefined;
  try {
    const proof = await prove(transfer, transfer.remote, {
      here: (algorithm) => target.checksum('existing', algorithm),
      size,
      sizeThere: async () => undefined,
      readBack: carrier.protocol === 'sftp' ? () => readAgain(transfer, carrier.files, size) : undefined,
    });
    return proof.verified === 'no' ? undefined : proof;
  } catch (error) {
    if (error instanceof TransferError && error.code === 'checksum_mismatch') return undefined;
    throw error;
  }
}

async function checkSpace(target: LocalTarget, needed: number): Promise<void> {
  const free = await target.freeBytes();
  if (free === undefined || free >= needed) return;
  throw noSpace(
    `this machine has ${free} bytes free for ${target.path}, and ${needed} are needed; nothing was fetched`,
  );
}

interface SftpSource extends Partial<Pick<RemoteStat, 'size' | 'rights'>> {
  readonly files: RemoteFiles;
}

async function getBySftp(transfer: Transfer, target: LocalTarget, source: SftpSource): Promise<Done> {
  const { options, commands } = transfer;
  const left = options.resume ? await target.partSize() : 0;
  // What is here can be proved to be the same only together with the rest, by the checksum of the whole.
  const mayResume = left > 0 && left <= (source.size ?? 0) && options.verify !== 'none';
  const told = mayResume ? await commands.checksum(transfer.remote) : undefined;
  const from = told === undefined ? 0 : left;
  let bytes = await fetchRest(transfer, target, { ...source, from });
  if (told !== undefined) {
    const { algorithm, sum } = told;
    if ((await target.checksum('part', algorithm)) === sum) {
      await target.keep();
      return { ...DONE, bytes, resumedFrom: from, verified: algorithm, checksum: sum };
    }
    // The part was of another file, or the file has changed since: all of it, once more.
    bytes = await fetchRest(transfer, target, { ...source, from: 0 });
  }
  const proof = await proveHere(transfer, target, {
    size: bytes,
    readBack: () => readAgain(transfer, source.files, bytes),
  });
  return { ...DONE, bytes, resumedFrom: 0, ...proof };
}

const DONE = { outcome: 'transferred', protocol: 'sftp' } as const;

/** Returns how large the file is then. */
async function fetchRest(
  { remote, onProgress }: Transfer,
  target: LocalTarget,
  { files, size = 0, rights, from }: SftpSource & { readonly from: number },
): Promise<number> {
  await checkSpace(target, size - from);
  const there = await files.open(remote.carried, 'read');
  const here = await target.openPart({ keep: from > 0, rights });
  try {
    const onBytes = (bytes: number): void => onProgress({ bytes, total: Math.max(size, bytes) });
    if (size > 0) await readInto(there, here, { from, size, onBytes });
    // Files that a system makes up as they are read (/proc) have the size 0, and some servers tell none.
    const bytes = size > 0 ? size : await readToEnd(there, here, onBytes);
    if (size > 0) await checkEnd(there, size);
    // On disk before it gets its name: a name without its content would be worse than none.
    await here.sync();
    await there.close();
    return bytes;
  } catch (error) {
    throw withRest(error, `what arrived is in ${target.part}: the same get goes on from there`);
  } finally {
    await here.close();
  }
}

async function readAgain({ remote }: Transfer, files: RemoteFiles, size: number): Promise<string> {
  const file = await files.open(remote.carried, 'read');
  const sum = await readChecksum(file, size);
  await file.close();
  return sum;
}

async function getByScp(
  transfer: Transfer,
  target: LocalTarget,
  carrier: Carrier & { readonly protocol: 'scp' },
): Promise<Done> {
  const { remote, onProgress } = transfer;
  let here: FileHandle | undefined;
  let total = 0;
  let bytes = 0;
  const open = async (rights: number | undefined): Promise<FileHandle> => {
    here ??= await target.openPart({ keep: false, rights });
    return here;
  };
  try {
    await fetchByScp(
      carrier.connection,
      {
        path: remote.carried,
        onSize: async (size, rights) => {
          total = size;
          await checkSpace(target, size);
          await open(rights);
        },
        onChunk: async (chunk) => {
          await writeHere(await open(undefined), chunk, bytes);
          bytes += chunk.length;
          onProgress({ bytes, total });
        },
      },
      carrier.times,
    );
    await here?.sync();
  } catch (error) {
    await here?.close();
    here = undefined;
    await target.discard();
    throw error;
  } finally {
    await here?.close();
  }
  await carrier.close();
  const proof = await proveHere(transfer, target, { size: total });
  return { bytes: total, outcome: 'transferred', resumedFrom: 0, protocol: 'scp', ...proof };
}

/** Compares what was fetched, and gives it its name; what is not the same is removed. */
async function proveHere(
  transfer: Transfer,
  target: LocalTarget,
  { size, readBack }: { readonly size: number; readonly readBack?: () => Promise<string> },
): Promise<Proof> {
  const proof = await prove(transfer, transfer.remote, {
    here: (algorithm) => target.checksum('part', algorithm),
    size,
    // Every byte that the device had announced has come.
    sizeThere: async () => size,
    readBack,
  }).catch(async (error: unknown) => {
    await target.discard();
    throw withRest(error, 'what was fetched was removed');
  });
  await target.keep();
  return proof;
}
