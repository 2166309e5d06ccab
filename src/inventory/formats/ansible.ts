import { type Entry, look } from '../node.js';
import type { RawDevice, RawGroup, RawInventory } from '../raw.js';
import { type FromGroups, inheritedOf } from './ansible-groups.js';
import {
  ALL,
  type AnsibleGroup,
  type AnsibleHost,
  type AnsibleTree,
  UNGROUPED,
  type Variables,
} from './ansible-model.js';
import { filledIn, isOpen, isVault } from './ansible-template.js';
import { translate } from './ansible-vars.js';
import { showName, type Telling } from './format.js';

/**
 * Makes of Ansible's hosts and groups what every reader gives. Groups keep what they say; where Ansible's order of
 * strength gives a host another value than rollcall's, and where a value is a template, the host itself has it.
 */
export function ansibleInventory(tree: AnsibleTree, telling: Telling): RawInventory {
  refuseCircles(tree, telling);
  const all = tree.groups.get(ALL);
  const shown = [...tree.groups.values()].filter((group) => group.name !== ALL && isShown(group));
  const groups = shown.map((group) => groupOf(group, telling));
  const inherited = inheritedOf(tree, telling);
  const devices: RawDevice[] = [];
  for (const host of tree.hosts.values()) {
    const device = deviceOf(host, inherited(host), telling);
    if (device !== undefined) devices.push(device);
  }
  const raw = { groups, devices, wholeData: true } as const;
  if (all === undefined || all.vars.size + all.fileVars.size === 0) return raw;
  const { at, entries, data } = groupOf(all, telling);
  return { ...raw, defaults: { at, entries, ...(data === undefined ? {} : { data }) } };
}

/** Ansible's own group of those that are in no other is no group of anybody's making, unless somebody gave it variables. */
function isShown(group: AnsibleGroup): boolean {
  return group.name !== UNGROUPED || group.vars.size + group.fileVars.size > 0;
}

/** A group with what holds for all of its hosts alike. */
function groupOf(group: AnsibleGroup, telling: Telling): RawGroup {
  const { entries, data } = translate(new Map([...group.vars, ...group.fileVars]), telling);
  const parents = group.parents.filter(({ name }) => name !== ALL);
  const part = {
    name: group.name,
    at: group.at,
    parents,
    entries: [...entries.values()].filter((one) => !isOpen(one)),
  };
  const known = [...data.values()].filter(({ value }) => !isVault(value));
  return known.length === 0 ? part : { ...part, data: known };
}

function deviceOf(host: AnsibleHost, { variables, have, groups }: FromGroups, telling: Telling): RawDevice | undefined {
  const merged = new Map([...variables, ...host.vars, ...host.fileVars]);
  const want = translate(merged, telling);
  if (want.entries.get('platform') === undefined && want.entries.get('device_type') === undefined) {
    if (isThisMachine(merged)) {
      telling.warn(`${showName(host.name)} is left out: ansible_connection is local, and it has no ansible_network_os`);
      return undefined;
    }
    const what = 'ansible_network_os (cisco.ios.ios …), or rollcall_platform, such as linux for a server';
    telling.problems.report(host.at, `this host has no platform: it, one of its groups or all needs ${what}`);
    return undefined;
  }
  const entries: Entry[] = [];
  for (const [key, entry] of want.entries) {
    if (have.entries.get(key)?.valueAt === entry.valueAt) continue;
    const filled = isOpen(entry) ? filledIn(entry, { name: host.name, variables: merged }, telling) : entry;
    if (filled !== undefined) entries.push(filled);
  }
  const data = [...want.data.values()].filter(
    (entry) => have.data.get(entry.key)?.valueAt !== entry.valueAt && !isVault(entry.value),
  );
  const device = { name: host.name, nameIsHost: true, at: host.at, groups, entries } as const;
  return data.length === 0 ? device : { ...device, data };
}

function isThisMachine(variables: Variables): boolean {
  const seen = look(variables.get('ansible_connection')?.value ?? null);
  return seen.kind === 'text' && /(?:^|\.)local$/.test(seen.text);
}

/** A group in itself would have no depth; Ansible refuses it, too. */
function refuseCircles({ groups }: AnsibleTree, { problems }: Telling): void {
  const state = new Map<string, 'open' | 'done'>();
  for (const start of groups.values()) {
    // By hand, not by calls: groups may be nested deeper than those can be.
    const path = [{ group: start, next: 0 }];
    if (state.has(start.name)) continue;
    state.set(start.name, 'open');
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const parent = top.group.parents[top.next];
      top.next += 1;
      if (parent === undefined) {
        state.set(top.group.name, 'done');
        path.pop();
        continue;
      }
      const group = groups.get(parent.name);
      if (state.get(parent.name) === 'open') {
        problems.report(parent.at, `a group cannot be in itself: ${showName(parent.name)} comes round to itself here`);
        top.group.parents.splice(top.next - 1, 1);
        top.next -= 1;
      } else if (group !== undefined && !state.has(parent.name)) {
        state.set(parent.name, 'open');
        path.push({ group, next: 0 });
      }
    }
  }
}
