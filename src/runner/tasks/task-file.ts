import { existsSync } from 'node:fs';
import { didYouMean, importUserModule, type ModuleExports, moduleUrl, OptionError } from '../../base/index.js';
import type { DeviceTask } from '../device-task.js';

/** Where a task stands: plain data, by which any worker finds it. */
export interface TaskFile {
  readonly url: string;
  /** The name that its module exports it under. */
  readonly name: string;
}

type UserTask = DeviceTask<unknown, unknown, unknown>;

const EXPECTED = 'export default async (device, input, context) => …';

/**
 * Finds the task of a module: `./audit.mjs` has it as its default export, or as its only exported function;
 * `./audit.mjs#name` names one. @throws OptionError for a module that cannot be loaded, or has no such function.
 */
export async function findTaskFile(where: string): Promise<TaskFile> {
  const { path, name } = partsOf(where);
  const url = moduleUrl(path);
  const exported = functionsOf(await importUserModule(url));
  return { url, name: nameOf(exported, { path, name }) };
}

/** A `#` may be part of a file's name. */
function partsOf(where: string): { readonly path: string; readonly name: string | undefined } {
  if (typeof where !== 'string' || where === '')
    throw new OptionError('a task is a path: ./audit.mjs, ./audit.mjs#name');
  const mark = where.lastIndexOf('#');
  if (mark === -1 || existsSync(where)) return { path: where, name: undefined };
  return { path: where.slice(0, mark), name: where.slice(mark + 1) };
}

function nameOf(
  exported: ReadonlyMap<string, UserTask>,
  { path, name }: { readonly path: string; readonly name: string | undefined },
): string {
  const names = [...exported.keys()];
  const list = names.join(', ');
  if (name !== undefined) {
    if (exported.has(name)) return name;
    const there = names.length === 0 ? 'it exports no function' : `it exports ${list}`;
    throw new OptionError(`${path}: no function '${name}'${didYouMean(name, names)}; ${there}`);
  }
  if (exported.has('default')) return 'default';
  const [only] = names;
  if (only === undefined) throw new OptionError(`${path}: exports no function; expected ${EXPECTED}`);
  if (names.length === 1) return only;
  throw new OptionError(`${path}: exports ${names.length} functions (${list}); name one of them: ${path}#${only}`);
}

/** The exported functions, those too that a CommonJS module has in its `module.exports`. */
function functionsOf(exports: ModuleExports): ReadonlyMap<string, UserTask> {
  const { default: whole } = exports;
  const inside = typeof whole === 'object' && whole !== null ? Object.entries(whole) : [];
  const all = [...inside, ...Object.entries(exports)].filter(([name]) => name !== 'module.exports');
  return new Map(all.filter((entry): entry is [string, UserTask] => typeof entry[1] === 'function'));
}

/** Returns the function of a task, in whichever thread or process. @throws what `findTaskFile` throws. */
export async function loadTaskFile({ url, name }: TaskFile): Promise<UserTask> {
  const fn = functionsOf(await importUserModule(url)).get(name);
  if (fn === undefined) throw new OptionError(`${url}: there is no function '${name}' any more`);
  return fn;
}
