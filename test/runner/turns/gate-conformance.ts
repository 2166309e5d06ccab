import { expect, test } from 'vitest';
import type { Gate, Result, RunDevice } from '#dist/runner/index.js';

/** A gate to be tested, and devices of which it lets the first go at once, and holds back one of the others after that. */
export interface GateSubject<D extends RunDevice> {
  make(): Gate<D>;
  readonly devices: readonly D[];
}

/** The result of a device, with a status. */
const resultFor = <D extends RunDevice>(device: D, index: number, status: 'ok' | 'unreachable' = 'ok'): Result<D> => {
  const turn = { device, index, worker: 'W', attempts: 1, startedAt: new Date(0).toISOString(), elapsedMs: 1 };
  if (status === 'ok') return { ...turn, status, value: undefined, error: null };
  return { ...turn, status, error: { code: 'unreachable', phase: 'connect', message: 'no route' } };
};

/** What every gate promises, whatever it is about. */
export function describeGate<D extends RunDevice>(name: string, { make, devices }: GateSubject<D>): void {
  const attached = () => {
    const gate = make();
    const woken: string[] = [];
    const over = new AbortController();
    gate.attach((key) => woken.push(key), over.signal);
    return { gate, woken, over };
  };
  const [first] = devices;
  if (first === undefined) throw new Error('a gate is tested with devices');

  test(`${name}: asking counts nothing`, () => {
    const { gate, over } = attached();
    for (let asked = 0; asked < 50; asked++) expect(gate.admit(first, 0)).toEqual({ go: true });
    over.abort();
  });

  test(`${name}: who has to wait is told what for, the same each time, and may go when that line is woken`, async () => {
    const { gate, woken, over } = attached();
    const started: number[] = [];
    let waits: { index: number; waitFor: string } | undefined;
    for (const [index, device] of devices.entries()) {
      const said = gate.admit(device, index);
      if ('go' in said) {
        gate.start(device);
        started.push(index);
      } else if ('waitFor' in said) {
        expect(gate.admit(device, index)).toEqual(said);
        waits ??= { index, waitFor: said.waitFor };
      }
    }
    if (waits === undefined) throw new Error('nobody had to wait');
    for (const index of started) gate.end(resultFor(devices[index] as D, index), false);
    await expect.poll(() => woken, { timeout: 10_000 }).toContain(waits.waitFor);
    expect(gate.admit(devices[waits.index] as D, waits.index)).toEqual({ go: true });
    over.abort();
  });

  test(`${name}: a turn that is had again is counted as each turn is`, async () => {
    const { gate, over } = attached();
    for (let turns = 0; turns < 10; turns++) {
      await expect.poll(() => gate.admit(first, 0), { timeout: 10_000 }).toEqual({ go: true });
      gate.start(first);
      gate.end(resultFor(first, 0, 'unreachable'), true);
    }
    await expect.poll(() => gate.admit(first, 0), { timeout: 10_000 }).toEqual({ go: true });
    over.abort();
  });
}
