import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { programFile } from './run-program.ts';

const preload = pathToFileURL(programFile('preload.mjs')).href;
const folder = fileURLToPath(new URL('.', import.meta.url));
const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ['--import', preload, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 20_000,
  });

describe.each(['threads', 'processes'])('with --import, over %s', (kind) => {
  test('a module that starts a pool is refused in its workers, and does not start them without end', () => {
    const { stdout, stderr } = run(['-e', '1'], { PRELOAD_STARTS: kind });
    // Once in the program, once in its worker, and no more.
    expect(stdout.match(/the preload runs/g)).toHaveLength(2);
    expect(stderr).toContain('a module that --import names is loaded in every worker');
  });

  test.each([
    ['alone', []],
    ['with --input-type', ['--input-type=module']],
    ['with a flag of the whole process', ['--max-old-space-size=200', '--input-type=module', '--no-warnings']],
  ])('a program of -e %s has it loaded in its workers too', (_, flags) => {
    const program = `
      import('rollcall/futures').then(async ({ ProcessPoolExecutor, ThreadPoolExecutor }) => {
        const { isPreloaded } = await import('./tasks/trouble.mjs');
        const executor = new ${kind === 'threads' ? 'ThreadPoolExecutor' : 'ProcessPoolExecutor'}({ maxWorkers: 1 });
        console.log('preloaded:', await executor.submit(isPreloaded));
      })`;
    const { stdout, stderr } = run([...flags, '-e', program]);
    expect(stderr).toBe('');
    expect(stdout).toContain('preloaded: true\n');
  });
});
