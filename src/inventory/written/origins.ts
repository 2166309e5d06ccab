import { given } from '../given.js';
import { type Entry, look } from '../node.js';
import type { OpenInventory } from '../parse.js';
import type { RawPart } from '../raw.js';

/** Where a value of a device was written. */
export interface Origin {
  /** What said it: the device, a group, or the defaults. */
  readonly from: 'device' | 'group' | 'defaults';
  /** The name of the group. */
  readonly group?: string;
  readonly file: string;
  /** From 1; null for what a program gave. */
  readonly line: number | null;
  /** Where it stands in what a program gave: `devices[3].port`. */
  readonly path?: string;
}

/** One mapping of those that a device's values are from, the strongest first. */
interface Source extends RawPart {
  readonly from: Origin['from'];
  readonly group?: string;
}

/** Second names of a key, by the first. */
const FIRST_NAMES: Readonly<Partial<Record<string, string>>> = { ip: 'host', platform: 'device_type' };

/** Tells of each value of a device where it was written, by the keys of a file; those in its data by `data.` and their path. */
export function originsOf(device: string, { inventory, raw, places }: OpenInventory): ReadonlyMap<string, Origin> {
  const index = inventory.devices.findIndex(({ name }) => name === device);
  const own = raw.devices[index];
  const origins = new Map<string, Origin>();
  if (own === undefined) return origins;
  const groups = new Map(raw.groups.map((group) => [group.name, group]));
  const sources: Source[] = [{ ...own, from: 'device' }];
  for (const name of inventory.devices[index]?.groups ?? []) {
    const group = groups.get(name);
    if (group !== undefined) sources.push({ ...group, from: 'group', group: name });
  }
  if (raw.defaults !== undefined) sources.push({ ...raw.defaults, from: 'defaults' });

  const placeOf = (at: number, { from, group }: Source): Origin => {
    const { file, line, path } = places.placeAt(at);
    return { from, ...given({ group }), file, line: path === undefined ? line : null, ...given({ path }) };
  };
  for (const source of sources) {
    for (const { key, keyAt } of source.entries) {
      const name = FIRST_NAMES[key] ?? key;
      if (!origins.has(name)) origins.set(name, placeOf(keyAt, source));
    }
  }
  const data = sources.flatMap((source) => (source.data === undefined ? [] : [{ entries: source.data, source }]));
  for (const { path, at, source } of leavesOf(data, 'data', raw.wholeData)) origins.set(path, placeOf(at, source));
  return origins;
}

interface Layer {
  readonly entries: readonly Entry[];
  readonly source: Source;
}

interface Leaf {
  readonly path: string;
  readonly at: number;
  readonly source: Source;
}

/** The values that are left when mappings are merged key by key, as `mergeData` does it, or when the strongest counts whole. */
function leavesOf(layers: readonly Layer[], path: string, whole = false): readonly Leaf[] {
  const keys = new Set(layers.flatMap(({ entries }) => entries.map(({ key }) => key)));
  return [...keys].flatMap((key) => {
    const under = `${path}.${key}`;
    const mappings: Layer[] = [];
    for (const { entries, source } of layers) {
      const entry = entries.find((one) => one.key === key);
      if (entry === undefined) continue;
      const seen = look(entry.value);
      if (seen.kind === 'map') mappings.push({ entries: seen.entries, source });
      else if (mappings.length === 0) return [{ path: under, at: entry.keyAt, source }];
      // What is no mapping cuts off those below it.
      else break;
    }
    return leavesOf(whole ? mappings.slice(0, 1) : mappings, under);
  });
}
