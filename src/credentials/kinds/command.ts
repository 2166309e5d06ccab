import { type ChildProcess, spawn } from 'node:child_process';
import {
  AbortedError,
  CredentialError,
  childEnvironment,
  Deadline,
  processWide,
  redact,
  Secret,
} from '../../base/index.js';
import { showReference } from '../reference.js';
import type { ResolveOptions } from '../source.js';

interface CommandOptions extends Pick<ResolveOptions, 'signal'> {
  readonly env: NodeJS.ProcessEnv;
  readonly totalMs: number;
}

/** No secret is longer; a program that prints more on its first line does something else. */
const LINE_BYTES = 64 * 1024;
const STDERR_BYTES = 4 * 1024;
const SHOWN_CHARACTERS = 200;

/** How long a program that was told to end may take for it. */
const GOODBYE_MS = 1_000;

/**
 * Runs a program, without a shell, and takes the first line that it prints.
 * @throws CredentialError for one that cannot be started, does not end in time, ends with another code than 0, or
 * prints nothing; AbortedError.
 */
export async function fromCommand(
  reference: { readonly command: readonly string[] },
  { signal, env, totalMs }: CommandOptions,
): Promise<Secret> {
  const [program = '', ...args] = reference.command;
  const fail = (why: string, cause?: unknown): CredentialError =>
    new CredentialError(`${showReference(reference)}: ${why}`, cause === undefined ? {} : { cause });
  if (signal?.aborted) throw calledOff();
  let child: ChildProcess;
  try {
    child = spawn(program, args, {
      env: childEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
  } catch (error) {
    throw fail(`cannot be started: ${codeOf(error)}`, error);
  }
  const said = new Said(child);
  alive().add(child);
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const drop = (error: Error): void =>
      settle(() => {
        end(child);
        reject(error);
      });
    const onAbort = (): void => drop(calledOff());
    const unschedule = Deadline.after(totalMs).schedule(() => drop(fail(`did not end within ${totalMs / 1000} s`)));
    signal?.addEventListener('abort', onAbort, { once: true });
    said.onTooLong = () => drop(fail(`prints more than ${LINE_BYTES / 1024} KiB on its first line`));
    child.once('error', (error) => drop(fail(startProblem(program, error), error)));
    child.once('close', (code, killedBy) => {
      alive().delete(child);
      settle(() => {
        const how = killedBy === null ? `ended with exit code ${code}` : `was ended by ${killedBy}`;
        if (code !== 0) return reject(fail(`${how}${said.why()}`));
        const line = said.firstLine();
        if (line === '') return reject(fail(`printed nothing on its first line${said.why()}`));
        resolve(new Secret(line));
      });
    });
  });
}

/** What a program says: the first line of its output, the beginning of its errors, and no more of either. */
class Said {
  onTooLong = (): void => {};
  readonly #pieces: Buffer[] = [];
  #size = 0;
  #whole = false;
  #errors = '';

  constructor({ stdout, stderr }: ChildProcess) {
    stdout?.on('data', (bytes: Buffer) => this.#take(bytes));
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(0, STDERR_BYTES);
    });
  }

  firstLine(): string {
    return Buffer.concat(this.#pieces).toString('utf8').replace(/\r$/, '');
  }

  /** The first line of its errors, for a message: without what it printed, and with nothing that a terminal obeys. */
  why(): string {
    const first = this.#errors.split(/[\r\n]+/).find((line) => line.trim() !== '') ?? '';
    const shown = redact(first, [new Secret(this.firstLine())]).replace(/[\p{Cc}\p{Cf}]/gu, ' ');
    return first === '' ? '' : `; it says: ${shown.slice(0, SHOWN_CHARACTERS).trim()}`;
  }

  #take(bytes: Buffer): void {
    if (this.#whole) return;
    const at = bytes.indexOf(0x0a);
    this.#whole = at !== -1;
    const piece = this.#whole ? bytes.subarray(0, at) : bytes;
    this.#size += piece.length;
    if (this.#size > LINE_BYTES) {
      this.#whole = true;
      this.onTooLong();
      return;
    }
    this.#pieces.push(piece);
  }
}

function end(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  const unschedule = Deadline.after(GOODBYE_MS).schedule(() => child.kill('SIGKILL'));
  child.once('exit', () => {
    unschedule();
    alive().delete(child);
  });
}

/** Those that run; a process that ends before they do takes them along. */
function alive(): Set<ChildProcess> {
  return processWide('credentials.commands', () => {
    const children = new Set<ChildProcess>();
    process.once('exit', () => {
      for (const child of children) child.kill('SIGKILL');
    });
    return children;
  });
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'no reason is given';

function startProblem(program: string, error: Error): string {
  const code = codeOf(error);
  if (code === 'ENOENT') return `there is no program '${program}'`;
  if (code === 'EACCES') return `'${program}' may not be run by this user`;
  return `cannot be started: ${code}`;
}

const calledOff = (): AbortedError =>
  new AbortedError('cancelled while a program was asked for a secret', { phase: 'authenticate' });
