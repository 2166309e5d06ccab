import { childEnvironment } from '../../base/index.js';
import type { ShellOptions } from '../connection.js';
import { findProgram } from './find-program.js';

/** What is started, in place of the program itself. */
export interface Start {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Whether it writes the number of the program's own process, and a line end, to `PID_FD`. */
  readonly tellsPid: boolean;
}

export const PID_FD = 3;

/**
 * Puts a program into a terminal of its own, by script(1), which Linux (util-linux) and macOS bring along: many show
 * their prompt only there, and Node can make none. Without it, as on Windows, the program gets pipes.
 */
export function inTerminal(program: string, args: readonly string[], shell: ShellOptions): Start {
  const { platform } = process;
  const env = childEnvironment();
  const script = platform === 'win32' ? undefined : findProgram('script');
  const bash = findProgram('bash');
  const own = { ...env, TERM: shell.terminal };
  // It tells who it is before the program takes its place: script(1) does not, and may have to be killed without it.
  const first = `echo $$ >&${PID_FD}; exec ${PID_FD}>&-; stty cols ${shell.columns} rows ${shell.rows}`;
  if (script !== undefined && platform === 'linux') {
    // util-linux takes one text, which the shell that $SHELL names takes apart again: each word stands in quotes.
    const back = env.SHELL === undefined ? 'unset SHELL' : `export SHELL=${quoted(env.SHELL)}`;
    const line = `${first}; ${back}; exec ${[program, ...args].map(quoted).join(' ')}`;
    const env1 = { ...own, SHELL: '/bin/sh' };
    return { file: script, args: ['-q', '-f', '-e', '-c', line, '/dev/null'], env: env1, tellsPid: true };
  }
  if (script === undefined || bash === undefined) return { file: program, args, env: own, tellsPid: false };
  // The script(1) of macOS and BSD takes the words as they are, but no socket for its input, which Node's pipes are there.
  const text = `exec "$0" -q /dev/null /bin/sh -c "$@" < <(exec cat 2>/dev/null ${PID_FD}>&-)`;
  const all = ['-c', text, script, `${first}; exec "$@"`, 'sh', program, ...args];
  return { file: bash, args: all, env: own, tellsPid: true };
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
