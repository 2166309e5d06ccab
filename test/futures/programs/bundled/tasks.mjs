import { currentWorker, InvalidStateError, task } from 'rollcall/futures';

const url = import.meta.url;
export const twice = task(url, 'twice', (n) => 2 * n);
export const refuse = task(url, 'refuse', () => {
  throw new InvalidStateError('as it was thrown');
});
/** Tells its worker, and the names that are registered for this file: a second copy of the package would have its own. */
export const where = task(url, 'where', () => ({
  worker: currentWorker().name,
  registered: [...globalThis[Symbol.for('rollcall.registry')].get('tasks').keys()]
    .filter((key) => key.startsWith(`${url}#`))
    .map((key) => key.slice(url.length + 1))
    .sort(),
}));
