import { expect } from 'vitest';
import { programFile, runProgram } from './run-program.ts';

const file = programFile('memory.mjs');

export async function memoryProgram(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(file, { flags: ['--expose-gc'], args });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** Starts and shuts down so many pools: no handle may be left, and memory must be back. */
export async function poolsLeaveNothing(kind: string, count: number): Promise<void> {
  const { growth, handles } = JSON.parse(await memoryProgram('pools', kind, String(count))) as {
    growth: number;
    handles: string[];
  };
  expect(handles).toEqual([]);
  expect(growth).toBeLessThan(0.2);
}

/** Makes so many calls through one pool: what is held must not grow after the first tenth. */
export async function callsLeaveNothing(kind: string, count: number): Promise<void> {
  const { growth } = JSON.parse(await memoryProgram('calls', kind, String(count))) as { growth: number };
  expect(growth).toBeLessThan(0.1);
}
