import {
  asCompleted,
  type CompletedFutures,
  EventLoopExecutor,
  type Executor,
  type Future,
  type MapResults,
  moduleTasks,
  type ProcessPoolExecutor,
  repeat,
  type Task,
  ThreadPoolExecutor,
  task,
  type WaitResult,
  wait,
} from 'rollcall/futures';
import { expect, expectTypeOf, test } from 'vitest';

// The compiler is what tests these functions; none of them is called.
const describeDevice = task(import.meta.url, 'describeDevice', async (name: string, port?: number) => ({ name, port }));
const length = task(import.meta.url, 'length', (text: string) => text.length);
const sum3 = task(import.meta.url, 'sum3', (a: number, b: number, c: number) => a + b + c);
interface Device {
  name: string;
  port: number | undefined;
}

function submits(loop: EventLoopExecutor, threads: ThreadPoolExecutor, processes: ProcessPoolExecutor): void {
  expectTypeOf(describeDevice).toEqualTypeOf<Task<[name: string, port?: number], Promise<Device>>>();
  expectTypeOf(threads.submit(describeDevice, 'R1')).toEqualTypeOf<Future<Device>>();
  expectTypeOf(processes.submit(describeDevice, 'R1', 22)).toEqualTypeOf<Future<Device>>();
  expectTypeOf(loop.submit((n: number) => n > 1, 2)).toEqualTypeOf<Future<boolean>>();
  expectTypeOf(loop.submit(async () => 'x')).toEqualTypeOf<Future<string>>();
  // @ts-expect-error the port is a number
  threads.submit(describeDevice, 'R1', '22');
  // @ts-expect-error the name is missing
  processes.submit(describeDevice);
  // @ts-expect-error there is no third argument
  loop.submit(describeDevice, 'R1', 22, true);
  // @ts-expect-error a closure is no task
  processes.submit(() => 1);
  // @ts-expect-error an initializer is a task
  new ThreadPoolExecutor({ initializer: () => {} });
  // @ts-expect-error processes alone are replaced after so many calls
  new ThreadPoolExecutor({ maxTasksPerChild: 1 });
}

function maps(any: Executor, threads: ThreadPoolExecutor, endless: AsyncIterable<string>): void {
  expectTypeOf(any.map(length, ['a'])).toEqualTypeOf<MapResults<number>>();
  expectTypeOf(any.map(length, endless, { buffersize: 2 })).toEqualTypeOf<MapResults<number>>();
  expectTypeOf(threads.map(describeDevice, ['R1'], [22])).toEqualTypeOf<MapResults<Device>>();
  expectTypeOf(any.map(sum3, [1], new Set([2]), repeat(3), { chunksize: 2 })).toEqualTypeOf<MapResults<number>>();
  // @ts-expect-error the inputs are texts
  any.map(length, [1]);
  // @ts-expect-error the second input is one of numbers
  any.map(describeDevice, ['R1'], ['22']);
  // @ts-expect-error an input is missing
  any.map(sum3, [1], [2]);
  // @ts-expect-error a chunksize is a number
  any.map(length, ['a'], { chunksize: '2' });
  // @ts-expect-error there is no such option
  any.map(length, ['a'], { chunkSize: 2 });
}

function views(loop: EventLoopExecutor, threads: ThreadPoolExecutor): void {
  const view = threads.with({ key: 'R1', priority: 1, timeoutMs: 5, repeatable: false });
  expectTypeOf(view).toEqualTypeOf<Executor>();
  expectTypeOf(view.submit(length, 'a')).toEqualTypeOf<Future<number>>();
  expectTypeOf(view.with({ key: 'R2' }).map(length, ['a'])).toEqualTypeOf<MapResults<number>>();
  expectTypeOf(loop.with({ signal: new AbortController().signal }).submit(() => 1)).toEqualTypeOf<Future<number>>();
  // @ts-expect-error the argument of a call through a view is checked as well
  view.submit(length, 1);
  // @ts-expect-error a key is a text
  threads.with({ key: 1 });
  // @ts-expect-error there is no such option
  threads.with({ prio: 1 });
}

async function completions(futures: Future<string>[], mixed: (Future<string> | Future<number>)[]): Promise<void> {
  expectTypeOf(asCompleted(futures)).toEqualTypeOf<CompletedFutures<Future<string>>>();
  for await (const future of asCompleted(futures, { timeoutMs: 1 })) {
    expectTypeOf(future).toEqualTypeOf<Future<string>>();
    expectTypeOf(await future).toEqualTypeOf<string>();
  }
  for await (const future of asCompleted(mixed)) expectTypeOf(await future).toEqualTypeOf<string | number>();
  expectTypeOf(await wait(futures)).toEqualTypeOf<WaitResult<Future<string>>>();
  expectTypeOf(await Promise.all(futures)).toEqualTypeOf<string[]>();
  // @ts-expect-error asCompleted takes futures
  asCompleted([Promise.resolve(1)]);
  // @ts-expect-error there are three reasons to return
  wait(futures, { returnWhen: 'SOON' });
}

function modules(threads: ThreadPoolExecutor): void {
  const heavy = moduleTasks<typeof import('./tasks/basic.mjs')>('file:///heavy.js');
  expectTypeOf(threads.submit(heavy.add, 1, 2)).toEqualTypeOf<Future<number>>();
  expectTypeOf(heavy.add).toEqualTypeOf<Task<[a: number, b: number], Promise<number>>>();
  // @ts-expect-error the module exports no such function
  threads.submit(heavy.subtract, 1, 2);
  // @ts-expect-error the arguments are numbers
  threads.submit(heavy.add, '1', 2);
}

test('submit infers argument and result types', () => expect(submits).toBeTypeOf('function'));
test('map infers argument and result types by overloads', () => expect(maps).toBeTypeOf('function'));
test('with infers argument and result types', () => expect(views).toBeTypeOf('function'));
test('asCompleted and wait infer the types of their futures', () => expect(completions).toBeTypeOf('function'));
test('moduleTasks infers the functions of a module', () => expect(modules).toBeTypeOf('function'));
test('what is inferred is what comes: the tasks run', async () => {
  const executor = new EventLoopExecutor();
  expect(await executor.submit(describeDevice, 'R1', 22)).toEqual({ name: 'R1', port: 22 });
  expect(await executor.submit(length, 'abc')).toBe(3);
  expect(await executor.submit(sum3, 1, 2, 3)).toBe(6);
});
