// Makes few files of dist/base and dist/futures: a program and each of its workers load them, and every file costs half a
// millisecond (docs/decisions/104). The other rooms stay as the compiler wrote them.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const shared = { platform: 'node', logLevel: 'warn', treeshake: { moduleSideEffects: true } };

/** The files that this room has after bundling; what they were made of goes, or there would be two of each class. */
function keepOnly(folder, files) {
  for (const name of readdirSync(folder)) {
    const code = /^(.*\.c?js)(?:\.map)?$/.exec(name)?.[1];
    if (code !== undefined && !files.includes(code)) rmSync(join(folder, name));
  }
}

async function bundle({ folder, format, input, external, names = '[name].js' }) {
  const build = await rolldown({ ...shared, cwd: folder, input, external });
  const { output } = await build.write({
    dir: folder,
    format,
    sourcemap: true,
    entryFileNames: names,
    chunkFileNames: '[name]-[hash].js',
    // A worker's errors show where they come from.
    minify: false,
  });
  await build.close();
  return output.map((file) => file.fileName).filter((name) => /\.c?js$/.test(name));
}

/** Bundles base, the doors of futures, and the program of every worker, in place. */
export async function bundleFutures(dist) {
  const base = join(dist, 'base');
  const futures = join(dist, 'futures');
  const kept = [
    ...(await bundle({
      folder: futures,
      format: 'cjs',
      input: { 'worker-main': './worker-main.cjs' },
      // Loaded when a call needs it, and the one that the task's module has loaded already.
      external: [/worker-parts\.js$/],
      names: '[name].cjs',
    })),
    ...(await bundle({
      folder: futures,
      format: 'esm',
      input: { index: './index.js', engine: './engine.js', 'worker-parts': './worker-parts.js' },
      external: [/\/base\/index\.js$/],
    })),
  ];
  keepOnly(futures, kept);
  keepOnly(base, await bundle({ folder: base, format: 'esm', input: { index: './index.js' }, external: [] }));
  for (const file of ['index.js', 'engine.js', 'worker-parts.js', 'worker-main.cjs']) {
    if (!existsSync(join(futures, file))) throw new Error(`the bundle of dist/futures lacks ${file}`);
  }
}
