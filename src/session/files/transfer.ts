import { RollcallError, reword, TransferError } from '../../base/index.js';
import type { FileProtocol } from '../../platforms/index.js';
import type { DeviceCommands } from './device-commands.js';
import type { FileOptions, FileProgress, FileResult, Verified } from './file-options.js';
import type { RemotePath } from './remote-path.js';

/** What both directions need to know. */
export interface Transfer {
  readonly remote: RemotePath;
  readonly commands: DeviceCommands;
  readonly options: Required<Pick<FileOptions, 'force' | 'resume' | 'verify'>>;
  readonly onProgress: (progress: FileProgress) => void;
}

/** What a direction has done. */
export type Done = Pick<FileResult, 'bytes' | 'outcome' | 'resumedFrom' | 'verified' | 'checksum'> & {
  readonly protocol: FileProtocol | null;
};

export interface Proof {
  readonly verified: Verified;
  readonly checksum: string | null;
}

/**
 * Compares what the device has with what is here: by the device's own checksum, else by reading it back where that was
 * asked for, else by its size.
 * @throws TransferError (`checksum_mismatch`).
 */
export async function prove(
  { commands, options: { verify } }: Transfer,
  there: RemotePath,
  {
    here,
    size,
    sizeThere,
    readBack,
  }: {
    /** The checksum of what is here. */
    readonly here: (algorithm: string) => Promise<string>;
    readonly size: number;
    readonly sizeThere: () => Promise<number | 'absent' | 'folder' | undefined>;
    /** The SHA-256 of all that the device has, by the protocol itself. */
    readonly readBack?: (() => Promise<string>) | undefined;
  },
): Promise<Proof> {
  const told = verify === 'none' ? undefined : await commands.checksum(there);
  if (told !== undefined) {
    const { algorithm, sum } = told;
    const ours = await here(algorithm);
    if (ours === sum) return { verified: algorithm, checksum: sum };
    throw mismatch(`its ${algorithm} is ${sum} on the device and ${ours} here`);
  }
  if (verify === 'read-back' && readBack !== undefined) {
    const [ours, theirs] = [await here('sha256'), await readBack()];
    if (ours === theirs) return { verified: 'content', checksum: ours };
    throw mismatch(`what was read back has the sha256 ${theirs}, the file here ${ours}`);
  }
  const large = await sizeThere();
  if (typeof large === 'number' && large !== size)
    throw mismatch(`it has ${large} bytes on the device and ${size} here`);
  return { verified: large === size ? 'size' : 'no', checksum: null };
}

const mismatch = (why: string): TransferError =>
  new TransferError('checksum_mismatch', `the copy is not the same: ${why}`, { phase: 'transfer' });

/** Adds to an error what is left of the transfer; what refused it before anything was sent stays as it is. */
export function withRest(error: unknown, rest: string): unknown {
  if (!(error instanceof RollcallError) || error.code === 'not_supported') return error;
  return reword(error, `${error.message}; ${rest}`);
}

export const noSpace = (says: string): TransferError => new TransferError('no_space', says, { phase: 'transfer' });
