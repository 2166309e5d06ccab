import { RollcallError, Secret } from '../../base/index.js';

/** What JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Returns a copy of the value that is plain data, as JSON would have it: undefined is null, and left out of an object.
 * @throws RollcallError (`task_error`) for what JSON cannot say, or would change in silence: a function, a Map, NaN.
 */
export function jsonValue(value: unknown): JsonValue {
  try {
    return plain(value, { path: '', open: new Set() });
  } catch (error) {
    if (error instanceof RangeError) throw refused('', 'is nested too deeply');
    throw error;
  }
}

/** The same, and undefined for what is no plain data. */
export function jsonValueOrNone(value: unknown): JsonValue | undefined {
  try {
    return value === undefined ? undefined : jsonValue(value);
  } catch {
    return undefined;
  }
}

interface Place {
  readonly path: string;
  /** The objects around it. */
  readonly open: Set<object>;
}

function plain(value: unknown, place: Place): JsonValue {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw refused(place.path, `is ${value}, which JSON has no number for`);
      return value;
    case 'object':
      return value === null ? null : within(value, place);
    default:
      throw refused(place.path, `is a ${typeof value}`);
  }
}

function within(value: object, { path, open }: Place): JsonValue {
  if (Secret.is(value)) return value.toString();
  if (value instanceof Date) return plain(Number.isNaN(value.getTime()) ? null : value.toISOString(), { path, open });
  if (open.has(value)) throw refused(path, 'holds itself');
  open.add(value);
  const copy = Array.isArray(value)
    ? value.map((item, index) => plain(item, { path: `${path}[${index}]`, open }))
    : objectOf(value, { path, open });
  open.delete(value);
  return copy;
}

function objectOf(value: object, { path, open }: Place): JsonValue {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Of another realm's Object as well: its own prototype has none.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain)
    throw refused(path, `is a ${(value as { constructor?: { name?: string } }).constructor?.name || 'class'}`);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => [key, plain(item, { path: path === '' ? key : `${path}.${key}`, open })] as const);
  return Object.fromEntries(entries);
}

function refused(path: string, is: string): RollcallError {
  const where = path === '' ? 'it' : `'${path}'`;
  const says = `the task's value cannot be JSON: ${where} ${is}; return plain data: texts, numbers, lists and objects of them`;
  return new RollcallError('task_error', says, { phase: 'task' });
}
