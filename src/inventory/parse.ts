import { OptionError } from '../base/index.js';
import type { Inventory } from './device.js';
import { InventoryError } from './errors.js';
import { openText } from './open-text.js';
import { deviceTypes, type PlatformCatalogue } from './platform.js';
import { collectProblems, type Problems } from './problems.js';
import type { RawInventory } from './raw.js';
import { resolveInventory } from './resolve.js';
import { EXPECTED, shapeOf } from './shape.js';

export interface ParseOptions {
  /** What messages call the text; `inventory` by default. */
  readonly file?: string;
  /** The platforms that a device may have; without it their names are not checked. */
  readonly platforms?: PlatformCatalogue;
}

/** An inventory together with what was written: which value stands where, and in which group. */
export interface OpenInventory {
  readonly inventory: Inventory;
  /** Its devices are in the order of those of the inventory. */
  readonly raw: RawInventory;
  readonly places: Pick<Problems, 'placeAt'>;
  /** Where secrets stand in plain text. */
  readonly plainSecrets: ReadonlySet<number>;
}

/**
 * Reads an inventory from the text of a YAML (or JSON) file: `defaults`, `groups` and `devices`, or lists of devices.
 * Scalars keep their source text. Throws InventoryError with everything that is wrong in the text, or OptionError.
 */
export function parseInventory(text: string, options: ParseOptions = {}): Inventory {
  return openInventoryText(text, options).inventory;
}

/** The same, with what stands where. */
export function openInventoryText(text: string, { file = 'inventory', platforms }: ParseOptions = {}): OpenInventory {
  if (typeof text !== 'string') throw new OptionError(`an inventory's text must be a string, got ${typeof text}`);
  if (typeof file !== 'string') throw new OptionError(`file must be a string, got ${typeof file}`);
  const deviceType = deviceTypes(platforms);
  const problems = collectProblems();
  problems.addText(file, text);
  // What no text holds; YAML does not allow it either (1.2.2, section 5.1).
  const binary = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/);
  if (binary !== -1) problems.report(binary, 'a control character: this is no text file');
  const tree = binary === -1 ? openText(text, problems) : undefined;
  if (tree === undefined) throw new InventoryError(problems.found);
  const raw = shapeOf(tree.root, problems);
  const plainSecrets = new Set<number>();
  const inventory = resolveInventory(raw, { problems, file, deviceType, expected: EXPECTED, plainSecrets });
  return { inventory, raw, places: problems, plainSecrets };
}
