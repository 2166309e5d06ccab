// Writes docs/inventory.schema.json, by which editors complete and check an inventory, from the tables that read one.
// `--check` writes nothing and fails where the file is not what would be written.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const door = join(process.env.ROLLCALL_PACKAGE ?? root, 'dist', 'inventory', 'index.js');
const { inventorySchema } = await import(pathToFileURL(door).href);

const file = join(root, 'docs', 'inventory.schema.json');
const text = `${JSON.stringify(inventorySchema(), undefined, 1)}\n`;
if (process.argv.includes('--check')) {
  const stale = readFileSync(file, 'utf8').replaceAll('\r\n', '\n') !== text;
  if (stale) console.error('docs/inventory.schema.json is old; write it with: node scripts/inventory-schema.mjs');
  process.exitCode = stale ? 1 : 0;
} else {
  writeFileSync(file, text);
  console.log(`docs/inventory.schema.json: ${text.length} characters`);
}
