import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { OptionError } from '../base/index.js';
import { type AgentPlace, addressAt, preparePlace } from './place.js';
import { reach } from './reach.js';

/** How long it is tried to find out whether somebody is there. */
const KNOCK_MS = 2_000;

/** How many callers may wait to be taken in: as many as Linux allows, by default, for all the devices of a run. */
const BACKLOG = 4_096;

/** How long taking the place of a dead agent can last at most. */
const STALE_MS = 10_000;

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
    await replaceDead(server, place);
  }
  return place.file;
}

/** Whether somebody listens there. */
export async function isAnswered(address: string): Promise<boolean> {
  return (await knock(address)) === 'answered';
}

/** What is at an address: somebody who listens, a socket that nobody has open any more, or nothing. */
async function knock(address: string): Promise<'answered' | 'dead' | 'absent'> {
  try {
    const socket = await reach(address, { fullMs: KNOCK_MS });
    socket.on('error', () => {}).destroy();
    return 'answered';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Who has too many callers is there all the same.
    if (code === 'EAGAIN') return 'answered';
    return code === 'ECONNREFUSED' ? 'dead' : 'absent';
  }
}

/** The mode of the socket is set by the mask before it is there: nobody can be quicker. */
function listen(server: Server, path: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const before = process.umask(0o177);
    try {
      server.once('error', reject).listen({ path, backlog: BACKLOG }, () => {
        server.off('error', reject);
        resolve();
      });
    } finally {
      process.umask(before);
    }
  }).then(() => chmodSync(path, 0o600));
}

/**
 * Takes the place of a socket that nobody answers. Of several that start at a time only one may remove it: another would
 * remove the socket that the first has just made.
 */
async function replaceDead(server: Server, place: AgentPlace): Promise<void> {
  const lock = `${place.file}.lock`;
  takeLock(lock);
  try {
    const found = await knock(place.file);
    if (found === 'answered') throw running(place.file);
    if (found === 'dead') rmSync(place.file, { force: true });
    await listen(server, place.file);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? running(place.file) : error;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A folder can be made only once. One that is old was left by a program that died in these few milliseconds. */
function takeLock(lock: string): void {
  for (const isLast of [false, true]) {
    try {
      return mkdirSync(lock, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (isLast || Date.now() - since < STALE_MS) {
        throw new OptionError(`another agent is starting at this moment; if none is, remove ${lock}`);
      }
      rmSync(lock, { recursive: true, force: true });
    }
  }
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
