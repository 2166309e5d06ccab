import { checkChoice, OptionError } from '../base/index.js';
import type { Inventory } from './device.js';
import { InventoryError } from './errors.js';
import { INVENTORY_FORMATS, type InventoryFormat, type Telling } from './formats/format.js';
import { detectText, type ReadInventory, rawOfText } from './formats/text.js';
import { type DeviceType, deviceTypes, type PlatformCatalogue } from './platform.js';
import { collectProblems, type Problems } from './problems.js';
import type { RawInventory } from './raw.js';
import { resolveInventory } from './resolve.js';

export interface ParseOptions {
  /** What messages call the text; `inventory` by default. */
  readonly file?: string;
  /** The platforms that a device may have; without it their names are not checked. */
  readonly platforms?: PlatformCatalogue;
  /** The format; `auto`, the default, finds out by what is in the text. */
  readonly format?: InventoryFormat;
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
 * Reads an inventory from the text of a file: rollcall's own form (`defaults`, `groups` and `devices`, or lists of
 * devices, in YAML or JSON), or that of another tool. Scalars keep their source text. Throws InventoryError with
 * everything that is wrong in the text, or OptionError.
 */
export function parseInventory(text: string, options: ParseOptions = {}): Inventory {
  return openInventoryText(text, options).inventory;
}

/** The same, with what stands where. */
export function openInventoryText(text: string, options: ParseOptions = {}): OpenInventory {
  const { file = 'inventory', platforms, format = 'auto' } = options;
  if (typeof text !== 'string') throw new OptionError(`an inventory's text must be a string, got ${typeof text}`);
  if (typeof file !== 'string') throw new OptionError(`file must be a string, got ${typeof file}`);
  checkFormat(format);
  if (format === 'module' || format === 'executable') {
    throw new OptionError(`a text is no ${format}; loadInventory(path) loads one`);
  }
  const deviceType = deviceTypes(platforms);
  const telling = tellingOf();
  const detected = detectText({ file, text }, format, telling);
  if (detected === undefined) throw new InventoryError(telling.problems.found);
  return resolved(rawOfText(detected, {}, telling), { telling, file, deviceType });
}

export function checkFormat(format: InventoryFormat | undefined): void {
  if (format !== undefined) checkChoice('format', format, INVENTORY_FORMATS);
}

/** What a reader tells of, with what it has told. */
export interface Told extends Telling {
  readonly warnings: ReadonlySet<string>;
}

/** Returns what a reader can tell to. */
export function tellingOf(): Told {
  const warnings = new Set<string>();
  return { problems: collectProblems(), warnings, warn: (message) => warnings.add(message) };
}

interface ResolvingRead {
  readonly telling: Told;
  readonly file: string;
  readonly deviceType: (name: string) => DeviceType;
}

/** Makes devices of what a reader found. */
export function resolved(
  { raw, expected }: ReadInventory,
  { telling, file, deviceType }: ResolvingRead,
): OpenInventory {
  const told = { ...raw, warnings: [...(raw.warnings ?? []), ...telling.warnings] };
  const { problems } = telling;
  const plainSecrets = new Set<number>();
  const inventory = resolveInventory(told, { problems, file, deviceType, expected, plainSecrets });
  return { inventory, raw: told, places: problems, plainSecrets };
}
