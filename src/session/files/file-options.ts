import { checkChoice, checkKind, checkMs, checkNames, got, OptionError } from '../../base/index.js';
import type { ChecksumAlgorithm, FileProtocol } from '../../platforms/index.js';

/** How a file is carried, compared and replaced. */
export interface FileOptions {
  /** `auto` takes what the platform's data names first, and the next where the device does not have it; the default. */
  readonly protocol?: 'auto' | FileProtocol | undefined;
  /** Replaces a file that is there; default false. */
  readonly force?: boolean | undefined;
  /** Goes on with what a broken transfer has left, where SFTP is spoken and what is there is the same; default true. */
  readonly resume?: boolean | undefined;
  /**
   * `device` compares the checksum that the device prints, where it has a command for that; the default. `read-back`
   * reads the file again over SFTP where it has none. `none` compares nothing.
   */
  readonly verify?: 'device' | 'read-back' | 'none' | undefined;
  /** How long the device may be silent; default that of the session, for checksums at least five minutes. */
  readonly idleMs?: number | undefined;
  /** Aborting it ends the transfer; a half file never has the final name where the protocol allows it (SFTP, and `get`). */
  readonly signal?: AbortSignal | undefined;
  /** Told as bytes go over, from where a resumed transfer goes on. */
  readonly onProgress?: ((progress: FileProgress) => void) | undefined;
}

/** How far a file is. */
export interface FileProgress {
  readonly bytes: number;
  readonly total: number;
}

/** How it is known that the copy is the same; `content`: all of it was read again and compared. */
export type Verified = ChecksumAlgorithm | 'content' | 'size' | 'no';

/** What came of a transfer; plain data, which crosses to other threads and machines. */
export interface FileResult {
  readonly direction: 'put' | 'get';
  readonly local: string;
  /** The path as the device's command line has it. */
  readonly remote: string;
  /** How large the file is. */
  readonly bytes: number;
  /** `unchanged`: the same file was there already, and nothing was sent. */
  readonly outcome: 'transferred' | 'unchanged';
  /** Where the transfer went on from, in bytes; 0 when it began at the beginning. */
  readonly resumedFrom: number;
  /** Null where nothing was sent. */
  readonly protocol: FileProtocol | null;
  readonly verified: Verified;
  /** The checksum that both sides have, in hexadecimal. */
  readonly checksum: string | null;
  readonly elapsedMs: number;
}

const NAMES: readonly (keyof FileOptions)[] = [
  ...(['protocol', 'force', 'resume', 'verify', 'idleMs', 'signal', 'onProgress'] as const),
];

/** @throws OptionError. */
export function checkFileOptions(what: 'put' | 'get', paths: readonly unknown[], options: FileOptions): void {
  for (const path of paths) {
    if (typeof path === 'string' && path !== '' && !/[\u0000-\u001f\u007f-\u009f]/.test(path)) continue;
    throw new OptionError(`${what} takes two paths, each one line of text; got ${got(path)}`);
  }
  checkNames(what, options, NAMES);
  checkChoice('protocol', options.protocol, ['auto', 'sftp', 'scp']);
  checkChoice('verify', options.verify, ['device', 'read-back', 'none']);
  checkKind('force', options.force, 'boolean');
  checkKind('resume', options.resume, 'boolean');
  checkKind('onProgress', options.onProgress, 'function');
  checkMs('idleMs', options.idleMs, { minimum: 1 });
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
    throw new OptionError(`signal must be an AbortSignal; got ${got(options.signal)}`);
  }
}
