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
  /** Ends the command; false where it is over. */
  readonly end: () => boolean;
  /** How many wait for it. */
  waiting: number;
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
    const started: Answer = { ...run(command), askedAt: now, waiting: 0 };
    started.succeeded.catch(() => answers.get(command) === started && answers.delete(command));
    answers.set(command, started);
    answer = started;
  }
  const { succeeded, end: endCommand } = answer;
  const asked = answer;
  asked.waiting += 1;
  const fail = (what: string, cause?: unknown): OptionError =>
    new OptionError(`ssh_config ${where}: the command of Match exec ${what}`, { phase: 'connect', cause });
  return new Promise((resolve, reject) => {
    const onAbort = (): void =>
      settle(() => reject(new AbortedError('cancelled while a command ran', { phase: 'connect' })));
    const unschedule = deadline.schedule(() => settle(() => reject(fail('did not end in time'))));
    const settle = (end: () => void): void => {
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      asked.waiting -= 1;
      // It must not outlive those who wanted to know.
      if (asked.waiting === 0 && endCommand() && answers.get(command) === asked) answers.delete(command);
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

function run(command: string): Pick<Answer, 'succeeded' | 'end'> {
  const shell = process.platform === 'win32' ? true : process.env.SHELL || '/bin/sh';
  const child = spawn(command, {
    shell,
    env: childEnvironment(),
    stdio: 'ignore',
    windowsHide: true,
    timeout: LONGEST_MS,
  });
  const succeeded = new Promise<boolean>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`cannot be run: ${error.message}`)));
    child.once('exit', (code, killedBy) => {
      if (killedBy === null) resolve(code === 0);
      else reject(new Error(`was ended by ${killedBy}`));
    });
  });
  return { succeeded, end: () => child.kill() };
}
