import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolder, OptionError, stateDirectory } from '../base/index.js';

/** Where an agent is found. */
export interface AgentPlace {
  /** The socket; on Windows a file that holds the name of the pipe. */
  readonly file: string;
  /** The folder that it lies in, and that only its user can enter. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
}

/**
 * How long the path of a socket may be, in bytes: Linux has room for 107 and macOS for 103, and what is longer is cut
 * off silently (unix(7); the documentation of Node's `net`).
 */
const LONGEST_PATH = 100;

/**
 * Returns where the agent of this environment is: `$ROLLCALL_AGENT`, else `rollcall/agent.sock` in `$XDG_RUNTIME_DIR`,
 * else `agent/agent.sock` in the state directory.
 */
export function agentPlace(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): AgentPlace {
  const { ROLLCALL_AGENT: named, XDG_RUNTIME_DIR: runtime } = env;
  const file = (): string => {
    if (named) return resolve(named);
    if (platform === 'win32') return join(stateDirectory(env, platform), 'agent', 'agent.pipe');
    if (runtime?.startsWith('/')) return join(runtime, 'rollcall', 'agent.sock');
    return join(stateDirectory(env, platform), 'agent', 'agent.sock');
  };
  const path = file();
  return { file: path, folder: dirname(path), platform };
}

/** Makes the folder of a place if need be. @throws OptionError where others can enter it, and for a path that is too long. */
export function preparePlace(place: AgentPlace): void {
  const length = Buffer.byteLength(place.file);
  if (place.platform !== 'win32' && length > LONGEST_PATH) {
    throw new OptionError(
      `the path of the agent's socket may have ${LONGEST_PATH} bytes, and ${place.file} has ${length}; name a shorter one with ROLLCALL_AGENT`,
    );
  }
  try {
    makeFolder(place.folder, 0o700);
  } catch (error) {
    throw new OptionError(`cannot make the agent's folder ${place.folder}: ${(error as Error).message}`);
  }
  checkPlace(place);
}

/**
 * Checks that nobody else can have put something in the place. On Windows the folder of the user's own data has no entry
 * for others; what is not there is no trouble.
 * @throws OptionError.
 */
function checkPlace({ file, folder, platform }: AgentPlace): void {
  if (platform === 'win32') return;
  const uid = process.getuid?.();
  const refuse = (what: string, is: string): never => {
    throw new OptionError(
      `${what} ${is}, so it may be somebody else's; the agent wants a folder of your own with mode 0700 (ROLLCALL_AGENT names another place)`,
    );
  };
  const at = statOf(folder);
  if (at !== undefined) {
    const what = `the agent's folder ${folder}`;
    if (!at.isDirectory()) refuse(what, at.isSymbolicLink() ? 'is a symbolic link' : 'is no folder');
    if (at.uid !== uid) refuse(what, `belongs to the user with the id ${at.uid}`);
    if ((at.mode & 0o077) !== 0) refuse(what, `has mode 0${(at.mode & 0o777).toString(8)}`);
  }
  const socket = statOf(file);
  if (socket === undefined) return;
  if (!socket.isSocket()) refuse(file, 'is no socket');
  if (socket.uid !== uid) refuse(file, `belongs to the user with the id ${socket.uid}`);
}

/** Returns what to connect to, or undefined where nothing is. @throws OptionError, as `checkPlace`. */
export function addressAt(place: AgentPlace): string | undefined {
  checkPlace(place);
  if (place.platform !== 'win32') return statOf(place.file) === undefined ? undefined : place.file;
  try {
    const name = readFileSync(place.file, 'utf8').trim();
    return /^\\\\\.\\pipe\\rollcall-[0-9a-f]{32}$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new OptionError(`cannot look at ${path}: ${message}`);
  }
}
