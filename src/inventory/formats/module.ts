import { resolve } from 'node:path';
import { importUserModule, moduleUrl, OptionError } from '../../base/index.js';
import { InventoryError } from '../errors.js';
import { type Waiting, withinTime } from './waiting.js';

const EXPECTED =
  'export default (or `inventory`, `devices`) a list of devices, an object with devices and groups, or a function that returns one';

/** Where a module may have its inventory, the first that is there; a CommonJS module's default has all of its names. */
const EXPORTS = ['inventory', 'default', 'devices'] as const;

/**
 * Loads a module and returns what it exports as its inventory; a function is called. Throws InventoryError, AbortedError.
 */
export async function moduleValue(path: string, waiting: Waiting): Promise<unknown> {
  const file = path;
  const fail = (message: string): InventoryError => new InventoryError([{ file, message }]);
  const what = { name: file, what: 'this module' };
  const loading = importUserModule(moduleUrl(path)).catch((error: unknown) => {
    throw notLoaded(error, path);
  });
  const namespace = await withinTime(loading, what, waiting);
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

/** What is wrong with a module that cannot be loaded, in the file that is wrong: it may be one that it imports. */
function notLoaded(error: unknown, path: string): InventoryError {
  if (!(error instanceof OptionError)) throw error;
  const { file = path, line, says = error.message } = error.details ?? {};
  const problem = {
    file: file === resolve(path) ? path : String(file),
    message: `this module cannot be loaded: ${firstLine(String(says))}${causeOf(error.cause)}`,
  };
  return new InventoryError([typeof line === 'number' ? { ...problem, line } : problem]);
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

function reasonOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return `${name}: ${firstLine(message)}${causeOf(error)}`;
}

/** That of `fetch failed` is all that it says. */
function causeOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  const says = cause instanceof Error ? firstLine(cause.message) : '';
  return says === '' ? '' : ` (${says})`;
}

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').replaceAll(/\p{Cc}/gu, ' ');
