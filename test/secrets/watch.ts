import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Looks all the time at what a program and everything that it starts show of themselves in /proc. */
export class Watch {
  readonly root: number;
  readonly #seen = new Map<number, string>();
  readonly #command: string;
  readonly #timer: NodeJS.Timeout;

  /** The environment of the program itself is what its user gave it. */
  constructor(root: number) {
    this.root = root;
    this.#command = read(`/proc/${root}/cmdline`);
    this.#timer = setInterval(() => this.#look(), 15);
    this.#look();
  }

  /** Ends it, and returns what each process has shown, without the program's own environment. */
  end(): readonly string[] {
    clearInterval(this.#timer);
    return [...this.#seen.values()];
  }

  #look(): void {
    const waiting = [this.root];
    for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
      const command = read(`/proc/${pid}/cmdline`);
      // Until it becomes another program, a child is a copy of its parent, with the parent's environment.
      const isCopy = pid !== this.root && command === this.#command;
      const environment = pid === this.root || isCopy ? '' : read(`/proc/${pid}/environ`);
      const text = `${command}\n${environment}\n`.replaceAll('\0', ' ');
      const known = this.#seen.get(pid) ?? '';
      if (!known.includes(text)) this.#seen.set(pid, known + text);
      for (const thread of threadsOf(pid)) {
        waiting.push(...read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number));
      }
    }
  }
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // It has ended.
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

export interface FoundFile {
  readonly path: string;
  readonly mode: string;
  readonly text: string;
}

/** Every file and folder below a folder, with its permissions. */
export function filesIn(folder: string): FoundFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const path = join(folder, name);
    const stats = statSync(path);
    const text = stats.isFile() ? readFileSync(path, 'utf8') : '';
    return { path, mode: (stats.mode & 0o777).toString(8), text };
  });
}
