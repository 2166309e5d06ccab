import {
  asCompleted,
  type EventLoopExecutor,
  type Executor,
  Future,
  isMainModule,
  moduleTasks,
  ThreadPoolExecutor,
  task,
} from 'rollcall/futures';
import { expect, expectTypeOf, test } from 'vitest';
import { workerFlags } from '#dist/futures/engine.js';
import { rejection } from './gate.ts';
import * as tasks from './tasks/basic.mjs';

const basic = new URL('./tasks/basic.mjs', import.meta.url).href;

test('a task stays an ordinary function', () => {
  const double = task(import.meta.url, 'double', (n: number) => 2 * n);
  expect(double(2)).toBe(4);
  expect(double.name).toBe('double');
});

test('a task needs a module URL, a name and a function', () => {
  expect(() => task('./x.js', 'x', () => 1)).toThrow('import.meta.url');
  expect(() => task(import.meta.url, '', () => 1)).toThrow('name');
  expect(() => task(import.meta.url, 'x', 5 as never)).toThrow('function');
});

test('moduleTasks finds what a CommonJS module exports under computed names', async () => {
  const url = new URL('./tasks/computed.cjs', import.meta.url).href;
  const { double, triple } = moduleTasks<{ double(value: number): number; triple(value: number): number }>(url);
  await using executor = new ThreadPoolExecutor({ maxWorkers: 1 });
  expect([await executor.submit(double, 4), await executor.submit(triple, 4)]).toEqual([8, 12]);
  const { missing } = moduleTasks<{ missing(): void }>(url);
  await expect(executor.submit(missing)).rejects.toThrow(/has no task or exported function 'missing'/);
});

test('moduleTasks makes tasks of what a module exports', async () => {
  const { add } = moduleTasks<typeof import('./tasks/basic.mjs')>(basic);
  await using executor = new ThreadPoolExecutor({ maxWorkers: 1 });
  expect(await executor.submit(add, 1, 2)).toBe(3);
  const { nothing } = moduleTasks<{ nothing(): void }>(basic);
  expect((await rejection(executor.submit(nothing))).message).toContain("no task or exported function 'nothing'");
});

test('a task whose module cannot be loaded fails with the reason', async () => {
  await using executor = new ThreadPoolExecutor({ maxWorkers: 1 });
  const lost = task(new URL('./tasks/not-there.mjs', import.meta.url).href, 'lost', () => 1);
  expect((await rejection(executor.submit(lost))).code).toBe('ERR_MODULE_NOT_FOUND');
});

test('isMainModule is false for a module that is not the program', () => {
  expect(isMainModule(import.meta)).toBe(false);
});

test('workers take over all flags of Node but those that name a program', () => {
  const flags = [
    '--expose-gc',
    '-e',
    'code',
    '--input-type=module',
    '--import',
    'x',
    '--input-type',
    'module',
    '--test',
  ];
  expect(workerFlags(flags)).toEqual(['--expose-gc', '--import', 'x']);
});

test('argument and result types are inferred, and a wrong argument does not compile', () => {
  const check = (loop: EventLoopExecutor, threads: ThreadPoolExecutor, any: Executor): void => {
    expectTypeOf(loop.submit(async (n: number) => `${n}`, 1)).toEqualTypeOf<Future<string>>();
    expectTypeOf(threads.submit(tasks.add, 1, 2)).toEqualTypeOf<Future<number>>();
    expectTypeOf(any.submit(tasks.who)).toEqualTypeOf<Future<tasks.Who>>();
    // @ts-expect-error the second argument is missing
    threads.submit(tasks.add, 1);
    // @ts-expect-error the second argument is a number
    any.submit(tasks.add, 1, '2');
    // @ts-expect-error a plain function is no task
    threads.submit(() => 1);
    // @ts-expect-error the inputs are numbers
    any.map(tasks.add, [1], ['2']);
    void (async () => {
      for await (const sum of any.map(tasks.add, [1], [2], { chunksize: 2 })) expectTypeOf(sum).toEqualTypeOf<number>();
      for await (const future of asCompleted([new Future<string>()])) {
        expectTypeOf(future).toEqualTypeOf<Future<string>>();
      }
    });
  };
  expect(check).toBeTypeOf('function');
});
