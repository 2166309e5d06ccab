import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { AbortedError, ConnectionClosedError, OptionError, RollcallError, UnreachableError } from '../../base/index.js';
import type { Connection, ShellOptions, Transport } from '../connection.js';
import { tooManyFiles } from '../open-files.js';
import { findProgram } from './find-program.js';
import { inTerminal, PID_FD } from './terminal.js';

/** How long the program has to end by itself, and then after a hangup, before it is killed. */
const GOODBYE_MS = 1_000;

/**
 * Finds the program of a command; it is started when the shell is opened, which tells the terminal's size.
 * @throws OptionError; UnreachableError (`unreachable`) where there is no such program.
 */
export function processConnection(command: readonly string[] | undefined): Connection {
  const [name, ...args] = checked(command);
  const program = findProgram(name);
  if (program === undefined) {
    const says = `there is no program '${name}' on this machine that we may run: expected its path, or a name on PATH`;
    throw new UnreachableError('unreachable', says, { phase: 'connect' });
  }
  let child: Child | undefined;
  return {
    facts: { transport: 'process' },
    async openShell(shell) {
      if (child !== undefined) throw refusal('be opened twice');
      if (shell.signal?.aborted) throw new AbortedError('cancelled before the program was started', { phase: 'open' });
      child = await start(program, args, shell);
      return transportOf(child, name);
    },
    exec: () => Promise.reject(refusal('run a command in a channel of its own')),
    forward: () => Promise.reject(refusal('lead on to another host')),
    openSftp: () => Promise.reject(refusal('carry files')),
    close: async () => (child === undefined ? undefined : end(child)),
    destroy: () => {
      if (child !== undefined) hangUp(child);
    },
  };
}

function checked(command: readonly string[] | undefined): readonly [string, ...string[]] {
  const [name, ...args] = Array.isArray(command) ? command : [];
  const isText = (word: unknown): boolean => typeof word === 'string' && !word.includes('\0');
  if (typeof name === 'string' && name !== '' && [name, ...args].every(isText)) return [name, ...args];
  throw new OptionError(
    "the transport 'process' needs command: a list of texts, the program first, then its arguments",
  );
}

const refusal = (what: string): RollcallError =>
  new RollcallError('not_supported', `a program of this machine cannot ${what}`, { phase: 'open' });

/** A program that runs. */
interface Child {
  readonly process: ChildProcess;
  readonly stdin: Writable;
  readonly outputs: readonly Readable[];
  /** The process groups that belong to it: our own child's, and the program's in its terminal. */
  readonly groups: number[];
}

/** Resolves when it runs: the system may refuse to start it. */
function start(program: string, args: readonly string[], shell: ShellOptions): Promise<Child> {
  const { file, args: all, env, tellsPid } = inTerminal(program, args, shell);
  // A group of its own: a Ctrl+C at our terminal is not meant for it, and a hangup reaches all of it.
  const detached = process.platform !== 'win32';
  const pipes = tellsPid ? PID_FD + 1 : PID_FD;
  const notStarted = (cause: Error): RollcallError =>
    tooManyFiles(cause, 'open') ??
    new UnreachableError('unreachable', `${program} could not be started: ${cause.message}`, { cause, phase: 'open' });
  let child: ChildProcess;
  try {
    child = spawn(file, all, { env, detached, windowsHide: true, stdio: new Array(pipes).fill('pipe') });
  } catch (error) {
    // Node itself refuses some, such as a batch file of Windows.
    return Promise.reject(notStarted(error as Error));
  }
  // Without a file to open for them there are no pipes at all, whatever Node's types say; the error comes by the event.
  const stdio = (child.stdio ?? []) as readonly unknown[];
  if (stdio.length === 0) return new Promise((_, reject) => child.once('error', (cause) => reject(notStarted(cause))));
  const [stdin, stdout, stderr, pid] = stdio as [Writable, Readable, Readable, Readable?];
  const groups: number[] = [];
  pid?.on('data', (bytes: Buffer) => groups.push(Number(bytes)));
  // It may end while we write.
  stdin.on('error', () => {});
  return new Promise((resolve, reject) => {
    child.once('spawn', () => {
      if (child.pid !== undefined) groups.push(child.pid);
      resolve({ process: child, stdin, outputs: [stdout, stderr], groups });
    });
    child.on('error', (cause) => reject(notStarted(cause)));
  });
}

function transportOf({ process: child, stdin, outputs }: Child, name: string): Transport {
  let over: { readonly error?: Error } | undefined;
  let onClose: ((error?: Error) => void) | undefined;
  // Told when all that it wrote was read.
  child.once('close', (code, signal) => {
    over =
      code === 0
        ? {}
        : { error: ended(name, code === null ? `was ended by ${signal}` : `ended with exit code ${code}`) };
    onClose?.(over.error);
  });
  return {
    write(bytes) {
      if (stdin.writable) stdin.write(bytes);
    },
    onData(listener) {
      // Both: what it says of errors stands among the rest, as a terminal would show it.
      for (const output of outputs) output.on('data', listener);
    },
    onClose(listener) {
      onClose = listener;
      if (over !== undefined) listener(over.error);
    },
    pause() {
      for (const output of outputs) output.pause();
    },
    resume() {
      for (const output of outputs) output.resume();
    },
  };
}

const ended = (name: string, how: string): ConnectionClosedError =>
  new ConnectionClosedError('closed', `the program '${name}' ${how}`);

/** It was told to go: it may finish what it does, is hung up on as by a terminal that closes, and killed in the end. */
async function end(child: Child): Promise<void> {
  if (isOver(child)) return;
  const closed = new Promise<void>((resolve) => child.process.once('close', () => resolve()));
  const timer = setTimeout(() => hangUp(child), GOODBYE_MS);
  child.stdin.end();
  await closed;
  clearTimeout(timer);
}

function hangUp(child: Child): void {
  if (isOver(child)) return;
  const timer = setTimeout(() => signal(child, 'SIGKILL'), GOODBYE_MS);
  // What it has started may hold its output open: nobody waits for that.
  const drop = (): void => {
    for (const output of child.outputs) output.destroy();
  };
  if (hasEnded(child)) drop();
  else child.process.once('exit', drop);
  // The program in its terminal outlives our own child by what it needs to go.
  const [own, ...others] = child.groups;
  child.process.once('close', () => {
    if (own === undefined || others.every((group) => !lives(group))) clearTimeout(timer);
  });
  signal(child, 'SIGHUP');
}

const hasEnded = ({ process: { exitCode, signalCode } }: Child): boolean => exitCode !== null || signalCode !== null;

const isOver = (child: Child): boolean => hasEnded(child) && child.outputs.every(({ destroyed }) => destroyed);

/** Tells all of it; Windows knows neither groups nor hangups. */
function signal({ process: child, groups }: Child, name: 'SIGHUP' | 'SIGKILL'): void {
  if (process.platform === 'win32') child.kill(name);
  else for (const group of groups) send(group, name);
}

const lives = (group: number): boolean => send(group, 0);

function send(group: number, name: 'SIGHUP' | 'SIGKILL' | 0): boolean {
  try {
    return process.kill(-group, name);
  } catch {
    // It is over already.
    return false;
  }
}
