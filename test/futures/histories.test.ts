import fc from 'fast-check';
import { EventLoopExecutor, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import { expect, test } from 'vitest';
import { type HistorySubject, histories, runHistory } from './histories.ts';
import { MemoryExecutor } from './memory-executor.ts';
import { Model } from './model.ts';

// `npm run test:long` runs 10,000; ROLLCALL_SEED=… repeats a run.
const total = process.env.ROLLCALL_LONG === '1' ? 10_000 : 500;
const seed = Number(process.env.ROLLCALL_SEED ?? Date.now() % 2 ** 31);

const onWorkerLost = (replaces: boolean): 'replace' | 'break' => (replaces ? 'replace' : 'break');
const subjects: (HistorySubject & { readonly share: number })[] = [
  {
    name: 'the event loop',
    share: 0.5,
    mortal: false,
    make: (maxWorkers) => new EventLoopExecutor({ maxWorkers }),
  },
  {
    name: 'the memory executor',
    share: 0.2,
    mortal: false,
    make: (maxWorkers) => new MemoryExecutor({ maxWorkers }),
  },
  {
    name: 'threads',
    share: 0.22,
    mortal: true,
    make: (maxWorkers, replaces) => new ThreadPoolExecutor({ maxWorkers, onWorkerLost: onWorkerLost(replaces) }),
  },
  {
    name: 'processes',
    share: 0.08,
    mortal: true,
    make: (maxWorkers, replaces) => new ProcessPoolExecutor({ maxWorkers, onWorkerLost: onWorkerLost(replaces) }),
  },
];

test.each(subjects)('$name keeps the contract in any history', { timeout: 60_000 + total * 300 }, async (subject) => {
  const numRuns = Math.round(total * subject.share);
  console.log(`${subject.name}: ${numRuns} histories, ROLLCALL_SEED=${seed}`);
  await fc.assert(
    fc.asyncProperty(histories(subject.mortal), (history) => runHistory(subject, history)),
    { seed, numRuns, endOnFailure: true },
  );
});

test('the model says what the contract says: calls start in order, so many at once', () => {
  const model = new Model(2, false);
  const [first, second, third] = [model.submit('held'), model.submit('stoppable'), model.submit('held')];
  expect([first, second, third].map(({ state }) => state)).toEqual(['running', 'running', 'pending']);
  model.cancel(third);
  const fourth = model.submit('quick');
  expect(fourth.state).toBe('pending');
  model.end(first);
  expect([first.endings, third.endings, fourth.endings]).toEqual([['value'], ['cancelled'], ['value']]);
  model.seenAtRest();
  model.submit('die');
  expect([model.broken, second.endings, fourth.endings]).toEqual([true, ['broken'], ['value']]);
});
