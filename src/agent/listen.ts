import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { Deadline, OptionError } from '../base/index.js';
import { type AgentPlace, addressAt, preparePlace } from './place.js';

/** How long a socket may take to be answered at all: who listens is on this machine. */
const KNOCK_MS = 2_000;

/**
 * Has the server listen where only its user can reach it, in place of an agent that has died, and returns its address.
 * @throws OptionError where an agent listens already, and where the place is not safe.
 */
export async function listenAt(server: Server, place: AgentPlace): Promise<string> {
  preparePlace(place);
  if (place.platform === 'win32') return listenOnPipe(server, place);
  try {
    await listen(server, place.file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cannot(place, error);
    await removeDead(place.file);
    await listen(server, place.file).catch((again: unknown) => {
      throw cannot(place, again);
    });
  }
  return place.file;
}

/** Whether somebody listens there. */
export function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const finish = (answered: boolean): void => {
      callOff();
      socket.destroy();
      resolve(answered);
    };
    // Who is too busy to answer is there all the same.
    const callOff = Deadline.after(KNOCK_MS).schedule(() => finish(true));
    socket.on('connect', () => finish(true)).on('error', () => finish(false));
  });
}

/** The mode of the socket is set by the mask before it is there: nobody can be quicker. */
function listen(server: Server, path: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const before = process.umask(0o177);
    try {
      server.once('error', reject).listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    } finally {
      process.umask(before);
    }
  }).then(() => chmodSync(path, 0o600));
}

/** Moved away first: of two that replace one socket at a time, neither can remove what the other has just made. */
async function removeDead(path: string): Promise<void> {
  if (await isAnswered(path)) throw running(path);
  const aside = `${path}.${randomBytes(3).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (await isAnswered(aside)) {
    renameSync(aside, path);
    throw running(path);
  }
  rmSync(aside, { force: true });
}

/**
 * A pipe lives in a name space that all users share. Its name is random and stands in a file that only the user can read,
 * so nobody can have taken it before; and the system's default lets others read from a pipe, and not write to it
 * (Microsoft, "Named Pipe Security and Access Rights"): they can say nothing, and are told nothing.
 */
async function listenOnPipe(server: Server, place: AgentPlace): Promise<string> {
  const there = addressAt(place);
  if (there !== undefined && (await isAnswered(there))) throw running(place.file);
  const name = `\\\\.\\pipe\\rollcall-${randomBytes(16).toString('hex')}`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(name, resolve);
  });
  rmSync(place.file, { force: true });
  writeFileSync(place.file, `${name}\n`, { mode: 0o600, flag: 'wx' });
  server.once('close', () => rmSync(place.file, { force: true }));
  return name;
}

const running = (path: string): OptionError =>
  new OptionError(
    `an agent runs already (${path}); 'rollcall agent status' tells of it, 'rollcall agent stop' ends it`,
  );

const cannot = ({ file }: AgentPlace, error: unknown): OptionError =>
  new OptionError(`the agent cannot listen at ${file}: ${(error as Error).message}`);
