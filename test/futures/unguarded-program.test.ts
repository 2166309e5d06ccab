import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('./programs/unguarded.mjs', import.meta.url));

test.each(['threads', 'processes', 'thread', 'process', 'runner'])(
  'a program without its guard does not start workers without end: %s',
  (way) => {
    const env = { ...process.env, UNGUARDED: way };
    const { stdout, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8', timeout: 20_000 });
    // Once by itself, once in its worker, and no more.
    expect(stdout.match(/the program runs/g)).toHaveLength(2);
    expect(stderr).toContain('isMainModule');
  },
);
