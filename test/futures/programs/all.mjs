// One program per name; the test that starts it says what must come of it.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventLoopExecutor,
  Future,
  isMainModule,
  Process,
  ProcessPoolExecutor,
  Thread,
  ThreadPoolExecutor,
  task,
} from 'rollcall/futures';
import * as tasks from '../tasks/basic.mjs';

class OwnError extends Error {}
const url = import.meta.url;
const later = task(url, 'later', (ms) => sleep(ms));
const print = task(url, 'print', (count) => {
  for (let at = 0; at < count; at++) console.log(`line ${at}`);
});
/** Has the library log something: a callback of a future that throws. */
const logs = task(url, 'logs', async () => {
  await sleep(1);
  const future = new Future();
  future.addDoneCallback(() => {
    throw new RangeError('in a callback');
  });
  future.setResult(1);
});
const failOwn = task(
  url,
  'failOwn',
  () => {
    throw new OwnError('own');
  },
  { errors: [OwnError] },
);
const printLater = task(url, 'printLater', async (line) => {
  await sleep(300);
  console.log(line);
});
/** Starts work of its own, and returns before that is done. */
const leaveBehind = task(url, 'leaveBehind', (inner) => {
  if (inner === 'thread') new Thread({ task: printLater, args: [inner] }).start();
  else make(inner).submit(printLater, inner);
});
const typescript = task(new URL('../tasks/typed.ts', url).href, 'typed', () => 'typed');
const exhaust = tasks.exhaust;

const kinds = { loop: EventLoopExecutor, threads: ThreadPoolExecutor, processes: ProcessPoolExecutor };
const make = (kind) => new kinds[kind]({ maxWorkers: 2 });

const programs = {
  finishes(kind) {
    make(kind)
      .submit(later, 200)
      .addDoneCallback(() => console.log('finished'));
  },
  async sharedSignal(kind) {
    const executor = make(kind).with({ signal: new AbortController().signal });
    const futures = Array.from({ length: 50 }, (_, at) => executor.submit(tasks.add, at, 1));
    console.log((await Promise.all(futures)).length);
  },
  async silent(kind) {
    const future = make(kind).submit(tasks.fail, 'nobody looks');
    for (let at = 0; at < 1000 && !future.done(); at++) await sleep(10);
    // An unhandled rejection would be told of by now.
    await sleep(10);
    console.log(future.done());
  },
  prints(kind) {
    make(kind).submit(print, 500);
  },
  async logs(kind) {
    const executor = new kinds[kind]({ maxWorkers: 1, threadNamePrefix: 'Poll' });
    await executor.submit(logs);
    logs();
  },
  async classes(kind) {
    const executor = make(kind);
    const odd = await executor.submit(tasks.failOdd, 'odd').exception();
    console.log(odd instanceof tasks.OddError, odd.odd, odd.message);
    const own = await executor.submit(failOwn).exception();
    console.log(own instanceof OwnError, own.message);
  },
  async raises(kind) {
    await make(kind).submit(tasks.fail, 'Authentication failure');
  },
  async collects(kind) {
    const executor = make(kind);
    const refs = [];
    await (async () => {
      const value = { big: new Array(1000).fill(1) };
      const result = await executor.submit(tasks.echo, value);
      refs.push(new WeakRef(value), new WeakRef(result));
    })();
    for (let at = 0; at < 10 && refs.some((ref) => ref.deref()); at++) {
      await sleep(10);
      globalThis.gc();
    }
    console.log(refs.map((ref) => ref.deref() === undefined).join(' '));
    await executor.shutdown();
  },
  async dropped(kind) {
    let executor = make(kind);
    const future = executor.submit(later, 20);
    executor = undefined;
    // The processes that are alive stand in the registry of the package.
    const children = () => globalThis[Symbol.for('rollcall.registry')].get('children')?.size ?? 0;
    for (let at = 0; at < 200 && (children() > 0 || !future.done()); at++) {
      await sleep(10);
      globalThis.gc();
    }
    console.log(future.snapshot().state, children() === 0);
  },
  async typescript(kind) {
    console.log((await make(kind).submit(typescript).exception())?.message ?? 'typed');
  },
  async outOfMemory(kind) {
    const executor = make(kind);
    const error = await executor.submit(exhaust).exception();
    console.log(error.name, error.cause.cause?.code ?? error.cause.message);
    await executor.shutdown();
  },
  async interrupted(kind) {
    const executor = make(kind);
    const { pid } = await executor.submit(tasks.who);
    const future = executor.submit(later, 300);
    process.once('SIGINT', () => console.log('parent heard'));
    process.kill(process.pid, 'SIGINT');
    if (pid !== process.pid) process.kill(pid, 'SIGINT');
    await future;
    console.log('work done');
  },
  async interruptedEarly() {
    const executor = new ProcessPoolExecutor({ maxWorkers: 1 });
    const future = executor.submit(tasks.add, 1, 2);
    const [child] = globalThis[Symbol.for('rollcall.registry')].get('children');
    child.kill('SIGINT');
    console.log(await future, child.signalCode);
  },
  async orphans() {
    const executor = new ProcessPoolExecutor({ maxWorkers: 2 });
    const pids = [executor.submit(tasks.who), executor.submit(tasks.who)];
    const idle = (await Promise.all(pids)).map(({ pid }) => pid);
    executor.submit(tasks.untilAborted);
    console.log(JSON.stringify([...new Set(idle)]));
  },
  async busyAtExit() {
    const executor = new ProcessPoolExecutor({ maxWorkers: 1 });
    const { pid } = await executor.submit(tasks.who);
    executor.submit(tasks.spin).onEvent(() => {
      console.log(JSON.stringify([pid]));
      process.exit(0);
    });
  },
  async nested(kind, how) {
    const executor = make(kind);
    for (const inner of ['loop', 'threads', 'processes', 'thread']) await executor.submit(leaveBehind, inner);
    if (how === 'shutdown') await executor.shutdown();
  },
  daemons() {
    for (const Kind of [Thread, Process]) new Kind({ task: later, args: [60_000], daemon: true }).start();
    const run = new Thread({ task: later, args: [50] });
    run.start();
    run.future.addDoneCallback(() => console.log('thread done'));
  },
};

// Also tells whether the guard holds: without it every worker would run the program again.
if (isMainModule(import.meta)) await programs[process.argv[2]](...process.argv.slice(3));
