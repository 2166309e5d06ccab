import { OptionError, processWide } from '../base/index.js';
import { nextNumber } from './call-id.js';
import finding from './find-task.cjs';
import { describeType } from './naming.js';

const TASK = Symbol.for('rollcall.task');

/** What a worker needs to find a function: the module it stands in and its name there. */
export interface TaskAddress {
  readonly url: string;
  readonly name: string;
  /** What stands for it in messages; counted in this thread. */
  readonly number: number;
}

/** A function that other threads and processes can find; here it is an ordinary function. */
export type Task<A extends unknown[] = never[], R = unknown> = ((...args: A) => R) & { readonly [TASK]: TaskAddress };

interface TaskOptions {
  /**
   * Classes of error that the task throws: they keep `instanceof` when they cross. Those that its module exports
   * need not stand here, unless the module is a program that awaits at its top level.
   */
  readonly errors?: readonly (abstract new (...args: never[]) => Error)[] | undefined;
}

type AnyTaskFunction = (...args: never[]) => unknown;
type ErrorClass = abstract new (...args: never[]) => Error;

const tasks = () => processWide('tasks', () => new Map<string, AnyTaskFunction>());
const taskErrors = () => processWide('taskErrors', () => new Map<string, Map<string, ErrorClass>>());

function address(fn: AnyTaskFunction, url: string, name: string): void {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  Object.defineProperty(fn, TASK, { value: Object.freeze({ url, name, number: nextNumber('task') }) });
}

/**
 * Ties a function to its module, so that threads and processes find it:
 * `export const sendShow = task(import.meta.url, 'sendShow', async (device, command) => …)`. The name is unique in its
 * module, and a bundle is one module. @throws {OptionError} for a name that is taken, or what is no file or package URL
 */
export function task<A extends unknown[], R>(
  moduleUrl: string,
  name: string,
  fn: (...args: A) => R,
  options: TaskOptions = {},
): Task<A, R> {
  checkUrl(moduleUrl);
  if (typeof name !== 'string' || name === '') throw new OptionError('a task needs a name, unique in its module');
  if (typeof fn !== 'function') throw new OptionError(`task '${name}' needs a function; got ${describeType(fn)}`);
  checkUnique(moduleUrl, name, fn);
  const callable = (...args: A): R => fn(...args);
  address(callable, moduleUrl, name);
  tasks().set(`${moduleUrl}#${name}`, callable);
  for (const errorClass of options.errors ?? []) knowError(moduleUrl, errorClass);
  return callable as Task<A, R>;
}

const taskSources = () => processWide('taskSources', () => new Map<string, string>());

/**
 * Modules that were bundled are one module: of two tasks of one name a worker would run the wrong one, and nobody would
 * be told. A module that is loaded anew has the same functions again.
 */
function checkUnique(moduleUrl: string, name: string, fn: AnyTaskFunction): void {
  const key = `${moduleUrl}#${name}`;
  const source = String(fn);
  const known = taskSources().get(key);
  if (known !== undefined && known !== source) {
    throw new OptionError(
      `there are two tasks '${name}' in ${moduleUrl}: names are unique in a module, and a bundle is one`,
    );
  }
  taskSources().set(key, source);
}

type Functions<M> = {
  readonly [K in keyof M as M[K] extends (...args: never[]) => unknown ? K : never]: M[K] extends (
    ...args: infer A
  ) => infer R
    ? Task<A, Promise<Awaited<R>>>
    : never;
};

/**
 * Makes a task of each exported function of a module that this program need not load itself:
 * `moduleTasks<typeof import('./heavy.js')>(new URL('./heavy.js', import.meta.url).href)`.
 */
export function moduleTasks<M extends object>(moduleUrl: string): Functions<M> {
  checkUrl(moduleUrl);
  const made = new Map<string, AnyTaskFunction>();
  const get = (_: object, name: string | symbol): AnyTaskFunction | undefined => {
    // A `then` would make the collection look like a promise.
    if (typeof name !== 'string' || name === 'then') return undefined;
    const known = made.get(name);
    if (known !== undefined) return known;
    const callable = async (...args: never[]): Promise<unknown> =>
      (await finding.findTask({ url: moduleUrl, name }))(...args);
    address(callable, moduleUrl, name);
    made.set(name, callable);
    return callable;
  };
  return new Proxy({}, { get }) as Functions<M>;
}

function checkUrl(moduleUrl: unknown): void {
  if (typeof moduleUrl !== 'string' || !/^(?:file|node|data):/.test(moduleUrl)) {
    throw new OptionError(`a task's module is a URL such as import.meta.url; got ${String(moduleUrl)}`);
  }
}

/** Returns where a worker finds that function, or undefined when it is no task. */
export function taskAddress(fn: unknown): TaskAddress | undefined {
  return typeof fn === 'function' ? (fn as { [TASK]?: TaskAddress })[TASK] : undefined;
}

function knowError(url: string, errorClass: ErrorClass): void {
  const known = taskErrors().get(url) ?? new Map<string, ErrorClass>();
  known.set(errorClass.name, errorClass);
  taskErrors().set(url, known);
}

/** Returns the class of error of that name that belongs to a task module, as far as it is known here. */
export function taskErrorClass(url: string, name: string): ErrorClass | undefined {
  return taskErrors().get(url)?.get(name);
}

/** Learns the classes of error that a loaded module exports. */
export async function learnTaskErrors(url: string): Promise<void> {
  for (const exported of Object.values(await finding.importTaskModule(url))) {
    if (typeof exported === 'function' && exported.prototype instanceof Error) knowError(url, exported as ErrorClass);
  }
}
