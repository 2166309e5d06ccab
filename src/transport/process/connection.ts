import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { AbortedError, ConnectionClosedError, OptionError, RollcallError, UnreachableError } from '../../base/index.js';
import type { Connection, ShellOptions, Transport } from '../connection.js';
import { findProgram } from './find-program.js';
import { inTerminal } from './terminal.js';

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
  let child: ChildProcessWithoutNullStreams | undefined;
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

/** Resolves when it runs: the system may refuse to start it. */
function start(program: string, args: readonly string[], shell: ShellOptions) {
  const { file, args: all, env } = inTerminal(program, args, shell);
  // A group of its own: a Ctrl+C at our terminal is not meant for it, and a hangup reaches all of it.
  const detached = process.platform !== 'win32';
  const child = spawn(file, all, { env, detached, windowsHide: true });
  return new Promise<ChildProcessWithoutNullStreams>((resolve, reject) => {
    child.once('spawn', () => resolve(child));
    child.on('error', (cause) =>
      reject(
        new UnreachableError('unreachable', `${program} could not be started: ${cause.message}`, {
          cause,
          phase: 'open',
        }),
      ),
    );
    // It may end while we write.
    child.stdin.on('error', () => {});
  });
}

function transportOf(child: ChildProcessWithoutNullStreams, name: string): Transport {
  const { stdin, stdout, stderr } = child;
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
      stdout.on('data', listener);
      // Where a terminal would show it: among the rest.
      stderr.on('data', listener);
    },
    onClose(listener) {
      onClose = listener;
      if (over !== undefined) listener(over.error);
    },
    pause() {
      stdout.pause();
      stderr.pause();
    },
    resume() {
      stdout.resume();
      stderr.resume();
    },
  };
}

const ended = (name: string, how: string): ConnectionClosedError =>
  new ConnectionClosedError('closed', `the program '${name}' ${how}`);

/** It was told to go: it may finish what it does, is hung up on as by a terminal that closes, and killed in the end. */
async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (isOver(child)) return;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const timer = setTimeout(() => hangUp(child), GOODBYE_MS);
  child.stdin.end();
  await closed;
  clearTimeout(timer);
}

function hangUp(child: ChildProcessWithoutNullStreams): void {
  if (isOver(child)) return;
  const timer = setTimeout(() => {
    signal(child, 'SIGKILL');
    // What it has started may hold its output open: nobody waits for that.
    child.stdout.destroy();
    child.stderr.destroy();
  }, GOODBYE_MS);
  child.once('close', () => clearTimeout(timer));
  signal(child, 'SIGHUP');
}

const isOver = ({ exitCode, signalCode, stdout }: ChildProcessWithoutNullStreams): boolean =>
  (exitCode !== null || signalCode !== null) && stdout.destroyed;

/** Tells the whole group; Windows knows neither groups nor hangups. */
function signal(child: ChildProcessWithoutNullStreams, name: 'SIGHUP' | 'SIGKILL'): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It is over already.
  }
}
