import { describe, expect, test } from 'vitest';
import { callsLeaveNothing, memoryProgram, poolsLeaveNothing } from './leaks.ts';

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

  test('50 pools started and shut down leave no handle, and memory is back within 20%', async () => {
    await poolsLeaveNothing(kind, 50);
  });

  test('50,000 calls through one pool leave the heap within 10% of where it was after 5,000', async () => {
    await callsLeaveNothing(kind, 50_000);
  });
});

describe.each(['threads', 'processes'])('%s', (kind) => {
  test('a submit while the program exits is never run and harms nothing', async () => {
    expect(await memoryProgram('atExit', kind)).toBe('2 false\n');
  });

  test('a worker drops the arguments of a call that is over', async () => {
    expect(await memoryProgram('worker', kind)).toBe('remembered true\n');
  });
});
