import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InventoryError } from '../errors.js';
import { type Waiting, withinTime } from './waiting.js';

const EXPECTED =
  'export default (or `inventory`, `devices`) a list of devices, an object with devices and groups, or a function that returns one';

/** Where a module may have its inventory, the first that is there; a CommonJS module's default has all of its names. */
const EXPORTS = ['inventory', 'default', 'devices'] as const;

/**
 * Loads a module and returns what it exports as its inventory; a function is called. TypeScript is loaded by Node where it
 * can, else by jiti. Throws InventoryError, AbortedError.
 */
export async function moduleValue(path: string, waiting: Waiting): Promise<unknown> {
  const file = path;
  const fail = (message: string): InventoryError => new InventoryError([{ file, message }]);
  const what = { name: file, what: 'this module' };
  const namespace = await withinTime(loadModule(resolve(path)), what, waiting).catch((error: unknown) => {
    if (error instanceof InventoryError || waiting.signal?.aborted) throw error;
    throw fail(`this module cannot be loaded: ${reasonOf(error)}`);
  });
  const found = exported(namespace);
  if (found === undefined) throw fail(`this module exports no inventory; ${EXPECTED}`);
  if (typeof found !== 'function') return withinTime(Promise.resolve(found), what, waiting);
  const call = found as (options: { readonly signal: AbortSignal | undefined }) => unknown;
  const returned = (async () => call({ signal: waiting.signal }))();
  const value = await withinTime(returned, what, waiting).catch((error: unknown) => {
    throw error instanceof InventoryError || waiting.signal?.aborted
      ? error
      : fail(`its function failed: ${reasonOf(error)}`);
  });
  if (value === null || typeof value !== 'object') throw fail(`its function returned ${kindOf(value)}; ${EXPECTED}`);
  return value;
}

async function loadModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  const isTypeScript = /\.[cm]?ts$/i.test(path);
  if (!isTypeScript || hasTypeScript()) return import(pathToFileURL(path).href);
  const { createJiti } = await import('jiti');
  return createJiti(import.meta.url, { fsCache: false, interopDefault: false }).import(path);
}

/** Node strips types by itself from 22.18 on. */
function hasTypeScript(): boolean {
  return Boolean((process.features as { readonly typescript?: unknown }).typescript);
}

function exported(namespace: Readonly<Record<string, unknown>>): unknown {
  for (const name of EXPORTS) {
    const value = namespace[name];
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
    if (name !== 'default' || !isEmptyObject(value)) return value;
  }
  return undefined;
}

/** What a loader gives a module without a default export. */
function isEmptyObject(value: object): boolean {
  return !Array.isArray(value) && typeof value !== 'function' && Object.keys(value).length === 0;
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : value === undefined ? 'nothing' : `a ${typeof value}`;
}

/** With its cause: that of `fetch failed` is all that it says. */
function reasonOf(error: unknown): string {
  const { name, message, cause } =
    error instanceof Error ? error : { name: 'Error', message: String(error), cause: undefined };
  const why = cause instanceof Error ? ` (${firstLine(cause.message)})` : '';
  return `${name}: ${firstLine(message)}${why === ' ()' ? '' : why}`;
}

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').replaceAll(/\p{Cc}/gu, ' ');
