import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, type LabOptions, startLab } from 'rollcall/lab';
import { afterAll, vi } from 'vitest';

/** The program under test: this checkout's, or that of the package named here. */
export const main = join(
  process.env.ROLLCALL_PACKAGE ?? join(import.meta.dirname, '..', '..'),
  'dist',
  'cli',
  'main.js',
);

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which it is killed and the test fails. */
  readonly deadlineMs?: number;
  /** The command that runs Node, with its own arguments: for limits of the system. */
  readonly under?: readonly string[];
}

/** A run of the program under way. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
}

/** A place for one test file: a folder with a home and a state directory of its own, and the program in it. */
export class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
  readonly env: Readonly<Record<string, string>>;
  readonly #alive = new Set<ChildProcess>();
  readonly #ends: (() => Promise<unknown>)[] = [];

  constructor() {
    this.env = {
      PATH: process.env.PATH ?? '',
      HOME: this.path('home'),
      USERPROFILE: this.path('home'),
      XDG_STATE_HOME: this.path('state'),
      ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }),
      NODE_COMPILE_CACHE: this.path('compile-cache'),
    };
    mkdirSync(this.path('home'));
    mkdirSync(this.path('state'));
    afterAll(async () => {
      for (const child of this.#alive) child.kill('SIGKILL');
      await Promise.allSettled(this.#ends.map((end) => end()));
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** Has something done when the tests of the file are over. */
  afterwards(end: () => Promise<unknown>): void {
    this.#ends.push(end);
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Writes a file of the place and returns its path. */
  file(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  /** Starts simulated devices and writes their inventory to `NAME.yaml`. */
  async lab(name: string, options: LabOptions): Promise<Lab & { readonly file: string }> {
    const lab = await startLab({ stateDirectory: this.path('lab-keys'), ...options });
    this.afterwards(() => lab.close());
    return Object.assign(Object.create(lab) as Lab, { file: this.file(`${name}.yaml`, lab.inventory()) });
  }

  start(args: readonly string[], { stdin, env, deadlineMs = 20_000, under = [] }: CliOptions = {}): Running {
    const [program = process.execPath, ...rest] = [...under, process.execPath, main, ...args];
    const child = spawn(program, rest, {
      cwd: this.folder,
      env: { ...this.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#alive.add(child);
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text;
      });
    }
    // A program that ends without reading its input is no error of the test.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin ?? '');
    const ended = new Promise<Ended>((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`rollcall ${args.join(' ')} did not end\nstdout: ${said.stdout}\nstderr: ${said.stderr}`));
      }, deadlineMs);
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        this.#alive.delete(child);
        resolve({ code, signal, ...said });
      });
    });
    ended.catch(() => {});
    return { child, ended, stdout: () => said.stdout, stderr: () => said.stderr };
  }

  run(args: readonly string[], options?: CliOptions): Promise<Ended> {
    return this.start(args, options).ended;
  }
}

/** A record as it stands in a line of ndjson; the tests look at all of it. */
export interface Line {
  readonly device: string;
  readonly host: string;
  readonly port: number | null;
  readonly hostname: string | null;
  readonly status: string;
  readonly attempts: number;
  readonly responses: readonly { readonly command: string; readonly prompt: string; readonly output: string }[];
  readonly error: { readonly code: string; readonly phase: string; readonly message: string } | null;
  readonly worker: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
}

/** The records of an ndjson output. */
export const lines = (text: string): Line[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

/** Each device's status and code, for a comparison at a glance. */
export const statuses = (records: readonly Line[]): Record<string, string> =>
  Object.fromEntries(
    records.map(({ device, status, error }) => [device, error === null ? status : `${status} ${error.code}`]),
  );

/** Waits until the check throws nothing more; `expect.poll` knows its test only where tests run one after another. */
export const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 15_000, interval: 10 });
