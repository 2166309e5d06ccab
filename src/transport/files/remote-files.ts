import type { ChannelTimes, Redact } from '../connection.js';

export interface SftpOptions extends ChannelTimes {
  /** How long the device may answer none of the requests under way, in milliseconds; also bounds each of them. */
  readonly idleMs: number;
  /** Takes secrets out of what the device says of a file. */
  readonly redact?: Redact | undefined;
}

/** What a path on the device is. */
export interface RemoteStat {
  readonly kind: 'file' | 'folder' | 'other';
  /** In bytes, exact up to 2^53; undefined where the device does not tell. */
  readonly size: number | undefined;
  /** Who may read and write it, as the lower nine bits of st_mode; undefined where the device does not tell. */
  readonly rights: number | undefined;
}

/** `read`; `create` empties a file that is there; `continue` writes into one that is there and keeps what it holds. */
export type OpenMode = 'read' | 'create' | 'continue';

/**
 * The files of a device, over SFTP. Every call fails with DeviceTimeoutError (`idle_timeout`) when the device falls
 * silent, AbortedError, ConnectionClosedError when the connection ends, and TransferError for what the device refuses.
 */
export interface RemoteFiles {
  /** Undefined where there is no such path. */
  stat(path: string): Promise<RemoteStat | undefined>;
  /** `rights` are those of a file that is made, before the device's umask; default 0644. */
  open(path: string, mode: OpenMode, rights?: number): Promise<RemoteFile>;
  /** Gives a file another name, and replaces what has it; where that fails, what had it has it still. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** How many bytes the user may still write in a folder; undefined where the device does not tell. */
  freeBytes(folder: string): Promise<number | undefined>;
  /** Ends the subsystem; the connection stays. */
  close(): Promise<void>;
}

/** An open file; many calls may be under way at once. */
export interface RemoteFile {
  /** Returns up to that many bytes (at most 32 KiB); fewer are possible anywhere, none only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Writes up to 32 KiB; resolves when the device has taken them. */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** The most that one request carries: what every server must take (draft-ietf-secsh-filexfer-02, section 3). */
export const REQUEST_BYTES = 32 * 1024;
