import { type Data, dataReader } from './data.js';
import type { Device, Group, Inventory } from './device.js';
import { InventoryError, type InventoryProblem } from './errors.js';
import { given } from './given.js';
import { groupOrder } from './group-order.js';
import { DEFAULTS_KEYS, GROUP_KEYS } from './keys.js';
import { layersOf, type Part, partTable, readPart } from './layers.js';
import { nameDevices } from './names.js';
import type { DeviceType } from './platform.js';
import type { Problems } from './problems.js';
import type { NameAt, RawDevice, RawGroup, RawInventory, RawPart } from './raw.js';
import { type DeviceReading, type Inherited, readDevice, sourceOf, type Unnamed } from './read-device.js';

export interface Resolving {
  readonly problems: Problems;
  /** What messages call all of it. */
  readonly file: string;
  readonly deviceType: (name: string) => DeviceType;
  /** What was expected where there is no device at all. */
  readonly expected: string;
  /** Where secrets stand in plain text is noted here. */
  readonly plainSecrets?: Set<number>;
}

interface ReadGroup {
  readonly group: Group;
  readonly part: Part;
}

const GROUP_TABLE = partTable('a group', GROUP_KEYS);
const DEFAULTS_TABLE = partTable('defaults', DEFAULTS_KEYS);

/**
 * Makes devices of what a reader found: what a device says itself wins, then its groups in their order, then the
 * defaults. Throws InventoryError with everything that is wrong, also with what the reader has reported.
 */
export function resolveInventory(
  raw: RawInventory,
  { problems, file, deviceType, expected, plainSecrets = new Set() }: Resolving,
): Inventory {
  const maps = { ignored: new Map(), unknown: new Map(), hints: new Map() };
  const reading: DeviceReading = { problems, ...maps, plainSecrets, deviceType };
  const readData = dataReader(problems);
  const dataOf = ({ data }: RawPart): Data | undefined => (data === undefined ? undefined : readData(data));

  const groups = new Map(raw.groups.map((group) => [group.name, readGroup(group, dataOf(group), reading)]));
  const weakest =
    raw.defaults && readPart(raw.defaults.entries, { table: DEFAULTS_TABLE, data: dataOf(raw.defaults) }, reading);
  if (weakest !== undefined) checkType(weakest, reading);
  const inheritedBy = inheritance(raw, { groups, weakest }, problems);

  const unnamed: Unnamed[] = [];
  for (const one of raw.devices) {
    const device = readDevice(one, { inherited: inheritedBy(one), data: dataOf(one) }, reading);
    if (device !== undefined) unnamed.push(device);
  }
  const devices: readonly Device[] = nameDevices(unnamed, problems);
  if (problems.found.length > 0) throw new InventoryError(inOrder(problems.found));
  if (devices.length === 0) throw new InventoryError([{ file, message: `no devices in this file; ${expected}` }]);
  const warnings = [...(raw.warnings ?? []), ...warningsOf(reading, file)];
  return { devices, groups: [...groups.values()].map(({ group }) => group), warnings, file };
}

function readGroup(raw: RawGroup, data: Data | undefined, reading: DeviceReading): ReadGroup {
  const part = readPart(raw.entries, { table: GROUP_TABLE, data }, reading);
  checkType(part, reading);
  const group = given({
    name: raw.name,
    parents: raw.parents.map(({ name }) => name),
    data,
    maxSessions: part.values.max_sessions,
    source: sourceOf(raw.at, reading),
  });
  return { group, part };
}

/** A platform is looked at where it stands, also when no device has it. */
function checkType({ entries, values }: Part, { deviceType, problems }: DeviceReading): void {
  for (const key of ['device_type', 'platform'] as const) {
    const type = values[key] === undefined ? undefined : deviceType(values[key]);
    if (type === undefined || !('wrong' in type)) continue;
    problems.report(entries.find((entry) => entry.key === key)?.valueAt ?? 0, type.wrong);
  }
}

interface Sources {
  readonly groups: ReadonlyMap<string, ReadGroup>;
  readonly weakest: Part | undefined;
}

/** Returns what tells what a device has from elsewhere: laid together once for all devices of the same groups. */
function inheritance(
  raw: RawInventory,
  { groups, weakest }: Sources,
  problems: Problems,
): (device: RawDevice) => Inherited {
  const orderOf = groupOrder(raw.groups, problems);
  const known = new Map<string, Inherited>();
  const isSound = (names: readonly NameAt[]): boolean => names.every(({ name }) => groups.has(name));

  return ({ groups: names }) => {
    const key = JSON.stringify(names.map(({ name }) => name));
    const before = known.get(key);
    if (before !== undefined) return before;
    const order = orderOf(names);
    const parts = order.flatMap((name) => groups.get(name)?.part ?? []);
    const inherited = { layer: layersOf(weakest === undefined ? parts : [...parts, weakest], raw), groups: order };
    // What is wrong with the names is told of each device that has it.
    if (isSound(names) && new Set(names.map(({ name }) => name)).size === names.length) known.set(key, inherited);
    return inherited;
  };
}

/** File by file, and each from its beginning. */
function inOrder(problems: readonly InventoryProblem[]): readonly InventoryProblem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  const rank = ({ file }: InventoryProblem): number => files.indexOf(file);
  return [...problems].sort(
    (a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

function warningsOf({ ignored }: DeviceReading, file: string): readonly string[] {
  if (ignored.size === 0) return [];
  const keys = [...ignored].map(([key, instead]) => (instead === undefined ? key : `${key} (see ${instead})`));
  return [`${file}: accepted for netmiko's sake, and without effect here: ${keys.sort().join(', ')}`];
}
