import { currentWorker, task } from 'rollcall/futures';

const url = import.meta.url;
/** Fails in the worker of that number, and only there. */
export const failInWorker = task(url, 'failInWorker', (number) => {
  if (currentWorker().name.endsWith(`_${number}`)) throw new RangeError(`no start in worker ${number}`);
});
export const exitWith = task(url, 'exitWith', (code) => process.exit(code));
/** Asks first, so that the test decides when it dies. */
export const exitWhenTold = task(url, 'exitWhenTold', async (code) => {
  await currentWorker().ask('die?');
  process.exit(code);
});
export const pidWhenTold = task(url, 'pidWhenTold', async () => {
  await currentWorker().ask(process.pid);
  return process.pid;
});
export const callIdOf = task(url, 'callIdOf', () => currentWorker().callId);
export const throwInTimer = task(url, 'throwInTimer', () => {
  setImmediate(() => {
    throw new RangeError('thrown outside of any call');
  });
  return new Promise((resolve) => setTimeout(resolve, 60_000));
});
export const makeBigThenSay = task(url, 'makeBigThenSay', (length) => {
  currentWorker().emit('made');
  return 'y'.repeat(length);
});
export const exitIf = task(url, 'exitIf', (now) => now && process.exit(9));
/** Dies when its call is over. */
export const throwSoon = task(url, 'throwSoon', (message) => {
  setTimeout(() => {
    throw new RangeError(message);
  }, 20);
  return 'returned';
});
export const makeBig = task(url, 'makeBig', (length) => 'y'.repeat(length));
/** Its result ends the worker when it is read. */
export const exitWhilePacked = task(url, 'exitWhilePacked', (code) => ({
  get end() {
    return process.exit(code);
  },
}));
let remembered;
export const remember = task(url, 'remember', (value) => {
  remembered = new WeakRef(value);
  return 'remembered';
});
export const isForgotten = task(url, 'isForgotten', async () => {
  for (let at = 0; at < 50 && remembered.deref() !== undefined; at++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    globalThis.gc();
  }
  return remembered.deref() === undefined;
});
/** Whether the preload of the program was loaded in this worker. */
export const isPreloaded = task(url, 'isPreloaded', () => globalThis.preloaded === true);
