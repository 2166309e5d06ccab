// Looks at the package as npm would publish it: publint and attw at the tarball, knip at what is unused here.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, succeeds } from './run.mjs';
import { root } from './vitest.mjs';

const bin = (name, ...path) => join(root, 'node_modules', name, ...path);
const folder = mkdtempSync(join(tmpdir(), 'rollcall-pack-'));
const failed = [];

function check(name, script, args) {
  console.log(`\n— ${name}`);
  if (!succeeds(process.execPath, [script, ...args], { cwd: root })) failed.push(name);
}

try {
  const { file, files, bytes } = pack(root, folder);
  const tarball = join(folder, file);
  console.log(`${file}: ${files.length} files, ${Math.round(bytes / 1024)} kB packed`);
  check('publint', bin('publint', 'src', 'cli.js'), ['run', tarball, '--strict']);
  // The package has ES modules only, so what a require() of Node's earliest versions would see is no concern.
  check('attw', bin('@arethetypeswrong', 'cli', 'dist', 'index.js'), [tarball, '--profile', 'esm-only', '--no-emoji']);
  check('knip', bin('knip', 'bin', 'knip.js'), ['--no-progress', '--treat-config-hints-as-errors']);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed.length === 0 ? '\npackage checks: all passed' : `\npackage checks: FAILED: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
