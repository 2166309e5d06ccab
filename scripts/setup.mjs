// Makes a fresh clone ready, and does nothing when it is ready already: installs what the lock file says and builds.
// Run by `npm start` and `npm test`; uses nothing but Node, because nothing else is there yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`rollcall needs Node 20.19 or later; this is Node ${process.versions.node}`);
  process.exit(1);
}

function step(name, args) {
  console.error(`rollcall: ${name} …`);
  // npm sets npm_execpath to its own script: run it with this very node, on every platform, without a shell.
  const npm = process.env.npm_execpath;
  const [command, prefix] =
    args[0] !== 'npm' ? [process.execPath, []] : npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const rest = args[0] === 'npm' ? args.slice(1) : args;
  const done = spawnSync(command, [...prefix, ...rest], { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status !== 0) {
    console.error(`rollcall: ${name} failed (${done.error?.message ?? `exit code ${done.status}`})`);
    process.exit(1);
  }
}

const digest = (text) => createHash('sha256').update(text).digest('hex');
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const stamps = join(root, 'node_modules', '.rollcall');
const stampOf = (name) => (existsSync(join(stamps, name)) ? readFileSync(join(stamps, name), 'utf8') : '');
const setStamp = (name, value) => {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), value);
};

const lock = digest(readFileSync(join(root, 'package-lock.json')));
if (stampOf('install') !== lock) {
  step('installing dependencies', ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  setStamp('install', lock);
}

const sources = digest(
  [
    join(root, 'tsconfig.json'),
    join(root, 'scripts', 'build.mjs'),
    join(root, 'scripts', 'bundle.mjs'),
    join(root, 'scripts', 'pack-platforms.mjs'),
    ...filesIn(join(root, 'src')).sort(),
  ]
    .map((file) => `${file.slice(root.length)} ${digest(readFileSync(file))}`)
    .join('\n'),
);
const built = existsSync(join(root, 'dist')) && statSync(join(root, 'dist')).isDirectory();
if (!built || stampOf('build') !== sources) {
  step('building', [join(root, 'scripts', 'build.mjs')]);
  setStamp('build', sources);
}
