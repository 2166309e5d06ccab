import { typed } from '../data.js';
import { DEVICE_KEYS } from '../keys.js';
import { type Entry, look, type TreeNode } from '../node.js';
import type { OpenInventory } from '../parse.js';
import type { NameAt, RawInventory, RawPart } from '../raw.js';

/** An inventory as plain values, in the native form: what JSON or YAML writes of it can be read again. */
export interface NativeInventory {
  readonly defaults?: NativePart;
  /** In a map, which keeps its order also for names that are numbers. */
  readonly groups: ReadonlyMap<string, NativePart>;
  readonly devices: ReadonlyMap<string, NativePart>;
}

type NativePart = Readonly<Record<string, unknown>>;

export interface NativeOptions {
  /** The names of the devices that are wanted. */
  readonly devices: ReadonlySet<string>;
  /** Whether secrets that stand there as they are come along; else there is nothing in their places. */
  readonly withSecrets: boolean;
}

export interface Native {
  readonly inventory: NativeInventory;
  /** How many secrets were left out. */
  readonly leftOut: number;
}

/** The keys whose values are secrets, wherever they stand. */
const SECRET_KEYS: ReadonlySet<string> = new Set(
  Object.entries(DEVICE_KEYS)
    .filter(([, kind]) => 'hidden' in kind)
    .map(([key]) => key),
);

/** Whether a device or a group says where devices are. */
const saysHost = ({ entries }: RawPart): boolean => entries.some(({ key }) => key === 'host' || key === 'ip');

/**
 * Returns what an inventory of any format says as values of the native form, its groups kept; groups that no wanted device
 * is in are left out. A secret that stands there as it is becomes null when it is not to come along, so that nothing else
 * is taken in its place.
 */
export function nativeOf({ inventory, raw }: OpenInventory, { devices, withSecrets }: NativeOptions): Native {
  let leftOut = 0;

  const value = (node: TreeNode, key: string): unknown => {
    const seen = look(node);
    if (seen.kind === 'list') return seen.items.map((item) => value(item, key));
    if (seen.kind === 'map') return mapping(seen.entries);
    if (seen.kind !== 'text') return null;
    if (!SECRET_KEYS.has(key)) return asWritten(seen.text);
    if (withSecrets || seen.text === '') return seen.text;
    leftOut += 1;
    return null;
  };
  const mapping = (entries: readonly Entry[]): NativePart =>
    Object.fromEntries(entries.map((entry) => [entry.key, value(entry.value, entry.key)]));
  const contested = contestedIn(raw);
  const part = ({ entries, data }: RawPart, names: readonly NameAt[], whole: NativePart = {}): NativePart => {
    const keys = Object.entries(mapping(entries));
    if (names.length > 0) keys.push(['groups', names.map(({ name }) => name)]);
    const own = { ...dataOf(data?.filter(({ key }) => !contested.has(key)) ?? []), ...whole };
    if (data !== undefined || Object.keys(own).length > 0) keys.push(['data', own]);
    return Object.fromEntries(keys);
  };

  const hostsElsewhere = raw.groups.some(saysHost) || (raw.defaults !== undefined && saysHost(raw.defaults));
  const wanted = inventory.devices.flatMap((device, index) => {
    const own = raw.devices[index];
    if (own === undefined || !devices.has(device.name)) return [];
    const whole = Object.entries(device.data ?? {}).filter(([key]) => contested.has(key));
    const { name: _standsAsKey, ...rest } = part(own, own.groups, Object.fromEntries(whole));
    // A name says where the device is, when nothing else does.
    const isHost = rest.host === device.name && !hostsElsewhere && device.transport !== 'process';
    const { host: _same, ...others } = rest;
    return [{ device, part: isHost ? others : rest }];
  });
  const used = new Set(wanted.flatMap(({ device }) => device.groups ?? []));
  const groups = raw.groups.filter(({ name }) => used.has(name));
  return {
    inventory: {
      ...(raw.defaults === undefined ? {} : { defaults: part(raw.defaults, []) }),
      groups: new Map(groups.map((group) => [group.name, part(group, group.parents)])),
      devices: new Map(wanted.map((one) => [one.device.name, one.part])),
    },
    leftOut,
  };
}

/**
 * The keys of data that several parts have mappings for, where such mappings replace one another, as in other tools: in
 * the native form they would be merged, so each device is given its own.
 */
function contestedIn({ defaults, groups, devices, wholeData }: RawInventory): ReadonlySet<string> {
  const seen = new Set<string>();
  const contested = new Set<string>();
  if (!wholeData) return contested;
  for (const { data = [] } of [...(defaults === undefined ? [] : [defaults]), ...groups, ...devices]) {
    for (const { key, value } of data) {
      if (look(value).kind !== 'map') continue;
      if (seen.has(key)) contested.add(key);
      seen.add(key);
    }
  }
  return contested;
}

/** A number or a truth value where it is written as one: as a text it would be the same, and look odd. */
function asWritten(text: string): unknown {
  const value = typed(text);
  return value !== null && String(value) === text ? value : text;
}

function dataOf(entries: readonly Entry[]): NativePart {
  return Object.fromEntries(entries.map(({ key, value }) => [key, dataValue(value)]));
}

function dataValue(node: TreeNode): unknown {
  const seen = look(node);
  if (seen.kind === 'list') return seen.items.map(dataValue);
  if (seen.kind === 'map') return dataOf(seen.entries);
  if (seen.kind !== 'text') return null;
  return seen.plain ? typed(seen.text) : seen.text;
}
