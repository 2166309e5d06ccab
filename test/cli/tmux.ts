import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { main, type Place, until } from './cli.ts';

const run = promisify(execFile);

const EXIT_CODE = /^exit code (\d+)\n[\s\S]*$/m;

/** The processes that a process has started. */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

interface StartOptions {
  readonly width?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly after?: string;
}

/** The program in a real terminal of a tmux of our own. */
export class Terminal {
  readonly #name: string;

  private constructor(name: string) {
    this.#name = name;
  }

  /** `width` columns and 40 lines; `env` goes beside what the place has, `after` is what the shell does then. */
  static async start(
    place: Place,
    args: readonly string[],
    { width = 100, env: more = {}, after = ':' }: StartOptions = {},
  ): Promise<Terminal> {
    const terminal = new Terminal(`rollcall-${process.pid}-${Math.random().toString(36).slice(2)}`);
    const env = Object.entries({ ...place.env, ...more }).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    // The shell tells the exit code: tmux knows it, but not always. The options hold for the session that comes after.
    const shell = ['sh', '-c', `trap : INT; "$@"; code=$?; ${after}; echo "exit code $code"`, 'sh'];
    await terminal.#tmux(
      ...['-f', '/dev/null', 'set-option', '-g', 'remain-on-exit', 'on', ';', 'new-session', '-d', ...env],
      ...['-c', place.folder, '-x', String(width), '-y', '40', ...shell, process.execPath, main, ...args],
    );
    place.afterwards(() => terminal.#tmux('kill-server'));
    return terminal;
  }

  async #tmux(...args: string[]): Promise<string> {
    return (await run('tmux', ['-L', this.#name, ...args])).stdout;
  }

  /** What stands on the screen now, and what has left it at the top. */
  screen(): Promise<string> {
    return this.#tmux('capture-pane', '-p', '-S', '-');
  }

  async press(...keys: string[]): Promise<void> {
    await this.#tmux('send-keys', ...keys);
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** The process of the program: the shell's only child. */
  async pid(): Promise<number> {
    const shell = Number(await this.#tmux('display-message', '-p', '#{pane_pid}'));
    await until(() => expect(childrenOf(shell)).toHaveLength(1));
    return childrenOf(shell)[0] ?? 0;
  }

  /** Waits until the screen fits. */
  async shows(what: RegExp): Promise<string> {
    await until(async () => expect(await this.screen()).toMatch(what));
    return this.screen();
  }

  /** Waits until the program has ended, and returns its exit code and the last screen. */
  async ended(): Promise<{ code: number; screen: string }> {
    const screen = await this.shows(EXIT_CODE);
    return { code: Number(EXIT_CODE.exec(screen)?.[1]), screen: screen.replace(EXIT_CODE, '') };
  }
}
