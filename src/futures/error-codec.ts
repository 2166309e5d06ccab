import { errorClassNamed } from '../base/index.js';
import { RemoteError } from './errors.js';
import { errorName, isError } from './naming.js';
import { taskErrorClass } from './task.js';
import type { Restoring } from './transfer.js';

type ErrorClass = abstract new (...args: never[]) => Error;

const BUILT_IN = new Map<string, ErrorClass>(
  [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError].map((c) => [
    c.name,
    c,
  ]),
);

/** An error as plain data. */
export interface EncodedError {
  /** The names of its class and of the classes above it, the nearest first. */
  readonly classes: readonly string[];
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Own properties: name, value, whether it is enumerable. */
  readonly properties: readonly (readonly [string, unknown, boolean])[];
}

/** Where an error was thrown, told as the last cause of the error that arrives. */
export interface ThrownAt {
  readonly worker: string;
  readonly task: string;
}

const CARRIED_APART = new Set(['message', 'stack']);
const own = (error: Error): string[] => Object.getOwnPropertyNames(error).filter((key) => !CARRIED_APART.has(key));

function classNames(error: Error): string[] {
  const names: string[] = [];
  for (let at: object | null = Object.getPrototypeOf(error); at !== null; at = Object.getPrototypeOf(at)) {
    // A registered class goes by the name that it was registered under.
    // Its descriptor: the getter of a DOMException's prototype can only be read through an instance.
    const name: unknown = Object.getOwnPropertyDescriptor(at, 'name')?.value;
    const registered = typeof name === 'string' && errorClassNamed(name)?.prototype === at;
    names.push(registered ? name : at.constructor.name);
  }
  return names.slice(0, -1);
}

export function encodeError(error: Error, inner: (part: unknown) => unknown): EncodedError {
  const properties = own(error).map((key) => {
    const enumerable = Object.prototype.propertyIsEnumerable.call(error, key);
    return [key, inner(partOf(error, key)), enumerable] as const;
  });
  const { message, stack } = error;
  return { classes: classNames(error), name: errorName(error), message: String(message), stack, properties };
}

/** An error must not hide behind a getter of its own that throws. */
function partOf(error: Error, key: string): unknown {
  try {
    return (error as unknown as Record<string, unknown>)[key];
  } catch (thrown) {
    return `[a getter that throws ${errorName(thrown)}]`;
  }
}

function classOf({ classes }: EncodedError, moduleUrl: string | undefined): ErrorClass | undefined {
  const [nearest = '', ...above] = classes;
  const exact =
    errorClassNamed(nearest) ??
    BUILT_IN.get(nearest) ??
    (moduleUrl === undefined ? undefined : taskErrorClass(moduleUrl, nearest));
  if (exact !== undefined) return exact;
  // A class that nobody here knows, made of one of ours: `instanceof` that one holds, and the name tells the rest.
  return above.map(errorClassNamed).find((found) => found !== undefined && found !== errorClassNamed('RollcallError'));
}

export function decodeError(encoded: EncodedError, { inner, made, moduleUrl }: Restoring): Error {
  const { name, stack, properties } = encoded;
  const error = bareError(encoded, classOf(encoded, moduleUrl));
  // It may be its own cause.
  made(error);
  for (const [key, value, enumerable] of properties) define(error, key, inner(value), enumerable);
  if (errorName(error) !== name) define(error, 'name', name, false);
  define(error, 'stack', stack, false);
  return error;
}

function bareError({ classes, name, message }: EncodedError, errorClass: ErrorClass | undefined): Error {
  const isDom = classes.includes('DOMException');
  if (!isDom && errorClass === undefined) return new RemoteError(message);
  const error = isDom ? new DOMException(message, name) : new Error(message);
  if (errorClass !== undefined) Object.setPrototypeOf(error, errorClass.prototype);
  return error;
}

function define(error: Error, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true });
}

/** Returns the names of the classes of an error and its causes: what the receiver must know to rebuild them. */
export function thrownClasses(thrown: unknown): string[] {
  const names: string[] = [];
  const seen = new Set<unknown>();
  for (let at = thrown; isError(at) && !seen.has(at); at = at.cause) {
    seen.add(at);
    names.push(classNames(at)[0] ?? '');
  }
  return names;
}

/** Returns whether all of these classes can be rebuilt here. */
export function classesKnown(names: readonly string[], moduleUrl: string): boolean {
  return names.every(
    (name) =>
      errorClassNamed(name) !== undefined ||
      BUILT_IN.has(name) ||
      name === 'DOMException' ||
      taskErrorClass(moduleUrl, name) !== undefined,
  );
}

/** Puts the stack of the other side under an error that came from there, as its last cause. */
export function addRemoteStack(thrown: unknown, { worker, task }: ThrownAt): void {
  if (!(thrown instanceof Error) || thrown.stack === undefined) return;
  const last = lastCause(thrown);
  // A cause that is no error is the original's own: it stays, and so does the stack.
  if (last.cause !== undefined || !Object.isExtensible(last)) return;
  const remote = new RemoteError(`thrown in ${worker}:\n${thrown.stack}`);
  define(remote, 'name', 'RemoteStack', false);
  define(remote, 'stack', `RemoteStack: ${remote.message}`, false);
  define(last, 'cause', remote, false);
  // Not twice in what is printed.
  if (last === thrown) {
    define(thrown, 'stack', `${errorName(thrown)}: ${thrown.message}\n    at ${task} (in ${worker})`, false);
  }
}

function lastCause(error: Error): Error {
  const seen = new Set<Error>([error]);
  let last = error;
  while (last.cause instanceof Error && !seen.has(last.cause)) {
    last = last.cause;
    seen.add(last);
  }
  return last;
}
