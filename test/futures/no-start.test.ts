import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { programFile } from './run-program.ts';

const program = programFile('no-start.mjs');
const expected = (kind: string, code: string): string => {
  const [broken, pool] =
    kind === 'threads'
      ? ['BrokenThreadPoolError', 'ThreadPoolExecutor-0']
      : ['BrokenProcessPoolError', 'ProcessPoolExecutor-0'];
  const what = `a worker of ${pool} could not be started, so the pool is not usable any more`;
  const line = `${broken} | ${what} | ${pool}_0 could not be started | ${code}\n`;
  return `${line.repeat(3)}${broken}\nshut down\n`;
};
const permissions = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

test.each(['threads', 'processes'])(
  'a pool of %s that may not start workers breaks, fails its futures and shuts down',
  (kind) => {
    const args = [permissions, '--no-warnings', '--allow-fs-read=*', program, kind];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 });
    expect(stdout).toBe(expected(kind, 'ERR_ACCESS_DENIED'));
  },
);

test.skipIf(process.platform === 'win32')(
  'a pool that finds no descriptor for a worker does not end the program',
  () => {
    const args = ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, program, 'processes', 'descriptors'];
    const { stdout } = spawnSync('sh', args, { encoding: 'utf8', timeout: 20_000 });
    expect(stdout).toBe(expected('processes', 'EMFILE').replaceAll('Executor-0', 'Executor-1'));
  },
);
