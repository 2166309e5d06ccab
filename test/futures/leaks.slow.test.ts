import { describe, test } from 'vitest';
import { callsLeaveNothing, poolsLeaveNothing } from './leaks.ts';

const MINUTES = 60_000;

describe.each(['loop', 'threads', 'processes'])('%s', (kind) => {
  test('1,000 pools started and shut down leave no handle, and memory is back within 20%', {
    timeout: 10 * MINUTES,
  }, async () => {
    await poolsLeaveNothing(kind, 1000);
  });

  test('1,000,000 calls through one pool leave the heap within 10% of where it was after 100,000', {
    timeout: 10 * MINUTES,
  }, async () => {
    await callsLeaveNothing(kind, 1_000_000);
  });
});
