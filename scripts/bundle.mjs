// Makes few files of each room of dist: a program and each of its workers load them, every file costs half a millisecond,
// and Node opens many at once (docs/decisions/104). What a room shares with others goes through its door, so each room is
// bundled alone, and there is one copy of everything.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * The entries of each room beside its door. Those of futures and cli are loaded by themselves; the others are what tests
 * look at alone: a file that only re-exports from the one that has the code.
 */
const ENTRIES = {
  base: [],
  futures: ['engine', 'worker-parts'],
  transport: [
    'route/attempts',
    'route/connector',
    'route/connector-main',
    'route/proxy-command',
    'route/tcp',
    'serial/explain',
    'serial/serialport',
    'ssh-config/apply',
    'ssh/algorithms',
    'ssh/group-exchange',
    'ssh/host-certificates',
    'ssh/ident',
    'ssh/kexinit',
    'ssh/known-hosts',
    'ssh/known-hosts-file',
    'ssh/negotiation',
    'ssh/rsa-signatures',
    'ssh/ssh2',
    'telnet/codec',
  ],
  platforms: ['names'],
  credentials: ['keyring/load'],
  session: [
    ...[
      'login/autodetect',
      'line/channel',
      'login/detection',
      'line/diagnosis',
      'line/exchange',
      'configuration/interruption',
      'login/login',
      'line/memory',
      'login/prepare',
      'login/relay',
      'login/terminal-server',
    ],
    ...[
      'line/prompt',
      'recording/paced-work',
      'commands/refusals',
      'line/renderer',
      'login/resumed-transport',
      'session',
      'line/spool-file',
      'line/secrets',
    ],
  ],
  agent: ['place', 'reach'],
  inventory: [
    ...[
      'keys',
      'node',
      'parse',
      'plain/open',
      'problems',
      'schema/inventory-schema',
      'where/parse',
      'where/print',
      'written/origins',
      'yaml',
    ],
  ],
  runner: [
    ...['ping', 'status', 'turns/credential', 'turns/credential-gate', 'turns/line', 'turns/manners', 'turns/retries'],
  ],
  lab: ['counters', 'faults', 'telnet-codec', 'dialect/index', 'dialects/index', 'ios/index', 'ios/line-editor'],
};

/** Commands are loaded when they are called for: here Rolldown splits where the code does. */
const CLI = [
  'main',
  'open-files',
  'output/clean',
  'output/file-names',
  'output/in-order',
  'output/text',
  'task-console',
];

/** Removes the code that is in the bundle now: beside it there would be two of each class. */
function keepOnly(folder, files) {
  const kept = new Set(files.map((name) => join(folder, name)));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const code = /^(.*\.c?js)(?:\.map)?$/.exec(file)?.[1];
    if (entry.isFile() && code !== undefined && !kept.has(code)) rmSync(file);
  }
}

async function bundle({ folder, format = 'esm', entries, ending = 'js', external = [], together = false }) {
  const build = await rolldown({
    cwd: folder,
    platform: 'node',
    logLevel: 'warn',
    input: Object.fromEntries(entries.map((name) => [name, `./${name}.${ending}`])),
    external: (id, importer) => !isAbsolute(id) && (!id.startsWith('.') || external.some((test) => test(id, importer))),
  });
  const { output } = await build.write({
    dir: folder,
    format,
    sourcemap: true,
    entryFileNames: `[name].${ending}`,
    chunkFileNames: '[name]-[hash].js',
    // A program of its own starts when it is loaded: nobody else may load it.
    ...(together ? { codeSplitting: { groups: [{ name: 'room', test: (id) => !id.endsWith('-main.js') }] } } : {}),
  });
  await build.close();
  return output.map((file) => file.fileName).filter((name) => /\.c?js$/.test(name));
}

/** Whether an import leads out of the room, to the door of another one or to the package's own. */
function leavesRoom(folder) {
  return (id, importer) => importer !== undefined && !join(dirname(importer), id).startsWith(join(folder, '/'));
}

/** Bundles all rooms of a compiled package, in place. */
export async function bundleRooms(dist) {
  const futures = join(dist, 'futures');
  const worker = await bundle({
    folder: futures,
    format: 'cjs',
    entries: ['worker-main'],
    ending: 'cjs',
    // Loaded when a call needs it, and the one that the task's module has loaded already.
    external: [(id) => id.endsWith('worker-parts.js')],
  });
  for (const [room, entries] of Object.entries(ENTRIES)) {
    const folder = join(dist, room);
    // A room with one entry is one file; the worker's parts of futures are a file that workers load alone.
    const together = entries.length > 0 && room !== 'futures';
    const made = await bundle({ folder, entries: ['index', ...entries], external: [leavesRoom(folder)], together });
    keepOnly(folder, room === 'futures' ? [...made, ...worker] : made);
  }
  const cli = join(dist, 'cli');
  keepOnly(cli, await bundle({ folder: cli, entries: CLI, external: [leavesRoom(cli)] }));
  for (const file of ['cli/main.js', 'futures/worker-main.cjs', 'futures/worker-parts.js']) {
    if (!existsSync(join(dist, file))) throw new Error(`the bundle lacks dist/${file}`);
  }
}
