// Running other programs from a script: without a shell, and to their end.
import { spawnSync } from 'node:child_process';

/** Runs a program with its output on ours; answers whether it succeeded. */
export function succeeds(command, args, options = {}) {
  const done = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (done.error !== undefined) console.error(`${command}: ${done.error.message}`);
  return done.status === 0;
}

/** Runs npm and answers what it printed on standard output. Throws when it fails. */
export function npm(args, options = {}) {
  // npm names its own script to the scripts it runs: so it is found on Windows too, where it is no program.
  const script = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined;
  const [command, prefix] = script === undefined ? ['npm', []] : [process.execPath, [script]];
  const done = spawnSync(command, [...prefix, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    ...options,
  });
  if (done.status !== 0) throw new Error(`npm ${args[0]}: ${done.error?.message ?? `exit code ${done.status}`}`);
  return done.stdout;
}

/** Packs the checkout into `folder` as `npm publish` would, and answers the file. The build is the caller's. */
export function pack(root, folder) {
  const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root }));
  return { file: packed.filename, files: packed.files.map((one) => one.path), bytes: packed.size };
}
