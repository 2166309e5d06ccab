/**
 * How files get on a device and off it, and what its command line tells of them. Every pattern is of flag `iu` and
 * matched against one line of the answer. `{path}` in a line stands for the file, `{folder}` for what it lies in.
 */
export interface FilesData {
  /** What its SSH server speaks, the one to try first at the front. */
  readonly protocols: readonly FileProtocol[];
  /** Set where it was verified that the way can be opened on the connection that a session has; else it gets its own. */
  readonly sameConnection?: true;
  /** Where a name without a file system or folder goes, with the sign that ends it (`flash:`); `{username}` is filled in. */
  readonly fileSystem?: string;
  /** What a file system is called by SFTP and SCP, where that is another name than the command line's. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** `shell`: a path stands in quotes in a line, as for a POSIX shell; absent: only plain names can be typed. */
  readonly quoting?: 'shell';
  /** The mode in which the lines are typed; absent: where the session is. */
  readonly in?: string;
  /** Lines that print a checksum, the strongest first. */
  readonly checksums?: readonly ChecksumData[];
  /** Tells how large a file is, and so whether it is there. */
  readonly size?: SizeData;
  /** Tells how much room is left. */
  readonly free?: FreeData;
  /** Removes a file: told to the user, never typed. */
  readonly remove?: string;
  /** What must be configured for a protocol, where it is off by default: told to the user, never typed. */
  readonly switchOn?: Readonly<Partial<Record<FileProtocol, string>>>;
}

/** How files are carried: by SFTP, or by SCP. */
export type FileProtocol = 'sftp' | 'scp';

/** The checksums that a device may be asked for, the best first. */
export const CHECKSUM_ALGORITHMS = ['sha512', 'sha256', 'sha1', 'md5'] as const;
/** One of them. */
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** What to type for the checksum of a file, and where it stands in the answer. */
export interface ChecksumData {
  readonly algorithm: ChecksumAlgorithm;
  readonly send: string;
  /** The line with the checksum in hexadecimal, as the group `sum`. */
  readonly answer: string;
}

/** What to type for the size of a file, and where it stands in the answer. */
export interface SizeData {
  readonly send: string;
  /** The line with the bytes, as the group `size`. */
  readonly answer: string;
  /** The line that says that there is no such file. */
  readonly absent: string;
  /** The line of what is there and is no file, as a folder; absent: the device does not tell. */
  readonly folder?: string;
}

/** What to type for the room that is left, and where it stands in the answer. */
export interface FreeData {
  readonly send: string;
  /** The line with the number, as the group `free`; where the group `kilo` is there too, it counts thousands. */
  readonly answer: string;
  /** How many bytes one of them is; default 1. */
  readonly unit?: number;
}

/** An answer of a device to one of the lines, and what is to be read from it. */
export interface FilesCase {
  readonly line: 'checksum' | 'size' | 'free';
  readonly answer: readonly string[];
  /** The number or the checksum; `absent` where there is no such file, `folder` where it is none. */
  readonly reads: string;
}

/** What a line's answer tells; undefined where it tells nothing of it. */
export function readFilesAnswer(
  files: FilesData,
  line: FilesCase['line'],
  answer: Iterable<string>,
): string | undefined {
  const { checksums = [], size, free } = files;
  const lines = [...answer];
  const find = (pattern: string, group: string): RegExpExecArray | undefined => {
    for (const one of lines) {
      const found = new RegExp(pattern, 'iu').exec(one.trimEnd());
      if (found?.groups?.[group] !== undefined) return found;
    }
    return undefined;
  };
  if (line === 'checksum') {
    for (const { answer: pattern } of checksums) {
      const sum = find(pattern, 'sum')?.groups?.sum;
      if (sum !== undefined) return sum.toLowerCase();
    }
    return undefined;
  }
  if (line === 'size') {
    if (size === undefined) return undefined;
    const found = find(size.answer, 'size')?.groups?.size;
    if (found !== undefined) return found.replaceAll(',', '');
    const says = (pattern: string): boolean => lines.some((one) => new RegExp(pattern, 'iu').test(one));
    if (says(size.absent)) return 'absent';
    return size.folder !== undefined && says(size.folder) ? 'folder' : undefined;
  }
  const groups = free === undefined ? undefined : find(free.answer, 'free')?.groups;
  if (groups?.free === undefined) return undefined;
  const count = Number(groups.free.replaceAll(',', ''));
  return String(count * (free?.unit ?? 1) * (groups.kilo === undefined ? 1 : 1000));
}
