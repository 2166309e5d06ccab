import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Tests run against the built package: this checkout's, or another one's (an unpacked tarball) named here.
const root = process.env.ROLLCALL_PACKAGE ?? import.meta.dirname;
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, { default: string } | string>;
};

const doors = Object.entries(exports).flatMap(([door, target]) =>
  typeof target === 'string'
    ? []
    : [{ find: new RegExp(`^rollcall${door.slice(1)}$`), replacement: join(root, target.default) }],
);

export default defineConfig({
  resolve: { alias: [...doors, { find: /^#dist\//, replacement: `${join(root, 'dist')}/` }] },
  test: {
    include: ['test/**/*.test.ts'],
    server: { deps: { external: [/[\\/]dist[\\/]/] } },
    pool: 'forks',
    // Most tests wait for devices and workers: on two processors one file at a time would leave both idle.
    maxWorkers: '100%',
    testTimeout: 30_000,
    // Once in CI, on machines that others use too; scripts/flaky-reporter.mjs names whoever needed it. What fails for one
    // of many random inputs has failed.
    retry: process.env.CI === 'true' ? { count: 1, condition: /^(?!Property failed)/ } : 0,
    hookTimeout: 60_000,
  },
});
