// Builds src/ into dist/: compiles all of it, then makes few files of each room.
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleRooms } from './bundle.mjs';
import { packPlatforms } from './pack-platforms.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const built = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.json')], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
await packPlatforms(dist);
await bundleRooms(dist);
if (process.platform !== 'win32') chmodSync(join(dist, 'cli', 'main.js'), 0o755);
