import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentWorker, TimeoutError, task } from 'rollcall/futures';

export class OddError extends Error {
  constructor(message, odd) {
    super(message);
    this.odd = odd;
  }
}
class HiddenError extends Error {}

const url = import.meta.url;
export const add = task(url, 'add', (a, b) => a + b);
export const echo = task(url, 'echo', (value) => value);
export const echoAll = task(url, 'echoAll', (...values) => values);
/** Runs until the submitter answers. */
export const held = task(url, 'held', async (value) => {
  await currentWorker().ask(value);
  return value;
});
export const heldAndNamed = task(url, 'heldAndNamed', async () => {
  await currentWorker().ask();
  return currentWorker().name;
});
export const fail = task(url, 'fail', (message) => {
  throw Object.assign(new TypeError(message, { cause: new RangeError('below') }), { code: 'E_ODD', extra: { a: [1] } });
});
export const failOdd = task(url, 'failOdd', (message) => {
  throw new OddError(message, 7);
});
export const failDom = task(url, 'failDom', (message, name) => {
  throw new DOMException(message, name);
});
export const failItself = task(url, 'failItself', () => {
  const error = new RangeError('round and round');
  error.self = error;
  throw error;
});
export const returnTrap = task(url, 'returnTrap', (message) => ({
  get a() {
    throw new RangeError(message);
  },
}));
export const failHidden = task(url, 'failHidden', (message) => {
  throw new HiddenError(message);
});
export const failWhenEven = task(url, 'failWhenEven', (number) => {
  if (number % 2 === 0) throw new RangeError(`${number} is even`);
  return number;
});
export const throwValue = task(url, 'throwValue', (value) => {
  throw value;
});
export const throwTimeout = task(url, 'throwTimeout', (message) => {
  throw new TimeoutError(message);
});
export const who = task(url, 'who', async () => {
  const before = currentWorker().callId;
  await sleep(1);
  const { executor, name, threadName, callId, kind } = currentWorker();
  return { executor, name, threadName, callId, kind, pid: process.pid, same: before === callId };
});
export const exit = task(url, 'exit', (code) => process.exit(code));
export const killSelf = task(url, 'killSelf', () => process.kill(process.pid, 'SIGKILL'));
export const exhaust = task(url, 'exhaust', () => {
  const hoard = [];
  for (;;) hoard.push(new Array(1e6).fill(hoard.length));
});
export const spin = task(url, 'spin', () => {
  currentWorker().emit('spinning');
  // Later, so that the event leaves first.
  return new Promise(() =>
    setImmediate(() =>
      setImmediate(() => {
        for (;;);
      }),
    ),
  );
});
let spins = 0;
/** Keeps its worker busy, without a word, for so long. */
export const spinFor = task(url, 'spinFor', (ms) => {
  for (const end = performance.now() + ms; performance.now() < end; );
  return ++spins;
});
export const spinsSoFar = task(url, 'spinsSoFar', () => spins);
export const addOneTo = task(url, 'addOneTo', (counter) => ++counter.count);
export const untilAborted = task(url, 'untilAborted', () => {
  const { signal } = currentWorker();
  return new Promise((_, reject) => {
    const alive = setInterval(() => {}, 1000);
    signal.addEventListener('abort', () => {
      clearInterval(alive);
      reject(signal.reason);
    });
    currentWorker().emit('started');
  });
});
export const chat = task(url, 'chat', async (count) => {
  for (let at = 0; at < count; at++) currentWorker().emit({ at });
  return `got ${await currentWorker().ask({ what: 'code' })}`;
});
export const emitFunction = task(url, 'emitFunction', () => currentWorker().emit({ call() {} }));
export const emitProxy = task(url, 'emitProxy', () => currentWorker().emit(new Proxy({}, {})));
export const badResult = task(url, 'badResult', () => ({ deep: [{ fn() {} }] }));
export const proxyResult = task(url, 'proxyResult', () => new Proxy({}, {}));
export const proxyWhenEven = task(url, 'proxyWhenEven', (n) => (n % 2 === 0 ? { n: new Proxy({}, {}) } : { n }));
/** Can be read once: the codec does, and then the clone cannot. */
export const readOnceWhenEven = task(url, 'readOnceWhenEven', (n) => {
  let reads = 0;
  return {
    get n() {
      if (n % 2 === 0 && ++reads > 1) throw new RangeError('read twice');
      return n;
    },
  };
});
export const reveal = task(url, 'reveal', (secret) => ({
  length: secret.reveal().length,
  shown: String(secret),
  secret,
}));
export const note = task(url, 'note', (path, line) => appendFileSync(path, `${line}\n`));
let initialized;
export const initialize = task(url, 'initialize', (value) => {
  initialized = `${value} in ${currentWorker().name}`;
});
export const initializedWith = task(url, 'initializedWith', () => initialized);
export const sum = task(url, 'sum', (memory) => Atomics.add(new Int32Array(memory), 0, 1));
export const produce = task(url, 'produce', async (queue, from, count) => {
  for (let item = from; item < from + count; item++) await queue.put(item);
});
export const consume = task(url, 'consume', async (queue, count) => {
  const items = [];
  for (let at = 0; at < count; at++) {
    items.push(await queue.get());
    await queue.taskDone();
  }
  return items;
});
export const putNow = task(url, 'putNow', async (queue, items) => {
  const results = [];
  for (const item of items) {
    results.push(
      await queue.putNowait(item).then(
        () => queue.size,
        (error) => error.name,
      ),
    );
  }
  return results;
});
export const getNow = task(url, 'getNow', async (queue) => queue.getNowait().catch((error) => error.name));
export const getWithin = task(url, 'getWithin', (queue, timeoutMs) => queue.get({ timeoutMs }));
