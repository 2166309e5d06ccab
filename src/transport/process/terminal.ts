import type { ShellOptions } from '../connection.js';
import { findProgram } from './find-program.js';

/** What is started, in place of the program itself. */
export interface Start {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Puts a program into a terminal of its own, by script(1), which Linux (util-linux) and macOS bring along: many show
 * their prompt only there, and Node can make none. Without it, as on Windows, the program gets pipes.
 */
export function inTerminal(program: string, args: readonly string[], shell: ShellOptions): Start {
  const { env } = process;
  const script = process.platform === 'win32' ? undefined : findProgram('script');
  const own = { ...env, TERM: shell.terminal };
  if (script === undefined) return { file: program, args, env: own };
  const size = `stty cols ${shell.columns} rows ${shell.rows}`;
  if (process.platform === 'linux') {
    // util-linux takes one text, which the shell that $SHELL names takes apart again: each word stands in quotes.
    const back = env.SHELL === undefined ? 'unset SHELL' : `export SHELL=${quoted(env.SHELL)}`;
    const line = `${size}; ${back}; exec ${[program, ...args].map(quoted).join(' ')}`;
    return { file: script, args: ['-q', '-f', '-e', '-c', line, '/dev/null'], env: { ...own, SHELL: '/bin/sh' } };
  }
  // The other script(1) takes the words as they are, but no socket for its input, which Node's pipes are: cat gives it a pipe.
  const inside = `${size}; exec "$@"`;
  const text = 'cat | exec "$0" -q /dev/null /bin/sh -c "$@"';
  return { file: '/bin/sh', args: ['-c', text, script, inside, 'sh', program, ...args], env: own };
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
