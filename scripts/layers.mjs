// Holds the table of the house (who may import whom) and fails on an import that it does not allow,
// on one that reaches past a folder's door, and on import cycles between files.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOMS = {
  base: [],
  futures: ['base'],
  cluster: ['base', 'futures'],
  transport: ['base'],
  platforms: ['base'],
  parsing: ['base'],
  credentials: ['base'],
  session: ['base', 'credentials', 'transport', 'platforms', 'parsing'],
  agent: ['base', 'credentials', 'session'],
  inventory: ['base'],
  runner: ['base', 'futures', 'inventory', 'session', 'parsing', 'agent'],
  report: ['base', 'inventory', 'runner'],
  lab: ['base', 'platforms'],
  cli: '*',
  // src/index.ts, the main door: it re-exports the doors below it.
  '.': '*',
};

const src = resolve(dirname(fileURLToPath(import.meta.url)), '..', 'src');
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.c?ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

const roomOf = (file) => {
  const parts = relative(src, file).split(sep);
  return parts.length === 1 ? '.' : parts[0];
};
const show = (file) => relative(dirname(src), file).split(sep).join('/');

// Import and export clauses, dynamic imports, and `new URL('./x', import.meta.url)` of worker entries.
const SPECIFIER =
  /(?:^|[\s;])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|^import\s+\w+\s*=\s*require\(\s*['"]([^'"]+)['"]/gm;
const TYPE_ONLY = /^\s*(?:import|export)\s+type\s/;

const problems = [];
const graph = new Map();
for (const file of files) {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const edges = [];
  for (const match of text.matchAll(SPECIFIER)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? match[4];
    if (!specifier.startsWith('.')) continue;
    const target = resolve(dirname(file), specifier.replace(/\.(c?)js$/, '.$1ts'));
    const from = roomOf(file);
    const to = roomOf(target);
    if (!files.includes(target)) {
      problems.push(`${show(file)} imports ${specifier}, which is no file`);
      continue;
    }
    if (from !== to) {
      const allowed = ROOMS[from];
      if (allowed === undefined) problems.push(`${show(file)} is in a room that scripts/layers.mjs does not know`);
      else if (allowed !== '*' && !allowed.includes(to))
        problems.push(
          `${show(file)} imports ${show(target)}: ${from} may import ${allowed.join(', ') || 'nothing of ours'}`,
        );
      if (!/[\\/]index\.ts$/.test(target))
        problems.push(`${show(file)} reaches past the door of ${to}: ${show(target)}`);
    }
    // A type is gone at run time: only imports that run can make a cycle, and only static ones.
    if (match[2] === undefined && !TYPE_ONLY.test(match[0])) edges.push(target);
  }
  graph.set(file, edges);
}

const state = new Map();
const path = [];
function visit(file) {
  state.set(file, 'open');
  path.push(file);
  for (const next of graph.get(file) ?? []) {
    if (state.get(next) === 'open') {
      problems.push(`import cycle: ${[...path.slice(path.indexOf(next)), next].map(show).join(' -> ')}`);
    } else if (!state.has(next)) visit(next);
  }
  path.pop();
  state.set(file, 'done');
}
for (const file of files) if (!state.has(file)) visit(file);

for (const problem of problems) console.error(problem);
console.log(`layers: ${files.length} files, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
