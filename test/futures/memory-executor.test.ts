import { BrokenExecutorError, CancelledError } from 'rollcall/futures';
import { afterEach, describe, expect, test } from 'vitest';
import { conformance } from './conformance.ts';
import { Gate, rejection, until } from './gate.ts';
import { randomOf, type Weather } from './lossy-wire.ts';
import { MemoryEngine } from './memory-engine.ts';
import { MemoryExecutor, type MemoryExecutorOptions } from './memory-executor.ts';
import * as tasks from './tasks/basic.mjs';

conformance({
  name: 'MemoryExecutor',
  kind: 'loop',
  crosses: true,
  remote: true,
  make: (options) => new MemoryExecutor(options),
  skips: {
    'a call that is aborted before its function has begun does not begin it':
      'no call runs in the turn of its submit here: one that is aborted then is cancelled',
  },
});

const opened: MemoryExecutor[] = [];
const open = (options: MemoryExecutorOptions = {}): MemoryExecutor => {
  const executor = new MemoryExecutor({ maxWorkers: 2, ...options });
  opened.push(executor);
  return executor;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.shutdown({ cancelFutures: true })));
});

describe('an executor whose calls are queued elsewhere', () => {
  test.each([1, 2, 3])(
    'delay, loss and duplicates run each call once and settle it once (weather %i)',
    async (seed) => {
      const weather: Weather = { seed, delayMs: 2, loss: 0.3, duplicates: 0.3 };
      const executor = open({ weather });
      const random = randomOf(seed);
      let settled = 0;
      for (let at = 0; at < 100; at++) {
        const future = executor.submit(tasks.add, at, 1);
        future.addDoneCallback(() => {
          settled += 1;
        });
        if (random() < 0.3) await new Promise(setImmediate);
      }
      await executor.shutdown();
      expect(settled).toBe(100);
      expect([...executor.engine.runs.values()]).toEqual(Array.from({ length: 100 }, () => 1));
      const counts = executor.engine.wires.map((wire) => wire.counts);
      expect(counts.reduce((sum, { lost }) => sum + lost, 0)).toBeGreaterThan(0);
      expect(counts.reduce((sum, { duplicated }) => sum + duplicated, 0)).toBeGreaterThan(0);
    },
  );

  test('cancel is true only while the call is still here, and requestCancel is exact', async () => {
    const executor = open({ maxWorkers: 1 });
    const gate = new Gate();
    const running = executor.with({ onQuestion: gate.answer }).submit(tasks.held, 1);
    await until(() => running.running());
    const [here, gone, left] = [1, 2, 3].map((n) => executor.submit(tasks.add, n, 1));
    expect(here?.cancel()).toBe(true);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect([gone?.cancel(), gone?.done()]).toEqual([false, false]);
    expect([await gone?.requestCancel(), gone?.cancelled(), gone?.cancel()]).toEqual([true, true, true]);
    expect(await running.requestCancel()).toBe(false);
    gate.open();
    expect(await left).toBe(4);
    expect(await left?.requestCancel()).toBe(false);
    expect(executor.engine.runs.size).toBe(2);
  });

  test('abort reaches a call that waits elsewhere: it is cancelled and never runs', async () => {
    const executor = open({ maxWorkers: 1 });
    const gate = new Gate();
    const running = executor.with({ onQuestion: gate.answer }).submit(tasks.held, 1);
    await until(() => running.running());
    const waiting = executor.submit(tasks.add, 1, 1);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(waiting.abort()).toBe(true);
    expect(await rejection(waiting)).toBeInstanceOf(CancelledError);
    gate.open();
    await running;
    expect(executor.engine.runs.size).toBe(1);
  });

  test('attach finds a running and a finished call by its id, also from another submitter; an unknown id is an error', async () => {
    const engine = new MemoryEngine({
      name: 'Engine',
      maxWorkers: 2,
      weather: { seed: 5, delayMs: 1, loss: 0.2, duplicates: 0.2 },
    });
    const [first, second] = [open({ engine }), open({ engine })];
    const gate = new Gate();
    const running = first.with({ onQuestion: gate.answer }).submit(tasks.held, 7);
    const failed = first.submit(tasks.failWhenEven, 2);
    await until(() => running.running() && failed.done());
    const again = second.attach(running.id);
    expect((await rejection(second.attach(failed.id))).message).toBe('2 is even');
    expect((await rejection(second.attach('nobody-1'))).message).toContain("no call 'nobody-1'");
    await until(() => again.running());
    gate.open();
    expect(await Promise.all([running, again])).toEqual([7, 7]);
    expect(engine.runs.get(running.id)).toBe(1);
  });

  test('the engine outlives a submitter that shut down without waiting', async () => {
    const engine = new MemoryEngine({
      name: 'Engine',
      maxWorkers: 1,
      weather: { seed: 6, delayMs: 1, loss: 0.1, duplicates: 0 },
    });
    const [first, second] = [open({ engine }), open({ engine })];
    const gate = new Gate();
    const { id } = first.with({ onQuestion: gate.answer }).submit(tasks.held, 7);
    await until(() => gate.asked === 1);
    await first.shutdown({ wait: false });
    const attached = second.attach(id);
    gate.open();
    expect(await attached).toBe(7);
  });

  test('a lost worker: repeatable: true is run again, everything else is never run twice by itself', async () => {
    for (const repeatable of [true, false, undefined]) {
      const executor = open();
      let asked = 0;
      const gate = new Gate();
      const options = {
        onQuestion: () => {
          asked += 1;
          return gate.answer();
        },
      };
      const future = executor.with({ repeatable, ...options }).submit(tasks.held, 7);
      await until(() => asked === 1);
      executor.engine.loseWorkerOf(future.id);
      if (repeatable === true) {
        await until(() => asked === 2);
        gate.open();
        expect(await future).toBe(7);
      } else {
        gate.open();
        expect(await rejection(future)).toBeInstanceOf(BrokenExecutorError);
      }
      expect(executor.engine.runs.get(future.id)).toBe(repeatable === true ? 2 : 1);
    }
  });
});
