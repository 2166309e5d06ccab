import { task } from 'rollcall/futures';

const url = import.meta.url;
// Functions here use no import: Vitest writes those anew, and a task whose source differs is taken for another one.
export class PickyError extends DOMException {
  constructor(message) {
    super(message, 'PickyError');
  }
}
export const cloneFunction = task(url, 'cloneFunction', () => structuredClone({ run() {} }));
export const fetchAborted = task(url, 'fetchAborted', () =>
  fetch('http://127.0.0.1:9/', { signal: AbortSignal.abort() }),
);
export const throwDomException = task(url, 'throwDomException', (message, name) => {
  throw new DOMException(message, { name, cause: new RangeError('below') });
});
export const throwPicky = task(url, 'throwPicky', (message) => {
  throw new PickyError(message);
});
/** Its getter throws: an error, or what cannot cross itself. */
const trap = (thrown) => ({
  get a() {
    throw thrown;
  },
});
export const returnTrap = task(url, 'returnTrap', (message) => trap(new RangeError(message)));
export const returnTrapLater = task(url, 'returnTrapLater', async (message) => trap(new RangeError(message)));
export const returnTrapOfFunction = task(url, 'returnTrapOfFunction', () => trap(() => 1));
export const throwTrap = task(url, 'throwTrap', () => {
  throw trap(() => 1);
});
export const throwItself = task(url, 'throwItself', (where) => {
  const error = new RangeError('round and round');
  error[where] = error;
  throw error;
});
/** Runs the code in a realm of its own, so that its errors are no instances of this one's classes. */
export const runElsewhere = task(url, 'runElsewhere', (code) =>
  process.getBuiltinModule('node:vm').runInNewContext(code),
);
/** So many objects inside one another: arrays, records, maps or sets. */
export const returnNested = task(url, 'returnNested', (kind, depth) => {
  const outer = { array: (x) => [x], record: (x) => ({ x }), map: (x) => new Map([[1, x]]), set: (x) => new Set([x]) };
  let value = 'heart';
  for (let at = 0; at < depth; at++) value = outer[kind](value);
  return value;
});
export const throwWithCauses = task(url, 'throwWithCauses', (count) => {
  let error = new RangeError('first');
  for (let at = 0; at < count; at++) error = new TypeError(`after ${at}`, { cause: error });
  throw error;
});
/** What of a typed array's memory is to be seen. */
export const memoryOf = task(url, 'memoryOf', (view) => [view.byteOffset, view.buffer.byteLength]);
export const throwWithTrap = task(url, 'throwWithTrap', (message) => {
  throw Object.defineProperty(new TypeError(message), 'details', {
    get() {
      throw new RangeError('boom');
    },
  });
});
