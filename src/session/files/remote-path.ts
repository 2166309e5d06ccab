import type { FilesData } from '../../platforms/index.js';

/** A file on a device, by the names that its command line and its SSH server have for it. */
export interface RemotePath {
  /** As it is typed, without quotes. */
  readonly typed: string;
  /** As SFTP and SCP have it. */
  readonly carried: string;
  /** What it lies in, as SFTP has it. */
  readonly folder: string;
}

const FILE_SYSTEM = /^[A-Za-z][\w-]*:/;

/** Puts a name without a file system or a folder where files of the platform go. */
export function remotePath(path: string, files: Partial<FilesData>, username = ''): RemotePath {
  const { fileSystem = '', mounts = {} } = files;
  const isPlaced = FILE_SYSTEM.test(path) || path.startsWith('/');
  const typed = isPlaced ? path : fileSystem.replaceAll('{username}', username) + path;
  const mount = Object.keys(mounts).find((name) => typed.startsWith(name));
  const carried = mount === undefined ? typed : mounts[mount] + typed.slice(mount.length).replace(/^\/+/, '');
  return { typed, carried, folder: folderOf(carried, files) };
}

/** The same file with something behind its name: its part while it is under way. */
export const beside = ({ typed, carried, folder }: RemotePath, ending: string): RemotePath => ({
  typed: typed + ending,
  carried: carried + ending,
  folder,
});

/** A shell knows no file systems with a colon, and a name may hold a colon or a backslash there. */
function folderOf(path: string, { quoting }: Partial<FilesData>): string {
  const cut = path.replace(quoting === 'shell' ? /[^/]*$/ : /[^/\\:]*$/, '');
  if (cut === '') return '.';
  return cut.length > 1 && !/:[/\\]?$/.test(cut) ? cut.replace(/[/\\]$/, '') : cut;
}

/**
 * Fills a line in. Undefined where the path cannot be typed on this platform: a name with a space or a sign that the
 * command line reads would become another command.
 */
export function fillIn(line: string, path: RemotePath, files: Partial<FilesData>): string | undefined {
  const { quoting } = files;
  const quoted = (text: string): string | undefined => {
    if (quoting === 'shell') return `'${text.replaceAll("'", String.raw`'\''`)}'`;
    return /^[\w@%+=:,./\\-]+$/.test(text) ? text : undefined;
  };
  const file = quoted(path.typed);
  const folder = quoted(folderOf(path.typed, files));
  if (file === undefined || folder === undefined) return undefined;
  return line.replaceAll('{path}', () => file).replaceAll('{folder}', () => folder);
}
