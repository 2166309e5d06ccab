import type { Entry } from '../node.js';
import type { NameAt } from '../raw.js';
import {
  ALL,
  type AnsibleGroup,
  type AnsibleHost,
  type AnsibleTree,
  UNGROUPED,
  type Variables,
} from './ansible-model.js';
import { isOpen } from './ansible-template.js';
import { type Translated, translate } from './ansible-vars.js';
import type { Telling } from './format.js';

/** What a host has from its groups: as Ansible sees it, and as the groups alone would give it. */
export interface FromGroups {
  readonly variables: Variables;
  readonly have: Translated;
  readonly groups: readonly NameAt[];
}

/**
 * Returns what tells what a host has from its groups, found out once for all hosts of the same groups. Ansible's order,
 * the weakest first: what the inventory says of `all`, of the groups by depth, then priority, then name; then the files of
 * group_vars in the same order. Source: `sort_groups` and VARIABLE_PRECEDENCE of ansible-core 2.19.
 */
export function inheritedOf(tree: AnsibleTree, telling: Telling): (host: AnsibleHost) => FromGroups {
  const depths = depthsOf(tree);
  const known = new Map<string, FromGroups>();
  const all = tree.groups.get(ALL);
  const parts = new Map<string, Translated>();
  const partOf = (group: AnsibleGroup): Translated => {
    const before = parts.get(group.name) ?? translate(new Map([...group.vars, ...group.fileVars]), SILENT(telling));
    parts.set(group.name, before);
    return before;
  };

  return ({ groups: direct }) => {
    const own = direct.length > 1 ? direct.filter(({ name }) => name !== UNGROUPED) : direct;
    const key = own.map(({ name }) => name).join('\n');
    const before = known.get(key);
    if (before !== undefined) return before;
    const sorted = ancestors(own, tree).sort((a, b) => strength(a, b, depths));
    const variables: Variables = new Map();
    const take = (from: Variables): void => {
      for (const [name, entry] of from) variables.set(name, entry);
    };
    for (const group of all === undefined ? sorted : [all, ...sorted]) take(group.vars);
    for (const group of all === undefined ? sorted : [all, ...sorted]) take(group.fileVars);
    const groups = strongestFirst(own, { tree, depths });
    const order = inOrder(groups, tree);
    const have = laid([...order, ...(all === undefined ? [] : [all])].map(partOf));
    const found = { variables, have, groups };
    known.set(key, found);
    return found;
  };
}

/** What there is to tell of groups was told when they were read. */
const SILENT = ({ problems }: Telling): Telling => ({ problems, warn: () => undefined });

/** How deep each group is under `all`, by its longest way. */
function depthsOf({ groups }: AnsibleTree): ReadonlyMap<string, number> {
  const waiting = new Map<string, number>();
  const children = new Map<string, string[]>();
  const depths = new Map<string, number>([[ALL, 0]]);
  const ready: string[] = [];
  for (const { name, parents } of groups.values()) {
    const real = parents.filter((parent) => parent.name !== ALL && groups.has(parent.name));
    waiting.set(name, real.length);
    if (name !== ALL && real.length === 0) ready.push(name);
    for (const parent of real) {
      const under = children.get(parent.name) ?? [];
      under.push(name);
      children.set(parent.name, under);
    }
  }
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    const depth = depths.get(name) ?? 1;
    depths.set(name, depth);
    for (const child of children.get(name) ?? []) {
      depths.set(child, Math.max(depths.get(child) ?? 1, depth + 1));
      const left = (waiting.get(child) ?? 1) - 1;
      waiting.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  return depths;
}

/** The weaker one first. */
function strength(a: AnsibleGroup, b: AnsibleGroup, depths: ReadonlyMap<string, number>): number {
  const deeper = (depths.get(a.name) ?? 1) - (depths.get(b.name) ?? 1);
  return deeper || a.priority - b.priority || (a.name < b.name ? -1 : 1);
}

/** The groups of a host and all groups that those are in, apart from `all`. */
function ancestors(direct: readonly NameAt[], { groups }: AnsibleTree): AnsibleGroup[] {
  const found = new Set<AnsibleGroup>();
  const waiting = direct.map(({ name }) => name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const group = name === ALL ? undefined : groups.get(name);
    if (group === undefined || found.has(group)) continue;
    found.add(group);
    for (const parent of group.parents) waiting.push(parent.name);
  }
  return [...found];
}

function strongestFirst(
  direct: readonly NameAt[],
  { tree, depths }: { readonly tree: AnsibleTree; readonly depths: ReadonlyMap<string, number> },
): readonly NameAt[] {
  const named = direct.flatMap((name) => {
    const group = name.name === ALL ? undefined : tree.groups.get(name.name);
    const empty = group?.name === UNGROUPED && group.vars.size + group.fileVars.size === 0;
    return group === undefined || empty ? [] : [{ name, group }];
  });
  return named.sort((a, b) => strength(b.group, a.group, depths)).map(({ name }) => name);
}

/** As rollcall has it: each group followed by the groups that it is in, the first that is met. */
function inOrder(direct: readonly NameAt[], { groups }: AnsibleTree): readonly AnsibleGroup[] {
  const found = new Set<AnsibleGroup>();
  const waiting = [...direct].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const group = next.name === ALL ? undefined : groups.get(next.name);
    if (group === undefined || found.has(group)) continue;
    found.add(group);
    for (const parent of [...group.parents].reverse()) waiting.push(parent);
  }
  return [...found];
}

/** The strongest first; what a group cannot give is not in it. */
function laid(parts: readonly Translated[]): Translated {
  const entries = new Map<string, Entry>();
  const data = new Map<string, Entry>();
  for (const part of parts) {
    for (const [key, entry] of part.entries) if (!entries.has(key) && !isOpen(entry)) entries.set(key, entry);
    for (const [key, entry] of part.data) if (!data.has(key)) data.set(key, entry);
  }
  return { entries, data };
}
