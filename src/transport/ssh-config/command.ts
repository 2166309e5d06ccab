import { spawn } from 'node:child_process';
import { AbortedError, childEnvironment, OptionError, processWide } from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';

/** How long the answer of a command holds: many devices ask the same one within a run. */
const HOLDS_MS = 60_000;

/** After this time a command that does not end is ended. */
const LONGEST_MS = 30_000;

interface Answer {
  readonly succeeded: Promise<boolean>;
  readonly askedAt: number;
}

/**
 * Tells whether a command of `Match exec` ends with 0; run by the user's shell, as ssh does, once for all that ask.
 * @throws AbortedError; OptionError where it cannot be run, or did not end in time.
 */
export async function succeeds(
  command: string,
  where: string,
  { deadline, signal }: Pick<ConnectionOptions, 'deadline' | 'signal'>,
): Promise<boolean> {
  const answers = processWide('sshConfigCommands', () => new Map<string, Answer>());
  const now = performance.now();
  let answer = answers.get(command);
  if (answer === undefined || now - answer.askedAt > HOLDS_MS) {
    answer = { succeeded: run(command), askedAt: now };
    answer.succeeded.catch(() => answers.delete(command));
    answers.set(command, answer);
  }
  const { succeeded } = answer;
  const fail = (what: string, cause?: unknown): OptionError =>
    new OptionError(`ssh_config ${where}: the command of Match exec ${what}`, { phase: 'connect', cause });
  return new Promise((resolve, reject) => {
    const onAbort = (): void =>
      settle(() => reject(new AbortedError('cancelled while a command ran', { phase: 'connect' })));
    const unschedule = deadline.schedule(() => settle(() => reject(fail('did not end in time'))));
    const settle = (end: () => void): void => {
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      end();
    };
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    succeeded.then(
      (value) => settle(() => resolve(value)),
      (error: Error) => settle(() => reject(fail(error.message, error))),
    );
  });
}

function run(command: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' ? true : process.env.SHELL || '/bin/sh';
    const child = spawn(command, {
      shell,
      env: childEnvironment(),
      stdio: 'ignore',
      windowsHide: true,
      timeout: LONGEST_MS,
    });
    child.once('error', (error) => reject(new Error(`cannot be run: ${error.message}`)));
    child.once('exit', (code, killedBy) => {
      if (killedBy === null) resolve(code === 0);
      else reject(new Error(`was ended by ${killedBy}`));
    });
  });
}
