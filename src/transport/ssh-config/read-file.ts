import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { OptionError, quote } from '../../base/index.js';
import { refusePipe } from '../no-pipe.js';

/** A configuration file's text, and what tells whether it has changed. */
export interface ConfigText {
  readonly text: string;
  readonly stamp: string;
}

interface Facts {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/**
 * Reads a configuration file; undefined where there is none. It can name commands to run, so one that others may write
 * to is refused (ssh_config(5), FILES).
 * @throws OptionError.
 */
export async function readConfigFile(path: string, { optional = false } = {}): Promise<ConfigText | undefined> {
  const file = await openFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    // The machine's file may be for others only: ssh goes on without it as well.
    if (optional && (error.code === 'EACCES' || error.code === 'EPERM')) return undefined;
    throw new OptionError(`cannot read the ssh_config ${quote(path)}: ${error.message}`, { cause: error });
  });
  if (file === undefined) return undefined;
  try {
    // Of the open file: between two looks at a path somebody may put another file there.
    const facts = await file.stat();
    await refuseForeign(path, facts);
    return { text: await file.readFile('utf8'), stamp: stampOf(facts) };
  } catch (error) {
    if (error instanceof OptionError) throw error;
    throw new OptionError(`cannot read the ssh_config ${quote(path)}: ${(error as Error).message}`, { cause: error });
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  refusePipe(await stat(path));
  return open(path, 'r');
}

/** Returns what changes when that file or folder does; undefined where there is none. */
export const stateOf = (path: string): Promise<string | undefined> => stat(path).then(stampOf, () => undefined);

const stampOf = (facts: { ino: number; size: number; mtimeMs: number; ctimeMs: number }): string =>
  `${facts.ino}/${facts.size}/${facts.mtimeMs}/${facts.ctimeMs}`;

/** Windows has no such owners and bits: there the file is protected as the folder of its user is. */
async function refuseForeign(path: string, facts: Facts): Promise<void> {
  const own = process.getuid?.();
  if (own === undefined) return;
  const says = (what: string, cure: string): OptionError =>
    new OptionError(`the ssh_config ${quote(path)} ${what}, and it can name commands to run: ${cure}`);
  if (facts.uid !== 0 && facts.uid !== own) {
    throw says(`belongs to another user (${facts.uid})`, 'use a file of your own');
  }
  if ((facts.mode & 0o002) !== 0 || ((facts.mode & 0o020) !== 0 && !(await isOwnGroup(facts.gid)))) {
    throw says('can be written to by others', `chmod go-w ${path}`);
  }
}

/** Many systems give each user a group of the same name with nobody else in it, and files that it may write to. */
async function isOwnGroup(gid: number): Promise<boolean> {
  const { username } = userInfo();
  const groups = await readFile('/etc/group', 'utf8').catch(() => '');
  return groups.split('\n').some((line) => {
    const [name, , id, members = ''] = line.split(':');
    return Number(id) === gid && name === username && (members === '' || members === username);
  });
}
