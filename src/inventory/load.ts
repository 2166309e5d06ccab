import { OptionError } from '../base/index.js';
import type { Device, Inventory } from './device.js';
import { InventoryError, type InventoryProblem } from './errors.js';
import { type FileOptions, rawOfPath } from './formats/files.js';
import { PROGRAM_TIMEOUT_MS } from './formats/waiting.js';
import { checkFormat, type OpenInventory, type ParseOptions, resolved, tellingOf } from './parse.js';
import { plainSecretsWarnings } from './plain-secrets.js';
import { deviceTypes } from './platform.js';
import { DEFAULT_INVENTORY, shownPath } from './read-file.js';

export interface LoadOptions
  extends Pick<ParseOptions, 'platforms' | 'format'>,
    Pick<FileOptions, 'stdin' | 'signal' | 'decrypt'> {
  /** How long a module or a program may take, in milliseconds; 120,000 by default. */
  readonly timeoutMs?: number;
}

/**
 * Reads an inventory from a file, a folder, or standard input when the path is `-`; without a path from `./devices.yaml`.
 * The format is found out unless `format` names it. A module (`.mjs`, `.ts` …) and a program that may be started are run.
 * Of several paths all devices count. Throws InventoryError when something cannot be read or is wrong, AbortedError,
 * OptionError.
 */
export async function loadInventory(
  path: string | readonly string[] = DEFAULT_INVENTORY,
  options: LoadOptions = {},
): Promise<Inventory> {
  return (await openInventory(path, options)).inventory;
}

/** What was opened: the inventory of all paths, and each of them with what stands where. */
export interface OpenInventories {
  readonly inventory: Inventory;
  readonly parts: readonly OpenInventory[];
}

/** The same, with what stands where. */
export async function openInventory(
  path: string | readonly string[] = DEFAULT_INVENTORY,
  options: LoadOptions = {},
): Promise<OpenInventories> {
  const paths = typeof path === 'string' ? [path] : path;
  if (!Array.isArray(paths) || paths.length === 0 || paths.some((one) => typeof one !== 'string' || one === '')) {
    const got = path === '' ? 'an empty text' : Array.isArray(path) ? 'a list that holds something else' : typeof path;
    throw new OptionError(`an inventory must be a path, or - for standard input; got ${got}`);
  }
  checkFormat(options.format);
  const parts: OpenInventory[] = [];
  // A list of lists: there may be more problems than a call may have arguments.
  const problems: (readonly InventoryProblem[])[] = [];
  for (const one of paths) {
    try {
      parts.push(await openPath(one, options));
    } catch (error) {
      if (!(error instanceof InventoryError)) throw error;
      problems.push(error.problems);
    }
  }
  const all = [...problems, namesTwice(parts)].flat();
  if (all.length > 0) throw new InventoryError(all);
  const [first] = parts;
  return { inventory: first !== undefined && parts.length === 1 ? first.inventory : together(parts), parts };
}

async function openPath(path: string, options: LoadOptions): Promise<OpenInventory> {
  const { platforms, format = 'auto', timeoutMs = PROGRAM_TIMEOUT_MS, stdin, signal, decrypt } = options;
  const deviceType = deviceTypes(platforms);
  const telling = tellingOf();
  const closed = new Set<string>();
  const read = await rawOfPath(path, { format, timeoutMs, stdin, signal, decrypt, closed }, telling);
  const opened = resolved(read, { telling, file: shownPath(path), deviceType });
  const { inventory, places, plainSecrets } = opened;
  const warnings = await plainSecretsWarnings([...plainSecrets].map(places.placeAt), closed);
  return { ...opened, inventory: { ...inventory, warnings: [...inventory.warnings, ...warnings] } };
}

function together(parts: readonly OpenInventory[]): Inventory {
  const all = parts.map(({ inventory }) => inventory);
  return {
    devices: all.flatMap(({ devices }) => devices),
    groups: all.flatMap(({ groups }) => groups),
    warnings: all.flatMap(({ warnings }) => warnings),
    file: all.map(({ file }) => file).join(', '),
  };
}

/** Within one part that was looked at already. */
function namesTwice(parts: readonly OpenInventory[]): readonly InventoryProblem[] {
  if (parts.length < 2) return [];
  const first = new Map<string, { readonly device: Device; readonly part: OpenInventory }>();
  const found: InventoryProblem[] = [];
  for (const part of parts) {
    for (const device of part.inventory.devices) {
      const before = first.get(device.name);
      if (before === undefined) first.set(device.name, { device, part });
      else if (before.part !== part) {
        const message = `the name ${JSON.stringify(device.name)} stands twice, first in ${placeOf(before.device, before.part)}`;
        found.push({ file: part.inventory.file, ...device.source, message });
      }
    }
  }
  return found;
}

function placeOf({ source }: Device, { inventory }: OpenInventory): string {
  return source === undefined ? inventory.file : `${source.file}:${source.line}`;
}
