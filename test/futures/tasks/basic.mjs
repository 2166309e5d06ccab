import { setTimeout as sleep } from 'node:timers/promises';
import { currentWorker, task } from 'rollcall/futures';

export class OddError extends Error {
  constructor(message, odd) {
    super(message);
    this.odd = odd;
  }
}
class HiddenError extends Error {}
HiddenError.prototype.name = 'HiddenError';

const url = import.meta.url;
export const add = task(url, 'add', (a, b) => a + b);
export const echo = task(url, 'echo', (value) => value);
export const later = task(url, 'later', async (ms, value) => {
  await sleep(ms);
  return value;
});
export const fail = task(url, 'fail', (message) => {
  throw Object.assign(new TypeError(message, { cause: new RangeError('below') }), { code: 'E_ODD', extra: { a: [1] } });
});
export const failOdd = task(url, 'failOdd', (message) => {
  throw new OddError(message, 7);
});
export const failHidden = task(url, 'failHidden', (message) => {
  throw new HiddenError(message);
});
export const throwValue = task(url, 'throwValue', (value) => {
  throw value;
});
export const who = task(url, 'who', async (ms = 0) => {
  await sleep(ms);
  const { executor, name, threadName, callId, kind } = currentWorker();
  return { executor, name, threadName, callId, kind, pid: process.pid };
});
export const exit = task(url, 'exit', (code) => process.exit(code));
export const untilAborted = task(url, 'untilAborted', (started) => {
  const { signal, emit } = currentWorker();
  if (started) currentWorker().emit('started');
  return new Promise((_, reject) => {
    const timer = setInterval(() => {}, 1000);
    const stop = () => {
      clearInterval(timer);
      reject(signal.reason);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
});
export const chat = task(url, 'chat', async (count) => {
  for (let at = 0; at < count; at++) currentWorker().emit({ at });
  const answer = await currentWorker().ask({ question: 'code?' });
  return `got ${answer}`;
});
export const badResult = task(url, 'badResult', () => ({ deep: [{ fn() {} }] }));
