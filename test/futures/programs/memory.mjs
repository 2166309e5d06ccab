// What is held and what is let go: one program per name, to be run with --expose-gc.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  asCompleted,
  EventLoopExecutor,
  Future,
  isMainModule,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
  TimeoutError,
} from 'rollcall/futures';
import * as tasks from '../tasks/basic.mjs';
import * as trouble from '../tasks/trouble.mjs';

const kinds = { loop: EventLoopExecutor, threads: ThreadPoolExecutor, processes: ProcessPoolExecutor };
const MEGABYTE = 2 ** 20;

async function collected(refs) {
  for (let at = 0; at < 50 && refs.some((ref) => ref.deref()); at++) {
    await sleep(5);
    globalThis.gc();
  }
  return refs.every((ref) => ref.deref() === undefined);
}

/** Ten readings after collections, the lowest: what is really held. */
async function held() {
  let lowest = Infinity;
  for (let at = 0; at < 10; at++) {
    globalThis.gc();
    await sleep(2);
    lowest = Math.min(lowest, process.memoryUsage().heapUsed);
  }
  return lowest;
}

async function rss() {
  let lowest = Infinity;
  for (let at = 0; at < 10; at++) {
    globalThis.gc();
    await sleep(5);
    lowest = Math.min(lowest, process.memoryUsage().rss);
  }
  return lowest;
}

const programs = {
  async asCompleted() {
    const refs = [];
    // In functions of their own: what stands in the frame of this one is held by it.
    const completed = (() => {
      const futures = Array.from({ length: 8 }, () => new Future());
      for (const future of futures) {
        future.setResult({ big: new Array(1000).fill(1) });
        refs.push(new WeakRef(future));
      }
      return asCompleted([...futures, new Future()], { timeoutMs: 0 });
    })();
    const next = async () => void (await completed.next());
    for (let at = 0; at < 8; at++) await next();
    const free = await collected(refs);
    const late = await completed.next().catch((error) => error);
    console.log(free, late instanceof TimeoutError);
  },
  async map(kind) {
    const executor = new kinds[kind]({ maxWorkers: 1 });
    const inputs = () => Array.from({ length: 5 }, (_, at) => ({ at, big: new Array(1000).fill(at) }));
    const results = (() => executor.map(tasks.echo, inputs(), { chunksize: 2 }))();
    const refs = [];
    for (let at = 0; at < 5; at++) {
      await (async () => {
        const { value } = await results.next();
        refs.push(new WeakRef(value));
      })();
    }
    console.log(await collected(refs));
    await executor.shutdown();
    // The iterator itself is still held: what it yielded is not.
    console.log((await results.next()).done);
  },
  async worker(kind) {
    const executor = new kinds[kind]({ maxWorkers: 1 });
    const said = await executor.submit(trouble.remember, { big: new Array(1000).fill(1) });
    console.log(said, await executor.submit(trouble.isForgotten));
    await executor.shutdown();
  },
  async atExit(kind) {
    const executor = new kinds[kind]({ maxWorkers: 1 });
    const first = await executor.submit(tasks.add, 1, 1);
    await executor.shutdown();
    const late = new kinds[kind]({ maxWorkers: 1 });
    process.on('exit', () => {
      const future = late.submit(tasks.add, 2, 2);
      future.addDoneCallback(() => console.log('never'));
      console.log(first, future.done());
    });
  },
  async closure() {
    const executor = new EventLoopExecutor();
    const refs = [];
    const futures = [];
    (() => {
      const big = new Array(1000).fill(1);
      const fn = () => big.length;
      refs.push(new WeakRef(fn), new WeakRef(big));
      futures.push(executor.submit(fn));
    })();
    await futures[0];
    console.log(await collected(refs), futures[0].snapshot().value);
  },
  /** Prints what is left after so many pools. */
  async pools(kind, count) {
    const once = async () => {
      const executor = new kinds[kind]({ maxWorkers: 1 });
      const value = await executor.submit(tasks.add, 1, 1);
      await executor.shutdown();
      return value;
    };
    for (let at = 0; at < Math.ceil(count / 10); at++) await once();
    const before = await rss();
    for (let at = 0; at < count; at++) await once();
    const after = await rss();
    const handles = process
      .getActiveResourcesInfo()
      .filter((name) => !/^(?:TTYWrap|PipeWrap|FSReqPromise)$/.test(name));
    console.log(JSON.stringify({ growth: after / before - 1, handles }));
  },
  /** Prints how much more is held after all calls than after the first part of them. */
  async calls(kind, count) {
    const executor = new kinds[kind]({ maxWorkers: 1 });
    const some = async (number) => {
      for (let left = number; left > 0; left -= 1000) {
        const futures = Array.from({ length: Math.min(left, 1000) }, (_, at) => executor.submit(tasks.add, at, 1));
        for (const future of futures) await future;
      }
    };
    await some(count / 10);
    const before = await held();
    await some((count * 9) / 10);
    const after = await held();
    console.log(JSON.stringify({ growth: after / before - 1, beforeMb: before / MEGABYTE, afterMb: after / MEGABYTE }));
    await executor.shutdown();
  },
};

if (isMainModule(import.meta)) await programs[process.argv[2]](process.argv[3], Number(process.argv[4]));
