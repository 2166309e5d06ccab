import type { Entry } from '../node.js';
import type { NameAt } from '../raw.js';
import { extrasEntries, optionEntries, PLUGINS, type Plugin } from './connection-options.js';

/** What one element says of one connection plugin. */
export interface Options {
  readonly entries: readonly Entry[];
  readonly extras?: readonly Entry[] | undefined;
}

/** What has connection options: a host or a group. */
export interface WithOptions {
  readonly options: ReadonlyMap<string, Options>;
  readonly groups: readonly NameAt[];
}

export interface ConnectionChain {
  readonly groups: ReadonlyMap<string, WithOptions>;
  readonly defaults: ReadonlyMap<string, Options>;
  /** What was found out for a group; undefined while it is being found out, so that a circle ends. */
  readonly known: Map<string, Resolved | undefined>;
  readonly open: Set<string>;
}

const MOST_OPEN = 1000;

/** What counts for one plugin: each field by itself, and `extras` as a whole. */
interface Resolved {
  readonly fields: ReadonlyMap<string, Entry>;
  readonly extras?: readonly Entry[] | undefined;
}

/** Returns the entries that the connection options of a host come to, with those that it inherits. */
export function connectionEntries(host: WithOptions, chain: ConnectionChain): readonly Entry[] {
  const plugin = PLUGINS.find((name) => isSpokenOf(name, host, chain));
  if (plugin === undefined) return [];
  const { fields, extras = [] } = resolve(host, plugin, chain);
  const all = new Map(fields);
  for (const entry of extrasEntries(extras, plugin)) all.set(entry.key, entry);
  return [...all.values()];
}

function isSpokenOf(plugin: Plugin, host: WithOptions, chain: ConnectionChain): boolean {
  if (host.options.has(plugin)) return true;
  const { fields, extras } = resolve(host, plugin, chain);
  return fields.size > 0 || extras !== undefined;
}

/**
 * What stands at an element itself, then what each of its groups comes to, then the defaults. As in nornir a group comes
 * to more than it says: the defaults are in it, and go before those of the next group.
 */
function resolve(element: WithOptions, plugin: Plugin, chain: ConnectionChain): Resolved {
  const own = element.options.get(plugin);
  const parts = [own === undefined ? undefined : partOf(own, plugin)];
  for (const { name } of element.groups) parts.push(ofGroup(name, plugin, chain));
  const defaults = chain.defaults.get(plugin);
  parts.push(defaults === undefined ? undefined : partOf(defaults, plugin));
  const fields = new Map<string, Entry>();
  let extras: readonly Entry[] | undefined;
  for (const part of parts) {
    for (const [key, entry] of part?.fields ?? []) if (!fields.has(key)) fields.set(key, entry);
    extras ??= part?.extras;
  }
  return { fields, extras };
}

function ofGroup(name: string, plugin: Plugin, chain: ConnectionChain): Resolved | undefined {
  const id = `${plugin} ${name}`;
  if (chain.known.has(id)) return chain.known.get(id);
  const group = chain.groups.get(name);
  // Those that are open now are each in the next one: so long a row is told of where groups are put into order.
  if (group === undefined || chain.open.size >= MOST_OPEN) return undefined;
  chain.known.set(id, undefined);
  chain.open.add(name);
  const resolved = resolve(group, plugin, chain);
  chain.open.delete(name);
  chain.known.set(id, resolved);
  return resolved;
}

function partOf({ entries, extras }: Options, plugin: Plugin): Resolved {
  return { fields: new Map(optionEntries(entries, plugin).map((entry) => [entry.key, entry])), extras };
}
