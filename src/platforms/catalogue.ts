import * as data from './data/index.js';
import { DEVICE_TYPES, FAMILIES, NO_SYSTEM } from './names.js';
import type { Platform } from './platform.js';

/**
 * How well a name is known: by a platform file of its own, by that of the same system under another name, or not at all,
 * so that only the generic rules are left.
 */
export type Coverage = 'own file' | 'same system' | 'generic rules';

/** A name that `loadPlatform` takes, and what it gives. */
export interface CatalogueEntry {
  readonly name: string;
  readonly covered: Coverage;
  /** For a name of the same system: why it is the same. */
  readonly because?: string;
  readonly platform: Platform;
}

const PLATFORMS: readonly Platform[] = Object.values(data);
const files = new Map(PLATFORMS.map((platform) => [platform.name, platform]));

function entryOf(name: string): CatalogueEntry {
  const own = files.get(name);
  if (own !== undefined) return { name, covered: own === data.generic ? 'generic rules' : 'own file', platform: own };
  const family = FAMILIES.find(({ names }) => names.includes(name));
  const same = family?.names.map((other) => files.get(other)).find((platform) => platform !== undefined);
  if (family !== undefined && same !== undefined) {
    return { name, covered: 'same system', because: family.because, platform: same };
  }
  const title = NO_SYSTEM.has(name) ? data.generic.title : `${name}, by the generic rules`;
  return { name, covered: 'generic rules', platform: { ...data.generic, name, title } };
}

const names = [...new Set([...files.keys(), ...DEVICE_TYPES, ...FAMILIES.flatMap((family) => family.names)])].sort();
const entries = new Map(names.map((name) => [name, entryOf(name)]));

const SUFFIX = /_(?:ssh|telnet|serial)$/;

/** Returns every name with what covers it, sorted by name. */
export function platformCatalogue(): readonly CatalogueEntry[] {
  return [...entries.values()];
}

/** Returns what the catalogue has under a name; a suffix for the transport (`_ssh`, `_telnet`, `_serial`) may follow it. */
export function findEntry(name: string): CatalogueEntry | undefined {
  return entries.get(name) ?? entries.get(name.replace(SUFFIX, ''));
}

/**
 * Returns the names that `loadPlatform` takes, sorted. Each is also taken with the suffix of a transport (`_ssh`,
 * `_telnet`, `_serial`), as netmiko's device types have them.
 */
export function platformNames(): readonly string[] {
  return names;
}
