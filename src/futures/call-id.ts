import { processWide } from '../base/index.js';

const serials = processWide('serials', () => ({ last: 0 }));

/** Returns the next serial number of a call in this thread. */
export function nextSerial(): number {
  serials.last += 1;
  return serials.last;
}

const sixHexDigits = (): string =>
  Math.floor(Math.random() * 0x1_00_00_00)
    .toString(16)
    .padStart(6, '0');

/** Returns what makes this thread's serial numbers unique among all threads, processes and machines. */
export function callIdPrefix(): string {
  // Nobody gains from guessing it, and `node:crypto` takes 2 ms to load in every thread.
  return processWide('callIdPrefix', () => sixHexDigits() + sixHexDigits());
}

/** Returns the id of the call with that serial number. */
export function callId(prefix: string, serial: number): string {
  return `${prefix}-${serial.toString(16)}`;
}

/** Returns 0, 1, 2, … for each name: what numbers executors, threads and processes that were given no name. */
export function nextNumber(name: string): number {
  const counters = processWide('counters', () => new Map<string, number>());
  const number = counters.get(name) ?? 0;
  counters.set(name, number + 1);
  return number;
}
