import type { Entry } from '../node.js';
import type { NameAt } from '../raw.js';
import type { Telling } from './format.js';

/** Variables by name; the last that was written counts. */
export type Variables = Map<string, Entry>;

export interface AnsibleGroup {
  readonly name: string;
  readonly at: number;
  /** What the inventory itself says, and what its file in group_vars says. */
  readonly vars: Variables;
  readonly fileVars: Variables;
  /** The groups that it is in. */
  readonly parents: NameAt[];
  priority: number;
}

export interface AnsibleHost {
  readonly name: string;
  readonly at: number;
  readonly vars: Variables;
  readonly fileVars: Variables;
  readonly groups: NameAt[];
}

/** An inventory of Ansible while it is read, of whatever form. */
export interface AnsibleTree {
  readonly groups: Map<string, AnsibleGroup>;
  readonly hosts: Map<string, AnsibleHost>;
}

/** Every host is in it, and it goes before nothing. */
export const ALL = 'all';
/** Where the hosts are that are in no other group. */
export const UNGROUPED = 'ungrouped';

const PRIORITY = 'ansible_group_priority';

export function newAnsibleTree(): AnsibleTree {
  const tree: AnsibleTree = { groups: new Map(), hosts: new Map() };
  groupNamed(tree, ALL, 0);
  groupNamed(tree, UNGROUPED, 0);
  return tree;
}

/** Returns the group of that name, which is made when it is met for the first time. */
export function groupNamed(tree: AnsibleTree, name: string, at: number): AnsibleGroup {
  const before = tree.groups.get(name);
  if (before !== undefined) return before;
  const group: AnsibleGroup = { name, at, vars: new Map(), fileVars: new Map(), parents: [], priority: 1 };
  tree.groups.set(name, group);
  return group;
}

/** Puts a host into a group. */
export function addHost(tree: AnsibleTree, { name, at }: NameAt, group: AnsibleGroup): AnsibleHost {
  let host = tree.hosts.get(name);
  if (host === undefined) {
    host = { name, at, vars: new Map(), fileVars: new Map(), groups: [] };
    tree.hosts.set(name, host);
  }
  if (!host.groups.some((one) => one.name === group.name)) host.groups.push({ name: group.name, at });
  return host;
}

/** Puts a group into another one. */
export function addChild(group: AnsibleGroup, { name, at }: NameAt): void {
  if (name !== ALL && !group.parents.some((one) => one.name === name)) group.parents.push({ name, at });
}

/** Sets a variable of a group; its priority is none that devices have. */
export function setGroupVariable(group: AnsibleGroup, entry: Entry, { problems }: Telling): void {
  if (entry.key !== PRIORITY) {
    group.vars.set(entry.key, entry);
    return;
  }
  const seen = entry.value?.look();
  const text = seen?.kind === 'text' ? seen.text : '';
  if (/^-?\d{1,9}$/.test(text)) group.priority = Number(text);
  else problems.report(entry.valueAt, `${PRIORITY} must be a whole number`);
}

const MOST_TOLD = 10;

/** Returns what sets variables of hosts, and tells of those that are set a second time: the last one counts. */
export function hostVariables({ problems, warn }: Telling): (host: AnsibleHost, entry: Entry) => void {
  let told = 0;
  return (host, entry) => {
    const before = host.vars.get(entry.key);
    host.vars.set(entry.key, entry);
    if (before === undefined || before.value === entry.value || sameText(before, entry)) return;
    told += 1;
    const { file, line } = problems.placeAt(entry.keyAt);
    const first = problems.lineFrom(before.keyAt, entry.keyAt);
    if (told <= MOST_TOLD) {
      warn(
        `${file}:${line}: a variable of ${JSON.stringify(host.name)} has another value than on ${first}; as in Ansible the last one counts`,
      );
    } else if (told === MOST_TOLD + 1) warn(`${file}: further variables of hosts have several values`);
  };
}

function sameText(one: Entry, other: Entry): boolean {
  const [first, second] = [one.value?.look(), other.value?.look()];
  return first?.kind === 'text' && second?.kind === 'text' && first.text === second.text;
}
