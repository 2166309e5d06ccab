import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programFile, runProgram } from './run-program.ts';

const packageRoot = process.env.ROLLCALL_PACKAGE ?? join(import.meta.dirname, '..', '..');

describe('a program that was bundled into one file, the package beside it', () => {
  let folder: string;
  let bundle: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall bundle '));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(packageRoot, join(folder, 'node_modules', 'rollcall'), 'junction');
    bundle = join(folder, 'bundle.mjs');
    await build({
      input: programFile('bundled/main.mjs'),
      platform: 'node',
      external: [/^rollcall/],
      output: { file: bundle, format: 'esm', minify: true },
      logLevel: 'silent',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds its tasks itself', () => {
    expect(readFileSync(bundle, 'utf8')).toContain('as it was thrown');
    expect(existsSync(join(folder, 'tasks.mjs'))).toBe(false);
    expect(pathToFileURL(bundle).href).toContain('rollcall%20bundle');
  });

  test.each([
    ['threads', 'ThreadPoolExecutor-0_0'],
    ['processes', 'ProcessPoolExecutor-0_0'],
  ])('runs its tasks in %s, with one registry and the classes of errors kept', async (kind, worker) => {
    const { code, stdout, stderr } = await runProgram(bundle, { args: [kind] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      values: [2, 4, 6],
      worker: expect.stringMatching(new RegExp(`^${worker.slice(0, -1)}[01]$`)),
      registered: ['refuse', 'twice', 'where'],
      sameClass: true,
    });
  });
});
