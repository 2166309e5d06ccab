import async_hooks = require('node:async_hooks');
import node_url = require('node:url');
import registry = require('./worker-registry.cjs');

type Found = (...args: unknown[]) => unknown;

async function importTaskModule(url: string): Promise<object> {
  const calls = registry.processWide('currentWorker', () => new async_hooks.AsyncLocalStorage<unknown>());
  try {
    // What a module does while it is loaded belongs to nobody's call: see `refuseWhileLoaded`.
    return await calls.exit(() => (url.endsWith('.cjs') ? requireModule(url) : import(url)));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_UNKNOWN_FILE_EXTENSION' || !/\.[cm]?ts$/.test(url)) throw error;
    throw new TypeError(
      `Node ${process.versions.node} cannot run the TypeScript task file ${url}: ` +
        'compile it to JavaScript, or use Node 22.18 or later',
      { cause: error },
    );
  }
}

/** What `import` would give, without starting Node's loader of ES modules: it takes 4 ms in a new worker. */
function requireModule(url: string): object {
  const exports: unknown = require(node_url.fileURLToPath(url));
  return { ...(exports as object), default: exports };
}

/** Node gives the exports of a CommonJS module names only where it can read them off its source: the rest is here. */
function commonJsExport({ default: exports }: Record<string, unknown>, name: string): unknown {
  const named = typeof exports === 'object' && exports !== null && Object.hasOwn(exports, name);
  return named ? (exports as Record<string, unknown>)[name] : undefined;
}

/** Returns the function at that address, and loads its module first when it must. */
async function findTask({ url, name }: { readonly url: string; readonly name: string }): Promise<Found> {
  const key = `${url}#${name}`;
  const tasks = registry.processWide('tasks', () => new Map<string, Found>());
  const known = tasks.get(key);
  if (known !== undefined) return known;
  const module = (await importTaskModule(url)) as Record<string, unknown>;
  const found = tasks.get(key) ?? module[name] ?? commonJsExport(module, name);
  if (typeof found !== 'function') throw new TypeError(`the module ${url} has no task or exported function '${name}'`);
  return found as Found;
}

export = { findTask, importTaskModule };
