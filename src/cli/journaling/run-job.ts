import { isAbsolute, resolve } from 'node:path';
import type { RunJob } from '../../runner/index.js';
import { UsageError } from '../exit-codes.js';
import type { RunFlags } from '../run-command.js';
import { withoutSecrets } from './command-text.js';

/** Flags as they were typed, without defaults, by their names in code. */
export type TypedFlags = Partial<RunFlags>;

/** Flags that a later run does not take over: an output file would be replaced by a part of the results. */
const OWN_TO_EACH: readonly string[] = ['output', 'journal', 'journalOutputs', 'commandsFrom', 'keptCommands'];

/** Returns what does a run again: its commands, also those that were read from a file, and the flags that were typed. */
export function jobOf(commands: readonly string[], typed: TypedFlags): RunJob {
  const withheld: string[] = [];
  const safe = (what: string, value: string): string => {
    const clean = withoutSecrets(value);
    if (clean !== value) withheld.push(what);
    return clean;
  };
  const safeFlag = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => safeFlag(name, one));
    return typeof value === 'string' ? safe(`--${name}`, value) : value;
  };
  const args = commands.map((command, index) => safe(`command ${index + 1}`, command));
  const kept = Object.entries(typed).filter(([name]) => !OWN_TO_EACH.includes(name));
  const flags = Object.fromEntries(kept.map(([name, value]) => [name, safeFlag(name, value)]));
  return { kind: 'run', args, flags, cwd: process.cwd(), ...(withheld.length === 0 ? {} : { withheld }) };
}

/** Paths among the flags: those that are typed now begin in the folder where they are typed. */
const PATHS: readonly (keyof RunFlags)[] = [
  ...(['inventory', 'output', 'outputDir', 'record', 'knownHosts', 'commandsFrom'] as const),
];

/** Returns the flags with their paths made absolute, for a command that goes to another folder. */
export function withAbsolutePaths(flags: TypedFlags): TypedFlags {
  const paths = Object.fromEntries(
    PATHS.flatMap((name): readonly (readonly [string, unknown])[] => {
      const value = flags[name];
      if (typeof value === 'string') return [[name, absolute(value)]];
      return Array.isArray(value) ? [[name, (value as readonly string[]).map(absolute)]] : [];
    }),
  );
  return { ...flags, ...paths };
}

const absolute = (path: string): string => (path === '-' || isAbsolute(path) ? path : resolve(path));

/** Goes to the folder that the paths of a job begin in. @throws UsageError. */
export function goTo({ cwd }: RunJob): void {
  if (process.cwd() === cwd) return;
  try {
    process.chdir(cwd);
  } catch (error) {
    throw new UsageError(`the run was started in ${cwd}, and that cannot be gone to: ${(error as Error).message}`);
  }
}
