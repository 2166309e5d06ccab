import { types } from 'node:util';

/** Returns the name of a value's type, for people: `Object`, `string`, `undefined`. */
export function describeType(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const prototype: { constructor?: { name?: unknown } } | null = Object.getPrototypeOf(value);
  const name = prototype?.constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

/** Returns whether it is an error, also one of another realm (`node:vm`), which is no instance of our `Error`. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** Returns the name that an error goes by, or the type of what was thrown in its place. */
export function errorName(error: unknown): string {
  if (!isError(error)) return describeType(error);
  // A class that sets no name inherits one that says less than its own.
  return error.name === 'Error' ? describeType(error) : error.name;
}

/** Returns a function's name for a message. */
export function functionName(fn: unknown): string {
  const name = typeof fn === 'function' ? fn.name : '';
  return name === '' ? 'an anonymous function' : `'${name}'`;
}
