import { describe, expect, test } from 'vitest';
import { callsLeaveNothing, memoryProgram, poolsLeaveNothing } from './leaks.ts';

// `npm run test:long` sets it.
const isLong = process.env.ROLLCALL_LONG === '1';
const long = { timeout: isLong ? 600_000 : 60_000 };

test('asCompleted keeps no reference to what it yielded', async () => {
  expect(await memoryProgram('asCompleted')).toBe('true true\n');
});

test('the event loop executor drops the function of a finished call', async () => {
  expect(await memoryProgram('closure')).toBe('true 1000\n');
});

describe.each(['loop', 'threads', 'processes'])('%s', (kind) => {
  test('map keeps no reference to the results that it gave', async () => {
    expect(await memoryProgram('map', kind)).toBe('true\ntrue\n');
  });

  test(
    '50 pools (long: 1,000) started and shut down leave no handle, and memory is back within 20%',
    long,
    async () => {
      await poolsLeaveNothing(kind, isLong ? 1000 : 50);
    },
  );

  test(
    '50,000 calls (long: 1,000,000) through one pool leave the heap within 10% of where a tenth of them left it',
    long,
    async () => {
      await callsLeaveNothing(kind, isLong ? 1_000_000 : 50_000);
    },
  );
});

describe.each(['threads', 'processes'])('%s', (kind) => {
  test('a submit while the program exits is never run and harms nothing', async () => {
    expect(await memoryProgram('atExit', kind)).toBe('2 false\n');
  });

  test('a worker drops the arguments of a call that is over', async () => {
    expect(await memoryProgram('worker', kind)).toBe('remembered true\n');
  });
});
