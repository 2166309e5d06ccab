import { OptionError } from '../base/index.js';
import type { Inventory } from './device.js';
import { InventoryError, type InventoryProblem } from './errors.js';
import { nameDevices } from './names.js';
import { deviceTypes, type PlatformCatalogue } from './platform.js';
import { collectProblems } from './problems.js';
import { type DeviceReading, readDevice, type Unnamed } from './read-device.js';
import { deviceNodes, EXPECTED } from './shape.js';
import { openTree } from './tree.js';

export interface ParseOptions {
  /** What messages call the text; `inventory` by default. */
  readonly file?: string;
  /** The platforms that a device may have; without it their names are not checked. */
  readonly platforms?: PlatformCatalogue;
}

/**
 * Reads an inventory from the text of a YAML (or JSON) file: a list of mappings, or lists of them under keys.
 * Scalars keep their source text. Throws InventoryError with everything that is wrong in the text, or OptionError.
 */
export function parseInventory(text: string, options: ParseOptions = {}): Inventory {
  return readInventory(text, options).inventory;
}

/** The same, and in how many places of the text a secret stands as it is. */
export function readInventory(
  text: string,
  options: ParseOptions,
): { readonly inventory: Inventory; readonly plainSecrets: number } {
  const { file = 'inventory', platforms } = options;
  if (typeof text !== 'string') throw new OptionError(`an inventory's text must be a string, got ${typeof text}`);
  if (typeof file !== 'string') throw new OptionError(`file must be a string, got ${typeof file}`);
  const deviceType = deviceTypes(platforms);
  const problems = collectProblems(file, text);
  // What no text holds; YAML does not allow it either (1.2.2, section 5.1).
  const binary = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/);
  if (binary !== -1) problems.report(binary, 'a control character: this is no text file');
  const tree = binary === -1 ? openTree(text, problems) : undefined;
  if (tree === undefined) throw new InventoryError(problems.found);

  const reading: DeviceReading = {
    tree,
    problems,
    ignored: new Map(),
    unknown: new Map(),
    plainSecrets: new Set(),
    file,
    deviceType,
  };
  const nodes = deviceNodes(tree, problems);
  const unnamed: Unnamed[] = [];
  for (const node of nodes) {
    const seen = tree.look(node);
    const at = node?.range?.[0] ?? 0;
    const device = seen.kind === 'map' ? readDevice({ entries: seen.entries, at }, reading) : undefined;
    if (device !== undefined) unnamed.push(device);
    if (seen.kind === 'map' || seen.kind === 'broken') continue;
    const got = { nothing: 'nothing', text: 'a text', list: 'a list' }[seen.kind];
    problems.report(at, `a device must be a mapping with host and device_type, got ${got}`);
  }
  const devices = nameDevices(unnamed, problems);
  if (problems.found.length > 0) throw new InventoryError(inOrder(problems.found));
  if (devices.length === 0) throw new InventoryError([{ file, message: `no devices in this file; ${EXPECTED}` }]);
  const inventory = { devices, warnings: warningsOf(reading), file };
  return { inventory, plainSecrets: reading.plainSecrets.size };
}

function inOrder(problems: readonly InventoryProblem[]): readonly InventoryProblem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function warningsOf({ ignored, file }: DeviceReading): readonly string[] {
  if (ignored.size === 0) return [];
  const keys = [...ignored].map(([key, instead]) => (instead === undefined ? key : `${key} (see ${instead})`));
  return [`${file}: accepted for netmiko's sake, and without effect here: ${keys.sort().join(', ')}`];
}
