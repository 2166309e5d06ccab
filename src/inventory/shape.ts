import { didYouMean, quote } from '../base/index.js';
import { DEVICE_KEYS } from './keys.js';
import { type Entry, look, showKey, type TreeNode } from './node.js';
import type { Problems } from './problems.js';
import type { NameAt, RawDevice, RawGroup, RawInventory, RawPart } from './raw.js';

export const EXPECTED =
  'expected a list of devices (- host: 192.0.2.1 …), the same under a key (routers:), or devices by their names ' +
  '(devices: { R1: { host: 192.0.2.1 … } }), each with host and device_type';

/** The keys at the top that have a meaning when they hold a mapping. */
const SECTIONS = ['defaults', 'groups', 'devices'] as const;
type Section = (typeof SECTIONS)[number];

/** The keys of a mapping that are no keys of a device, and read apart. */
const GROUPS_KEY = 'groups';
const DATA_KEY = 'data';

/**
 * Finds what a file of rollcall's own says: `defaults`, `groups` and `devices` at the top, each a mapping, and lists of
 * devices: one that is the whole file, or those under any keys. Other keys may only hold values that devices share, with
 * an anchor (`&name`) or a name that begins with `x-` or a dot.
 */
export function shapeOf(root: TreeNode, problems: Problems): RawInventory {
  const seen = look(root);
  if (seen.kind === 'list') return { groups: [], devices: devicesIn(seen.items, problems) };
  if (seen.kind === 'text') problems.report(root?.at ?? 0, `no inventory: ${EXPECTED}`);
  if (seen.kind !== 'map') return { groups: [], devices: [] };
  const device = seen.entries.find(({ key }) => Object.hasOwn(DEVICE_KEYS, key));
  if (device !== undefined) {
    problems.report(device.keyAt, "a device is an item of a list: put '- ' before its first key");
    return { groups: [], devices: [] };
  }
  let defaults: RawPart | undefined;
  const groups: RawGroup[] = [];
  const devices: RawDevice[] = [];
  const warnings: string[] = [];
  for (const entry of seen.entries) {
    const under = look(entry.value);
    if (under.kind === 'list') for (const one of devicesIn(under.items, problems)) devices.push(one);
    else if (isAside(entry)) warnAside(entry, { problems, warnings });
    else if (!isSection(entry.key)) refuse(entry, problems);
    else if (under.kind === 'text') problems.report(entry.valueAt, `${entry.key} must be a mapping, got a text`);
    else if (under.kind !== 'map') continue;
    else if (entry.key === 'defaults') defaults = defaultsOf(under.entries, entry.keyAt, problems);
    else if (entry.key === 'groups') for (const one of under.entries) groups.push(...groupOf(one, problems));
    else for (const one of under.entries) devices.push(...deviceUnder(one, problems));
  }
  return { ...(defaults === undefined ? {} : { defaults }), groups, devices, warnings };
}

function isSection(key: string): key is Section {
  return (SECTIONS as readonly string[]).includes(key);
}

/** Whether a key holds nothing but what others refer to, or is for an editor. */
function isAside({ key, value }: Entry): boolean {
  return /^(?:x-|\.)/.test(key) || key === '$schema' || value?.anchored === true;
}

/** Before there were `defaults` people called so what they merged: their files mean the same as ever. */
function warnAside(
  { key, keyAt, value }: Entry,
  to: { readonly problems: Problems; readonly warnings: string[] },
): void {
  if (!isSection(key) || value?.anchored !== true) return;
  const { file, line } = to.problems.placeAt(keyAt);
  to.warnings.push(
    `${file}:${line}: ${key} has an anchor (&name), so it only holds values to merge; without the anchor it has its own meaning`,
  );
}

function refuse(entry: Entry, problems: Problems): void {
  const seen = look(entry.value);
  if (seen.kind !== 'map' && seen.kind !== 'text') return;
  const got = seen.kind === 'map' ? 'a mapping' : 'a text';
  const shown = showKey(entry);
  const hint =
    (shown.startsWith("'") ? didYouMean(entry.key, SECTIONS) : '') ||
    '; values that devices share need an anchor (&name), devices by their names stand under `devices:`';
  problems.report(entry.keyAt, `expected a list of devices under ${shown}, got ${got}${hint}`);
}

function devicesIn(items: readonly TreeNode[], problems: Problems): readonly RawDevice[] {
  return items.flatMap((node) => {
    const seen = look(node);
    const at = node?.at ?? 0;
    if (seen.kind === 'map')
      return [againWhenRead(node, { ...partOf(seen.entries, at, problems), groups: groupsOf(seen.entries, problems) })];
    if (seen.kind === 'broken') return [];
    const got = { nothing: 'nothing', text: 'a text', list: 'a list' }[seen.kind];
    problems.report(at, `a device must be a mapping with host and device_type, got ${got}`);
    return [];
  });
}

/** A device under its name; nothing behind it is a device that has everything from elsewhere. */
function deviceUnder(entry: Entry, problems: Problems): readonly RawDevice[] {
  const { key: name, keyAt } = entry;
  const seen = look(entry.value);
  const entries = seen.kind === 'map' ? seen.entries : [];
  if (seen.kind === 'text' || seen.kind === 'list') {
    const got = seen.kind === 'text' ? 'a text' : 'a list';
    problems.report(entry.valueAt, `a device must be a mapping such as { host: 192.0.2.1 }, got ${got}`);
    return [];
  }
  const second = entries.find(({ key }) => key === 'name');
  if (second !== undefined)
    problems.report(second.keyAt, `this device has its name already: it stands under ${quote(name)}`);
  const groups = groupsOf(entries, problems);
  return [againWhenRead(entry.value, { ...partOf(entries, keyAt, problems), name, nameIsHost: true, groups })];
}

function groupOf(entry: Entry, problems: Problems): readonly RawGroup[] {
  const { key: name, keyAt } = entry;
  const seen = look(entry.value);
  if (seen.kind === 'broken') return [];
  const entries = seen.kind === 'map' ? seen.entries : [];
  if (seen.kind === 'text' || seen.kind === 'list') {
    const got = seen.kind === 'text' ? 'a text' : 'a list';
    problems.report(entry.valueAt, `a group must be a mapping of what its devices share, got ${got}`);
  }
  return [{ ...partOf(entries, keyAt, problems), name, parents: groupsOf(entries, problems) }];
}

function defaultsOf(entries: readonly Entry[], at: number, problems: Problems): RawPart {
  const groups = entries.find(({ key }) => key === GROUPS_KEY);
  if (groups !== undefined) problems.report(groups.keyAt, 'defaults are in no group: they hold for every device');
  return partOf(entries, at, problems);
}

/** The same device, whose entries are looked up when they are read: those of 100,000 are not held at once. */
function againWhenRead(node: TreeNode, { entries: _, data, ...rest }: RawDevice): RawDevice {
  const entries = (): readonly Entry[] => {
    const seen = look(node);
    return seen.kind === 'map' ? seen.entries : [];
  };
  return {
    ...rest,
    ...(data === undefined ? {} : { data }),
    get entries() {
      return ownEntries(entries());
    },
  };
}

function partOf(all: readonly Entry[], at: number, problems: Problems): RawPart {
  const data = all.find(({ key }) => key === DATA_KEY);
  const entries = ownEntries(all);
  if (data === undefined) return { at, entries };
  const seen = look(data.value);
  if (seen.kind === 'map') return { at, entries, data: seen.entries };
  if (seen.kind !== 'nothing' && seen.kind !== 'broken') {
    problems.report(data.valueAt, 'data must be a mapping such as { site: msk }');
  }
  return { at, entries };
}

function ownEntries(all: readonly Entry[]): readonly Entry[] {
  return all.filter(({ key }) => key !== DATA_KEY && key !== GROUPS_KEY);
}

/** The names of a list, or one alone. */
function groupsOf(entries: readonly Entry[], problems: Problems): readonly NameAt[] {
  const entry = entries.find(({ key }) => key === GROUPS_KEY);
  if (entry === undefined) return [];
  const seen = look(entry.value);
  if (seen.kind === 'nothing' || seen.kind === 'broken') return [];
  const nodes = seen.kind === 'list' ? seen.items : [entry.value];
  return nodes.flatMap((node) => {
    const one = look(node);
    const at = node?.at ?? entry.valueAt;
    if (one.kind === 'text') return [{ name: one.text, at }];
    if (one.kind !== 'broken') problems.report(at, 'groups must be names of groups: [core, site-msk], or one name');
    return [];
  });
}
