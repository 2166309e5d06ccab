import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { childEnvironment } from './child-environment.js';
import { OptionError } from './errors.js';
import { processWide } from './registry.js';

/** What a module exports, by name. */
export type ModuleExports = Readonly<Record<string, unknown>>;

const TYPESCRIPT = /\.[cm]?ts$/i;
const CHECK_MS = 10_000;

/**
 * Loads a JavaScript or TypeScript module that a user has named, once per process. TypeScript is read by Node itself from
 * 22.18 on, and with jiti before.
 * @throws OptionError with the file, and the line where Node tells it: in words, and in its details.
 */
export async function importUserModule(url: string): Promise<ModuleExports> {
  const path = fileURLToPath(url);
  await checkFile(path);
  try {
    const native = !TYPESCRIPT.test(path) || Boolean((process.features as { typescript?: unknown }).typescript);
    return (await (native ? import(url) : (await typescript()).import(url))) as ModuleExports;
  } catch (error) {
    const { file, line, says } = await whatIsWrong(path, error);
    const place = line === undefined ? {} : { line };
    throw new OptionError(`${file}${line === undefined ? '' : `:${line}`}: ${says}`, {
      cause: error,
      details: { file, ...place, says },
    });
  }
}

/** Returns the URL of a module's path, which counts from the working directory. */
export const moduleUrl = (path: string): string => pathToFileURL(resolve(path)).href;

interface Loader {
  import(url: string): Promise<unknown>;
}

/** One for the whole process: each has its own memory of the modules that it has loaded. */
function typescript(): Promise<Loader> {
  return processWide('typescriptLoader', async () => {
    const { createJiti } = await import('jiti');
    // What it would keep on disk is other people's code, in a folder that all users of the machine may share.
    return createJiti(import.meta.url, { fsCache: false, interopDefault: false });
  });
}

async function checkFile(path: string): Promise<void> {
  const what = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (what instanceof Error) {
    const missing = what.code === 'ENOENT' || what.code === 'ENOTDIR';
    throw new OptionError(`${path}: ${missing ? 'no such file' : `cannot be read: ${what.message}`}`);
  }
  if (!what.isFile()) throw new OptionError(`${path}: this is no file; name a JavaScript or TypeScript module`);
}

/** Where a module is wrong, as far as anybody knows, and what is. */
interface Wrong {
  readonly file: string;
  readonly line?: number | undefined;
  readonly says: string;
}

async function whatIsWrong(path: string, error: unknown): Promise<Wrong> {
  if (!(error instanceof Error)) return { file: path, says: `the module threw ${typeof error} while it was loaded` };
  // jiti puts the place behind its message.
  const [, why, at = '', row] =
    /^(?:ParseError: )?([^\n]*?)\s*\n\s*(\S[^\n]*):(\d+):\d+$/.exec(error.message.trimEnd()) ?? [];
  if (row !== undefined) return { file: at, line: Number(row), says: `SyntaxError: ${why}` };
  const says = `${error.name}: ${error.message}`;
  const stack = error.stack ?? '';
  // Node begins a stack with the place of what it could not read: a URL, or of TypeScript a path.
  const [, begin, line] = /^((?:file:|\/|[A-Za-z]:\\)[^\n]*?):(\d+)\r?\n/.exec(stack) ?? [];
  if (begin !== undefined)
    return { file: begin.startsWith('file:') ? fileURLToPath(begin) : begin, line: Number(line), says };
  if (error instanceof SyntaxError) return { file: path, line: await lineOfSyntaxError(path), says };
  return { file: path, ...firstPlace(stack), says };
}

function firstPlace(stack: string): { readonly file: string; readonly line: number } | undefined {
  for (const [, place = '', line] of stack.matchAll(
    /^ +at (?:.*\()?((?:file:|\/|[A-Za-z]:\\)[^()\n]*?):(\d+):\d+\)?$/gm,
  )) {
    if (/[\\/]node_modules[\\/]/.test(place)) continue;
    return { file: place.startsWith('file:') ? fileURLToPath(place) : place, line: Number(line) };
  }
  return undefined;
}

/** Returns the first place of a stack that is a user's file, as `path:line`. */
export function placeIn(stack: string): string | undefined {
  const place = firstPlace(stack);
  return place && `${place.file}:${place.line}`;
}

/** Node keeps the line of a module's syntax error to itself, and tells it when it is asked for nothing else. */
function lineOfSyntaxError(path: string): Promise<number | undefined> {
  const options = { timeout: CHECK_MS, env: childEnvironment(), windowsHide: true };
  return new Promise((done) => {
    execFile(process.execPath, ['--check', path], options, (_error, _stdout, stderr) => {
      const [, line] = /^[^\n]*:(\d+)\r?\n/.exec(stderr) ?? [];
      done(line === undefined ? undefined : Number(line));
    });
  });
}
