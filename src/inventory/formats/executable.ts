import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { extname, resolve } from 'node:path';
import { childEnvironment } from '../../base/index.js';
import { InventoryError } from '../errors.js';
import { type Waiting, withinTime } from './waiting.js';

const MOST_MIB = 64;
const MOST_STDERR = 2000;
const MOST_STDERR_LINES = 5;

/** Ansible's programs want it, and others do not look at it. */
const ARGUMENTS = ['--list'];

/**
 * Runs a program and returns what it prints, at most 64 MiB. It is started without a shell, in the environment of this
 * process without the passwords in it. Throws InventoryError with the exit code and what it said on standard error.
 */
export async function executableText(path: string, waiting: Waiting): Promise<string> {
  const child = start(path);
  try {
    return await withinTime(outputOf(child, path), { name: path, what: 'this program' }, waiting);
  } finally {
    // Also those that it has started may hold its pipes open.
    child.stdout?.destroy();
    child.stderr?.destroy();
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  }
}

function start(path: string): ChildProcess {
  const { program, args, verbatim } = commandFor(resolve(path), path);
  return spawn(program, args, {
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    windowsVerbatimArguments: verbatim,
  });
}

/** Windows starts programs only; its scripts need the one that reads them. */
function commandFor(absolute: string, path: string): { program: string; args: readonly string[]; verbatim: boolean } {
  const ending = extname(absolute).toLowerCase();
  if (process.platform !== 'win32' || ending === '.exe' || ending === '.com') {
    return { program: absolute, args: ARGUMENTS, verbatim: false };
  }
  if (ending === '.ps1') {
    return { program: 'powershell.exe', args: ['-NoProfile', '-File', absolute, ...ARGUMENTS], verbatim: false };
  }
  if (ending !== '.cmd' && ending !== '.bat') {
    throw failed(path, 'Windows starts .exe, .com, .cmd, .bat and .ps1 only: write a .cmd that starts this one');
  }
  // cmd.exe would put in the value of a variable that is named so.
  if (absolute.includes('%')) throw failed(path, 'a path with % in it cannot be given to cmd.exe');
  const line = `"${[`"${absolute}"`, ...ARGUMENTS].join(' ')}"`;
  return { program: process.env.ComSpec || 'cmd.exe', args: ['/d', '/s', '/c', line], verbatim: true };
}

function outputOf(child: ChildProcess, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_MIB * 1024 * 1024)
        reject(failed(path, `this program printed more than ${MOST_MIB} MiB: this is no inventory`));
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-MOST_STDERR);
    });
    child.once('error', (error: NodeJS.ErrnoException) => reject(failed(path, notStarted(error))));
    child.once('close', (code, signal) => {
      if (code !== 0) reject(failed(path, `this program ${endedBy(code, signal)}${lastLines(said)}`));
      else if (size === 0) reject(failed(path, `this program printed nothing${lastLines(said)}`));
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}

function notStarted({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOEXEC')
    return 'this program cannot be started: a script needs a first line such as #!/usr/bin/env python3';
  if (code === 'EACCES') return 'this program cannot be started: make it executable (chmod +x)';
  if (code === 'ENOENT') return 'this program cannot be started: it, or what its first line (#!) names, is not there';
  return `this program cannot be started: ${code ?? message}`;
}

function endedBy(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === null) return `ended with exit code ${code ?? 'unknown'}`;
  return `was ended by ${signal} (${constants.signals[signal]})`;
}

/** What it said on standard error, at its end, without escapes for a terminal. */
function lastLines(said: string): string {
  const lines = said
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trimEnd())
    .filter((line) => line !== '')
    .slice(-MOST_STDERR_LINES);
  return lines.length === 0 ? '' : `; it said: ${lines.join(' | ')}`;
}

function failed(file: string, message: string): InventoryError {
  return new InventoryError([{ file, message }]);
}
