import { constants, type Stats } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type ReadOptions, readText, reasonOf, shownPath, unreadable } from '../read-file.js';
import { EXPECTED, shapeOf } from '../shape.js';
import { formatByName, isProgram, type KnownFormat, openName } from './detect.js';
import { executableText } from './executable.js';
import { ansibleFilesBeside, folderInventory } from './folders.js';
import type { InventoryFormat, Telling } from './format.js';
import { moduleValue } from './module.js';
import { isNornirConfig, nornirBeside, nornirOfConfig } from './nornir-files.js';
import { type DetectedText, detectText, type ReadInventory, rawOfText } from './text.js';
import { openValue } from './value-node.js';

export interface FileOptions extends ReadOptions {
  readonly format: InventoryFormat;
  /** How long a module or a program may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Reads what a path holds: a file of any format, a folder, or standard input. Throws InventoryError, AbortedError. */
export async function rawOfPath(path: string, options: FileOptions, telling: Telling): Promise<ReadInventory> {
  const found = path === '-' ? undefined : await statOf(path);
  if (found?.isDirectory()) return rawOfFolder(path, options, telling);
  const format = await formatOf(path, found, options.format);
  if (format === 'module') return rawOfModule(path, options, telling);
  if (format === 'executable') return rawOfExecutable(path, options, telling);
  const file = shownPath(path);
  const detected = detectText({ file, text: await readText(path, options) }, format ?? 'auto', telling);
  return rawOfDetected(path, detected, { options, telling });
}

async function statOf(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    throw unreadable(path, reasonOf(error, path));
  }
}

async function formatOf(
  path: string,
  found: Stats | undefined,
  format: InventoryFormat,
): Promise<KnownFormat | undefined> {
  if (format !== 'auto') return format;
  const byName = found === undefined ? undefined : formatByName(path);
  if (openName(path) !== path) {
    if (byName !== 'module' && byName !== 'executable') return byName;
    throw unreadable(
      path,
      `a ${byName === 'module' ? 'module' : 'program'} is not run encrypted: decrypt it, and let it take its secrets from the environment`,
    );
  }
  if (byName !== undefined || !found?.isFile() || process.platform === 'win32') return byName;
  return (await isStartable(path)) ? 'executable' : undefined;
}

/** Some file systems say of every file that it may be started: a program also looks like one. */
async function isStartable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(new Uint8Array(4), 0, 4, 0);
    return isProgram(buffer.subarray(0, bytesRead));
  } catch {
    return false;
  }
}

interface Reader {
  readonly options: FileOptions;
  readonly telling: Telling;
}

async function rawOfDetected(
  path: string,
  detected: DetectedText | undefined,
  { options, telling }: Reader,
): Promise<ReadInventory> {
  if (detected === undefined) return { raw: { groups: [], devices: [] }, expected: EXPECTED };
  const { format } = detected;
  if (path === '-') return rawOfText(detected, {}, telling);
  if (format === 'ansible') return rawOfText(detected, await ansibleFilesBeside(dirname(path), options), telling);
  if (format !== 'nornir') return rawOfText(detected, {}, telling);
  if (isNornirConfig(detected.tree)) return nornirOfConfig(path, detected.tree, { options, telling });
  return rawOfText(detected, await nornirBeside(path, { options, telling }), telling);
}

async function rawOfFolder(path: string, options: FileOptions, telling: Telling): Promise<ReadInventory> {
  const found = await folderInventory(path, options.format, { options, telling });
  return 'raw' in found ? found : rawOfPath(found.path, { ...options, format: found.format }, telling);
}

async function rawOfModule(path: string, { signal, timeoutMs }: FileOptions, telling: Telling): Promise<ReadInventory> {
  const value = await moduleValue(path, { signal, timeoutMs });
  const root = openValue(value, path, telling.problems);
  return { raw: shapeOf(root, telling.problems), expected: EXPECTED };
}

async function rawOfExecutable(
  path: string,
  { signal, timeoutMs }: FileOptions,
  telling: Telling,
): Promise<ReadInventory> {
  const text = await executableText(path, { signal, timeoutMs });
  const detected = detectText({ file: `output of ${path}`, text }, 'auto', telling);
  if (detected === undefined) return { raw: { groups: [], devices: [] }, expected: EXPECTED };
  return rawOfText(detected, {}, telling);
}
