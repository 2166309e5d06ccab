import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from 'rollcall';
import { afterAll } from 'vitest';

/** A folder for the tests of a file; it goes with them. */
export function folderForTests(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-journal-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const device = (name: string) => ({ name, host: '10.0.0.1', platform: 'cisco_ios', transport: 'ssh' as const });

export const response = (output: string, command = 'show clock') => ({
  command,
  prompt: 'R#',
  output,
  ok: true,
  startedAt: '2026-11-21T20:00:00.000Z',
  elapsedMs: 1,
  endedBy: 'prompt' as const,
  truncated: false,
});

/** What a run says of a device that answered so. */
export const okResult = (of: ReturnType<typeof device> & object, ...outputs: string[]): Result => ({
  device: of,
  index: 0,
  worker: 'EventLoopExecutor-0_0',
  attempts: 1,
  startedAt: '2026-11-21T20:00:00.000Z',
  elapsedMs: 1,
  status: 'ok',
  error: null,
  value: { hostname: 'R', responses: outputs.map((output) => response(output)) },
});
