import { EventLoopExecutor } from 'rollcall/futures';
import { expect, test } from 'vitest';
import { conformance } from './conformance.ts';

conformance({ name: 'EventLoopExecutor', kind: 'loop', make: (options) => new EventLoopExecutor(options) });

test('it takes any function, and 20 at once by default', async () => {
  const executor = new EventLoopExecutor();
  expect(executor.maxWorkers).toBe(20);
  const factor = 3;
  expect(await executor.submit((n: number) => n * factor, 2)).toBe(6);
});
