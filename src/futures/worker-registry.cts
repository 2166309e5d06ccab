// The worker's way to what is one per process. It is the registry of base, found by its symbol: the worker's program
// must start fast, so it loads nothing of the package before a call needs it.
const KEY = Symbol.for('rollcall.registry');

/** Returns the process-wide value of that name, and makes it with `create` at the first call. */
function processWide<T>(name: string, create: () => T): T {
  const holder = globalThis as { [KEY]?: Map<string, unknown> };
  holder[KEY] ??= new Map();
  const values = holder[KEY];
  if (!values.has(name)) values.set(name, create());
  return values.get(name) as T;
}

/** Returns the value of that name if there is one. */
function known<T>(name: string): T | undefined {
  return (globalThis as { [KEY]?: Map<string, unknown> })[KEY]?.get(name) as T | undefined;
}

export = { processWide, known };
