import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { ConnectionClosedError, Deadline, OptionError, quote, UnreachableError } from '../../base/index.js';
import type { ChannelTimes } from '../connection.js';
import { within } from '../within.js';

/** What the tokens of a proxy command stand for. */
export interface ProxyCommandTarget {
  readonly host: string;
  readonly port: number;
  readonly username?: string | undefined;
}

/** How much of what the command says on its standard error is kept for the error. */
const STDERR_BYTES = 500;
const STDERR_LINES = 3;

/** How long the command may take to end when it is asked to. */
const GOODBYE_MS = 1_000;

/**
 * Runs a command whose standard input and output are the stream, as ssh does with ProxyCommand: in the user's shell.
 * @throws UnreachableError when it cannot be started, OptionError for a token that there is not, AbortedError.
 */
export async function openProxyCommand(
  template: string,
  target: ProxyCommandTarget,
  options: ChannelTimes & { readonly onPhase?: ((phase: 'connect') => void) | undefined },
): Promise<Duplex> {
  options.onPhase?.('connect');
  const command = fillIn(template, target);
  const child = start(command);
  const started = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.on('error', (error) => {
      const says = `the proxy command cannot be started: ${error.message}`;
      reject(new UnreachableError('unreachable', says, { phase: 'connect', cause: error }));
    });
  });
  const late = (): Error =>
    new UnreachableError('connect_timeout', 'the proxy command did not start in time', { phase: 'connect' });
  try {
    await within(started, options, { phase: 'connect', late });
  } catch (error) {
    child.kill();
    throw error;
  }
  return streamOf(child, command);
}

/** What would be more than a name to a shell; OpenSSH 9.6 and later refuse the same in names. */
const UNSAFE = process.platform === 'win32' ? /^-|["`$\\;&<>|(){}%!^'\s\p{Cc}]/u : /^-|["`$\\;&<>|(){}'\s\p{Cc}]/u;

/** Fills in the tokens of ssh_config(5): %h the host, %n the same as it was given, %p the port, %r the user, %% a percent sign. */
export function fillIn(template: string, { host, port, username }: ProxyCommandTarget): string {
  const values: Readonly<Record<string, string | undefined>> = {
    ...{ '%': '%', h: host, n: host, p: String(port), r: username },
  };
  return template.replace(/%(.?)/gsu, (token: string, name: string) => {
    const value = values[name];
    if (value === undefined) {
      const says =
        name === 'r' ? 'is the user name, and none is given' : 'is none of %h (host), %n, %p (port), %r (user) and %%';
      throw new OptionError(`route.proxyCommand: ${token} ${says}`, { phase: 'connect' });
    }
    if (name !== '%' && UNSAFE.test(value)) {
      const says = `would be ${quote(value)}, and that could be more than a name to the shell`;
      throw new OptionError(`route.proxyCommand: ${token} ${says}`, { phase: 'connect' });
    }
    return value;
  });
}

/** A shell of the user's is what ssh_config(5) promises; `exec` leaves no shell beside the command. */
function start(command: string): ChildProcessWithoutNullStreams {
  const { SHELL } = process.env;
  if (process.platform === 'win32') return spawn(command, { shell: true, windowsHide: true, stdio: 'pipe' });
  return spawn(SHELL || '/bin/sh', ['-c', `exec ${command}`], { stdio: 'pipe' });
}

function streamOf(child: ChildProcessWithoutNullStreams, command: string): Duplex {
  const { stdin, stdout, stderr } = child;
  let said = '';
  let heard = false;
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-STDERR_BYTES);
  });
  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => {
      stdout.resume();
    },
    write: (chunk: Buffer, _encoding, done) => {
      // A broken pipe says less than what the command says at its end.
      stdin.write(chunk, () => done());
    },
    final: (done) => {
      stdin.end(() => done());
    },
    destroy: (error, done) => {
      end(child);
      done(error);
    },
  });
  // Before it is in use, and after that, nobody hears of its error, and that would end the process.
  stream.on('error', () => {});
  // What was written to a command that has ended is told by its end.
  stdin.on('error', () => {});
  stdout.on('data', (bytes: Buffer) => {
    heard = true;
    if (!stream.destroyed && !stream.push(bytes)) stdout.pause();
  });
  // Once it has ended and all that it wrote was read.
  child.once('close', (code, signal) => {
    if (stream.destroyed) return;
    if (heard && code === 0) {
      stream.push(null);
      return;
    }
    const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
    const last = lastLines(said);
    const says = `the proxy command ${quote(command)} ended ${how}${last === '' ? '' : `; it says: ${last}`}`;
    // Without a word from the other side it was no way at all.
    const error = heard
      ? new ConnectionClosedError('closed', says)
      : new UnreachableError('unreachable', says, { phase: 'connect' });
    stream.destroy(error);
  });
  return stream;
}

function end(child: ChildProcessWithoutNullStreams): void {
  child.stdin.destroy();
  child.stdout.destroy();
  child.stderr.destroy();
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  const unschedule = Deadline.after(GOODBYE_MS).schedule(() => child.kill('SIGKILL'));
  child.once('exit', unschedule);
}

/** What a program of the user's says is shown, and nothing of it is for the terminal to obey. */
function lastLines(said: string): string {
  const lines = said.trim().split(/[\r\n]+/);
  return lines
    .slice(-STDERR_LINES)
    .join(' / ')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ');
}
