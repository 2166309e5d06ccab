// Makes one file of the platforms' data. Every program and every worker loads all of them: eighty modules took 82 ms of CPU,
// one text that is parsed takes 25.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Replaces the modules of `dist/platforms/data` by one with the same exports; the types stay as they are. */
export async function packPlatforms(dist) {
  const folder = join(dist, 'platforms', 'data');
  const all = { ...(await import(pathToFileURL(join(folder, 'index.js')).href)) };
  // As the text of a string: these two end a line in older readers of JavaScript.
  const json = JSON.stringify(JSON.stringify(all)).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  for (const name of readdirSync(folder)) {
    if (/\.js(?:\.map)?$/.test(name)) rmSync(join(folder, name));
  }
  const head = '// The modules of src/platforms/data, packed by scripts/pack-platforms.mjs.';
  writeFileSync(
    join(folder, 'index.js'),
    `${head}\nexport const { ${Object.keys(all).join(', ')} } = JSON.parse(${json});\n`,
  );
}
