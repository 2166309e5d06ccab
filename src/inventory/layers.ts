import { type Data, mergeData } from './data.js';
import type { RouteSettings, SshSettings } from './device.js';
import { type DEVICE_KEYS, SERIAL_KEY, SERIAL_KEYS, SERIAL_WITHOUT_EFFECT, WITHOUT_EFFECT } from './keys.js';
import type { Kinds, Values } from './kinds.js';
import { type Entry, look } from './node.js';
import type { RawInventory } from './raw.js';
import { type KeyTable, type Reading, readKeys } from './read.js';
import { ROUTE_KEYS, routeOf, SSH_KEYS, sshOf } from './way-keys.js';

type DeviceValues = Values<typeof DEVICE_KEYS>;
export type SerialValues = Values<typeof SERIAL_KEYS>;

/** What one mapping says, be it of a device, of a group or of all devices. */
export interface Part {
  readonly entries: readonly Entry[];
  /** A key that is there and says that there is no value has undefined here. */
  readonly values: DeviceValues;
  /** The keys that are unknown or whose values are wrong, and reported. */
  readonly wrong: ReadonlySet<string>;
  /** Its serial line; null where it says that there is none. */
  readonly serial: SerialValues | null | undefined;
  readonly data: Data | undefined;
}

/** What devices have from their groups and from the defaults together. */
export interface Layer extends Omit<Part, 'entries'> {
  readonly places: ReadonlyMap<string, PlacedEntry>;
  /** What the values say of SSH and of the way, one object for all devices that say nothing of it themselves. */
  readonly ssh: SshSettings | undefined;
  readonly route: RouteSettings | undefined;
  /** Whether mappings in `data` are replaced, and not merged. */
  readonly wholeData: boolean;
}

interface PlacedEntry extends Pick<Entry, 'keyAt' | 'valueAt'> {
  /** How far it is from the device, from 1. */
  readonly rank: number;
}

const SERIAL_TABLE = { of: SERIAL_KEY, kinds: SERIAL_KEYS, withoutEffect: SERIAL_WITHOUT_EFFECT };

/** The table for what has the keys of a device, and perhaps some of its own. */
export function partTable<K extends Kinds>(of: string, kinds: K): KeyTable<K> {
  return { of, kinds, withoutEffect: WITHOUT_EFFECT, others: [SERIAL_KEY] };
}

/** Reads the entries of one mapping; what is wrong is reported. */
export function readPart<K extends Kinds>(
  entries: readonly Entry[],
  { table, data }: { readonly table: KeyTable<K>; readonly data?: Data | undefined },
  reading: Reading,
): Part & { readonly values: Values<K> } {
  const { values, wrong } = readKeys(entries, table, reading);
  return { entries, values, wrong, serial: readSerial(entries, reading), data };
}

function readSerial(entries: readonly Entry[], reading: Reading): SerialValues | null | undefined {
  const entry = entries.find(({ key }) => key === SERIAL_KEY);
  if (entry === undefined) return undefined;
  const seen = look(entry.value);
  if (seen.kind === 'nothing') return null;
  if (seen.kind === 'broken') return undefined;
  if (seen.kind === 'map') return readKeys(seen.entries, SERIAL_TABLE, reading).values;
  reading.problems.report(entry.valueAt, `${SERIAL_KEY} must be a mapping, such as { port: /dev/ttyUSB0 }`);
  return undefined;
}

/** Two keys for one thing: what says the one says the other too. */
const TWINS: Readonly<Partial<Record<string, 'host' | 'ip' | 'device_type' | 'platform'>>> = {
  host: 'ip',
  ip: 'host',
  device_type: 'platform',
  platform: 'device_type',
};

/** Lays the parts over one another, the strongest first. */
export function layersOf(parts: readonly Part[], { wholeData = false }: Pick<RawInventory, 'wholeData'> = {}): Layer {
  const places = new Map<string, PlacedEntry>();
  const values: Record<string, unknown> = {};
  const wrong = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const fresh = part.entries.filter(({ key }) => !places.has(key) && !places.has(TWINS[key] ?? key));
    for (const { key, keyAt, valueAt } of fresh) {
      places.set(key, { keyAt, valueAt, rank: index + 1 });
      if (part.wrong.has(key)) wrong.add(key);
      else values[key] = (part.values as Record<string, unknown>)[key];
    }
  }
  // From the weakest on: a list between two mappings cuts off the one below it.
  const data = parts.reduceRight<Data | undefined>((weak, part) => mergeData(part.data, weak, wholeData), undefined);
  const read = values as DeviceValues;
  const ways = { ssh: sshOf(read), route: routeOf(read) };
  return { places, values: read, wrong, serial: serialOf(parts), data, ...ways, wholeData };
}

/** The keys of a line are settings of their own: a group has the speed, and its devices the paths. */
function serialOf(parts: readonly Pick<Part, 'serial'>[]): Part['serial'] {
  let serial: Part['serial'];
  for (const part of parts) {
    if (part.serial === null) return serial ?? null;
    if (part.serial !== undefined) serial = { ...part.serial, ...serial };
  }
  return serial;
}

/** A device's own part with what it has from its groups and from the defaults. */
export interface Layered extends Omit<Part, 'entries'> {
  readonly own: Part;
  readonly from: Layer;
}

/** Lays what a device says over what it has from elsewhere. */
export function overLayer(own: Part, from: Layer): Layered {
  if (from.places.size === 0 && from.data === undefined) return { ...own, own, from };
  const values: DeviceValues = { ...from.values, ...own.values };
  const wrong = new Set(own.wrong);
  const said = (key: string): boolean => Object.hasOwn(own.values, key) || own.wrong.has(key);
  for (const key of from.wrong) if (!said(key) && !said(TWINS[key] ?? key)) wrong.add(key);
  for (const { key } of own.entries) {
    const twin = TWINS[key];
    if (twin !== undefined && !Object.hasOwn(own.values, twin)) delete values[twin];
    if (own.wrong.has(key)) delete values[key as keyof DeviceValues];
  }
  return {
    own,
    from,
    values,
    wrong,
    serial: serialOf([own, from]),
    data: mergeData(own.data, from.data, from.wholeData),
  };
}

/** What the device says of SSH and of the way, or what it has from elsewhere. */
export function waysOf({ own, from, values }: Layered): Pick<Layer, 'ssh' | 'route'> {
  const says = (keys: Kinds): boolean => own.entries.some(({ key }) => Object.hasOwn(keys, key));
  return {
    ssh: says(SSH_KEYS) ? sshOf(values) : from.ssh,
    route: says(ROUTE_KEYS) ? routeOf(values) : from.route,
  };
}

/** How far from a device a key stands that it has: 0 is in it, 1 in the first of its groups. */
export function rankOf({ own, from }: Layered, key: string): number {
  return placeOf(own, key) === undefined ? (from.places.get(key)?.rank ?? Number.POSITIVE_INFINITY) : 0;
}

/** Where a key of a device stands, or in what gave it to the device. */
export function entryOf({ own, from }: Layered, key: string): Pick<Entry, 'keyAt' | 'valueAt'> | undefined {
  return placeOf(own, key) ?? from.places.get(key);
}

function placeOf(own: Part, wanted: string): Entry | undefined {
  return own.entries.find(({ key }) => key === wanted);
}
