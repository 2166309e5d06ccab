import { AsyncResource } from 'node:async_hooks';

/** Returns the function so that it runs in the asynchronous context of this moment, whoever calls it. */
export function bound<A extends unknown[], R>(fn: (...args: A) => R): (...args: A) => R {
  const here = contextNow();
  return (...args) => here.runInAsyncScope(fn, undefined, ...args);
}

/** Returns the asynchronous context of this moment: what AsyncLocalStorage gives there. */
export function contextNow(): AsyncResource {
  return new AsyncResource('rollcall.futures', { requireManualDestroy: true });
}
