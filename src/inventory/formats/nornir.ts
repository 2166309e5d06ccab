import { type Entry, look } from '../node.js';
import type { NameAt, RawDevice, RawGroup, RawInventory, RawPart } from '../raw.js';
import { elementEntry, PLUGINS } from './connection-options.js';
import type { SourceTree, Telling } from './format.js';
import { kindOf, textOf } from './nodes.js';
import { type ConnectionChain, connectionEntries, type Options } from './nornir-connection.js';

/** The files of nornir's SimpleInventory that were there. */
export interface NornirTrees {
  readonly hosts: SourceTree;
  readonly groups?: SourceTree;
  readonly defaults?: SourceTree;
}

/** A host, a group or the defaults, as its file has it. */
interface Element extends RawPart {
  readonly name: string;
  readonly groups: readonly NameAt[];
  readonly options: ReadonlyMap<string, Options>;
}

const KEYS = ['hostname', 'port', 'username', 'password', 'platform', 'groups', 'data', 'connection_options'];

/**
 * Reads the hosts, groups and defaults of nornir's SimpleInventory. A host's own value counts first, then its groups, each
 * followed by the groups that it is in, then the defaults; connection options go before the host's own values.
 * Source: nornir 3.6, `core/inventory.py`: `extended_groups` and `get_connection_parameters`.
 */
export function readNornir(trees: NornirTrees, telling: Telling): RawInventory {
  const hosts = elementsOf(trees.hosts, 'host', telling);
  const groups = trees.groups === undefined ? [] : elementsOf(trees.groups, 'group', telling);
  const defaults = trees.defaults === undefined ? undefined : defaultsOf(trees.defaults, telling);
  const chain: ConnectionChain = {
    groups: new Map(groups.map((group) => [group.name, group])),
    defaults: defaults?.options ?? new Map(),
    known: new Map(),
    open: new Set(),
  };
  const devices = hosts.map(({ options, ...host }): RawDevice => {
    const over = connectionEntries({ options, groups: host.groups }, chain);
    if (over.length === 0) return host;
    const keys = new Set(over.map(({ key }) => key));
    return { ...host, entries: [...host.entries.filter(({ key }) => !keys.has(key)), ...over] };
  });
  const raw = {
    groups: groups.map(({ groups: parents, options: _, ...group }): RawGroup => ({ ...group, parents })),
    devices,
  };
  if (defaults === undefined) return raw;
  const { at, entries, data } = defaults;
  return { ...raw, defaults: { at, entries, ...(data === undefined ? {} : { data }) } };
}

function elementsOf({ root, base }: SourceTree, what: 'host' | 'group', telling: Telling): readonly Element[] {
  const seen = look(root);
  if (seen.kind === 'nothing' || seen.kind === 'broken') return [];
  if (seen.kind !== 'map') {
    const message = `expected a mapping with a key for each ${what} (${what === 'host' ? 'r1' : 'core'}:), got ${kindOf(seen)}`;
    telling.problems.report(root?.at ?? base, message);
    return [];
  }
  return seen.entries.flatMap((entry) => {
    const value = look(entry.value);
    const at = entry.keyAt;
    if (value.kind === 'map') return [elementOf(entry.key, { at, all: value.entries, what }, telling)];
    // nornir cannot read `r1:` with nothing behind it; here it is a host that has everything from the defaults.
    if (value.kind === 'nothing') return [elementOf(entry.key, { at, all: [], what }, telling)];
    if (value.kind !== 'broken') {
      telling.problems.report(
        entry.valueAt,
        `a ${what} must be a mapping with hostname, platform …, got ${kindOf(value)}`,
      );
    }
    return [];
  });
}

function defaultsOf({ root, base }: SourceTree, telling: Telling): Element | undefined {
  const seen = look(root);
  if (seen.kind === 'map') return elementOf('', { at: root?.at ?? base, all: seen.entries, what: 'defaults' }, telling);
  if (seen.kind === 'text' || seen.kind === 'list') {
    telling.problems.report(
      root?.at ?? base,
      `the defaults must be a mapping with username, data …, got ${kindOf(seen)}`,
    );
  }
  return undefined;
}

interface ElementPlace {
  readonly at: number;
  readonly all: readonly Entry[];
  readonly what: string;
}

function elementOf(name: string, { at, all, what }: ElementPlace, telling: Telling): Element {
  const entries: Entry[] = [];
  let groups: readonly NameAt[] = [];
  let data: readonly Entry[] | undefined;
  let options: ReadonlyMap<string, Options> = new Map();
  for (const entry of all) {
    const own = elementEntry(entry);
    if (own !== undefined) entries.push(own);
    else if (entry.key === 'groups') groups = groupNames(entry, telling);
    else if (entry.key === 'data') data = mappingOf(entry, telling);
    else if (entry.key === 'connection_options') options = optionsOf(entry, telling);
    else if (/^\w{1,64}$/.test(entry.key)) {
      telling.warn(
        `${telling.problems.placeAt(entry.keyAt).file}: nornir has no key '${entry.key}' of a ${what}: it is not read; it has ${KEYS.join(', ')}`,
      );
    }
  }
  return { name, at, entries, groups, options, ...(data === undefined ? {} : { data }) };
}

function groupNames(entry: Entry, { problems }: Telling): readonly NameAt[] {
  const seen = look(entry.value);
  if (seen.kind === 'nothing' || seen.kind === 'broken') return [];
  if (seen.kind !== 'list') {
    problems.report(entry.valueAt, `groups must be a list of names, such as [core], got ${kindOf(seen)}`);
    return [];
  }
  return seen.items.flatMap((item) => {
    const name = textOf(item);
    const at = item?.at ?? entry.valueAt;
    if (name === undefined) problems.report(at, 'groups must be a list of names, such as [core]');
    return name === undefined ? [] : [{ name, at }];
  });
}

function mappingOf(entry: Entry, { problems }: Telling): readonly Entry[] | undefined {
  const seen = look(entry.value);
  if (seen.kind === 'map') return seen.entries;
  if (seen.kind !== 'nothing' && seen.kind !== 'broken') {
    problems.report(entry.valueAt, `${entry.key} must be a mapping, got ${kindOf(seen)}`);
  }
  return undefined;
}

function optionsOf(entry: Entry, telling: Telling): ReadonlyMap<string, Options> {
  const found = new Map<string, Options>();
  for (const plugin of mappingOf(entry, telling) ?? []) {
    if (!(PLUGINS as readonly string[]).includes(plugin.key)) continue;
    const entries = mappingOf(plugin, telling);
    const extras = entries?.find(({ key }) => key === 'extras');
    const inside = extras === undefined ? undefined : mappingOf(extras, telling);
    if (entries !== undefined) found.set(plugin.key, { entries, extras: inside });
  }
  return found;
}
