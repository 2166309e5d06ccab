import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');
const DEADLINE_MS = 60_000;
/** More at once would take the processor from each other, and with it the order that the devices' times give. */
const AT_ONCE = 3;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((next) => waiting.push(next));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export interface Launch {
  /** The working directory; made here. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Keeps standard error apart, below standard output, where chance decides which of the two comes first. */
  readonly apart?: boolean;
}

/** Runs a program of Node to its end, and returns what a person at a terminal would have seen, and its exit code. */
export function runProgram(args: readonly string[], { cwd, env, apart = false }: Launch): Promise<string> {
  return inTurn(async () => {
    mkdirSync(cwd, { recursive: true });
    const [out, err] = [join(cwd, '.stdout'), join(cwd, '.stderr')];
    // One open file for both, as at a terminal.
    const stdout = openSync(out, 'a');
    const stderr = apart ? openSync(err, 'a') : stdout;
    const { NO_COLOR: _, FORCE_COLOR: __, NODE_OPTIONS: ___, ...clean } = process.env;
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...clean, ...env },
      stdio: ['ignore', stdout, stderr],
      timeout: DEADLINE_MS,
      killSignal: 'SIGKILL',
    });
    const end = await new Promise<string>((settle, fail) => {
      child.once('error', fail);
      child.once('exit', (code, signal) => settle(signal === null ? `exit code ${code}` : `ended by ${signal}`));
    });
    closeSync(stdout);
    if (apart) closeSync(stderr);
    const errors = apart ? `--- standard error ---\n${readFileSync(err, 'utf8')}` : '';
    return `${readFileSync(out, 'utf8')}${errors}[${end}]\n`;
  });
}
