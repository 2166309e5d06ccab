/**
 * The one place for what must exist once per process: two copies of a module (a bundle beside a package, ESM beside
 * CommonJS) find the same object here, because `Symbol.for` is shared by the whole process.
 */
const KEY = Symbol.for('rollcall.registry');

/** Returns the process-wide value of that name, and makes it with `create` at the first call. */
export function processWide<T>(name: string, create: () => T): T {
  const holder = globalThis as { [KEY]?: Map<string, unknown> };
  holder[KEY] ??= new Map();
  const values = holder[KEY];
  if (!values.has(name)) values.set(name, create());
  return values.get(name) as T;
}
