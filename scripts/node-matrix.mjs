// Runs the fast tests on other versions of Node, against the package that `npm pack` makes and npm installs.
//   node scripts/node-matrix.mjs [--node-bound] [VERSION…]    default: 22 24 26
// With --node-bound all but the newest run only what leans on Node itself: .ci/run has no time for the rest.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { npm, pack } from './run.mjs';
import { failureLines, root, runVitest, sumLine } from './vitest.mjs';

// What is proven once on one Node: other programs, the platforms' data, and what takes long.
const ONCE = [
  ...['test/real/**', 'test/peers/**', 'test/examples/**', '**/*.slow.test.ts'],
  ...['test/platforms/**', 'test/lab/dialects.test.ts', '**/*every-platform.test.ts'],
  ...['test/session/never-lies.test.ts', 'test/futures/leaks.test.ts'],
];

// Threads, processes, sockets, crypto, files and modules. What stands on these knows nothing of Node's version.
const NODE_BOUND = [
  ...['test/base', 'test/credentials', 'test/futures', 'test/inventory/formats', 'test/runner', 'test/transport'],
  ...['test/session/login.test.ts', 'test/session/exec.test.ts', 'test/cli/task.test.ts', 'test/cli/output.test.ts'],
];

const given = process.argv.slice(2);
const nodeBound = given.includes('--node-bound');
const named = given.filter((argument) => argument !== '--node-bound');
const versions = named.length > 0 ? named : ['22', '24', '26'];
const folder = mkdtempSync(join(tmpdir(), 'rollcall-matrix-'));
// One test runs Node as another user.
chmodSync(folder, 0o755);
const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel=error'];

function installNodes() {
  const prefix = join(folder, 'nodes');
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  npm(['install', ...quiet, '--prefix', prefix, ...versions.map((one) => `n${one}@npm:${name}@${one}`)]);
  const program = process.platform === 'win32' ? ['bin', 'node.exe'] : ['bin', 'node'];
  return versions.map((version) => join(prefix, 'node_modules', `n${version}`, ...program));
}

/** A project that has the package, with the optional ones beside it, and nothing of this checkout. */
function installPackage() {
  const { file } = pack(root, folder);
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const project = join(folder, 'project');
  const optional = ['serialport', '@napi-rs/keyring'].map((name) => `${name}@${devDependencies[name]}`);
  const packages = [join(folder, file), ...optional];
  npm(['install', ...quiet, '--omit=dev', '--prefix', project, ...packages]);
  return join(project, 'node_modules', 'rollcall');
}

const lines = [];
let failed = false;
try {
  const nodes = installNodes();
  const installed = installPackage();
  for (const [index, node] of nodes.entries()) {
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    console.log(`\n— Node ${version}`);
    const result = await runVitest(
      [...(nodeBound && index < nodes.length - 1 ? NODE_BOUND : []), ...ONCE.map((glob) => `--exclude=${glob}`)],
      { node, env: { ROLLCALL_PACKAGE: installed, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` } },
    );
    lines.push(`Node ${version}: ${[sumLine(result), ...result.problems].join('; ')}`, ...failureLines(result));
    if (result.failed > 0) failed = true;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${lines.join('\n')}`);
process.exitCode = failed ? 1 : 0;
