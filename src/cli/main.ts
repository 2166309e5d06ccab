#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import * as module from 'node:module';
import { CommanderError } from 'commander';
import { RollcallError } from '../base/index.js';
import { EXIT, KeepingError, UsageError } from './exit-codes.js';
import { isInterruption, leave } from './leave.js';
import { clean } from './output/clean.js';
import { makeProgram } from './program.js';

/** How long a forgotten handle may keep the program after its work is done. */
const LINGER_MS = 2_000;

/** The same for whoever wants to stop: as long as a program that does not care for a hangup needs to be ended. */
const LINGER_INTERRUPTED_MS = 1_500;

/** Codes of errors that mean that the user has to change what was typed or written. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  'bad_inventory',
  'bad_option',
  'usage',
  'unknown_platform',
  'bad_platform',
  'credential',
  'bad_journal',
]);

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const usage = error instanceof UsageError || (error instanceof RollcallError && USAGE_CODES.has(error.code));
  if (!usage && error instanceof Error && error.name === 'GaveUpError') return EXIT.interrupted;
  return usage ? EXIT.usage : EXIT.failed;
}

/** What the system refused (a full disk, a folder that has gone), and what was said on purpose. */
const isExpected = (error: unknown): boolean =>
  error instanceof RollcallError || error instanceof KeepingError || (error instanceof Error && 'syscall' in error);

/** Commander has printed its own errors; ours are told in one line, and a defect of rollcall with its stack. */
function tell(error: unknown, code: number): void {
  if (error instanceof CommanderError) return;
  if (error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE')) {
    process.stderr.write("rollcall: this machine's limit of open files is reached; raise it (ulimit -n)\n");
    return;
  }
  const expected = code !== EXIT.failed || isExpected(error);
  const text = error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`rollcall: ${text.split('\n').map(clean).join('\n')}\n`);
}

function end(code: number): void {
  process.exitCode = code;
  const ms = isInterruption(code) ? LINGER_INTERRUPTED_MS : LINGER_MS;
  setTimeout(() => leave(code), ms).unref();
}

async function main(): Promise<void> {
  // Node 22.8 and later keep compiled code between starts.
  (module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
  // A reader that has gone (`| head`) is heard of where the output is written; unheard it would end the program.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  // Node's own exit code for this is 1, which says that some devices are not ok.
  process.on('uncaughtException', (error) => {
    tell(error, EXIT.failed);
    process.exit(EXIT.failed);
  });
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  try {
    await makeProgram({ version, exit: leave, done: end }).parseAsync();
  } catch (error) {
    const code = exitCodeOf(error);
    tell(error, code);
    end(code);
  }
}

await main();
