import { type Entry, look, type TreeNode } from '../node.js';
import {
  type AnsibleHost,
  type AnsibleTree,
  addChild,
  addHost,
  groupNamed,
  hostVariables,
  setGroupVariable,
} from './ansible-model.js';
import { hostPattern } from './ansible-range.js';
import type { SourceTree, Telling } from './format.js';
import { entryOf, kindOf, textNode } from './nodes.js';

interface Yaml {
  readonly tree: AnsibleTree;
  readonly telling: Telling;
  readonly setHost: (host: AnsibleHost, entry: Entry) => void;
}

const DEEPEST = 100;

/** Reads an inventory in Ansible's YAML form into the tree. Source: `plugins/inventory/yaml.py` of ansible-core 2.19. */
export function readAnsibleYaml({ root, base }: SourceTree, tree: AnsibleTree, telling: Telling): void {
  const seen = look(root);
  const at = root?.at ?? base;
  if (seen.kind === 'broken') return;
  if (seen.kind !== 'map') {
    telling.problems.report(at, `expected a mapping with a key for each group (all:), got ${kindOf(seen)}`);
    return;
  }
  const plugin = seen.entries.find(({ key }) => key === 'plugin');
  if (plugin !== undefined) {
    const todo =
      'let Ansible ask it: ansible-inventory --list > hosts.json, and give that file with --inventory-format ansible';
    telling.problems.report(
      plugin.keyAt,
      `this is the configuration of an inventory plugin of Ansible and no inventory; ${todo}`,
    );
    return;
  }
  const yaml = { tree, telling, setHost: hostVariables(telling) };
  for (const entry of seen.entries) readGroup(entry, yaml, 0);
}

function readGroup(entry: Entry, yaml: Yaml, depth: number): void {
  const { problems } = yaml.telling;
  const seen = look(entry.value);
  if (depth > DEEPEST) return problems.report(entry.keyAt, `groups are nested more than ${DEEPEST} deep here`);
  if (seen.kind === 'text' || seen.kind === 'list') {
    problems.report(entry.valueAt, `a group must be a mapping with hosts, vars and children, got ${kindOf(seen)}`);
    return;
  }
  const group = groupNamed(yaml.tree, entry.key, entry.keyAt);
  if (seen.kind !== 'map') return;
  for (const part of seen.entries) {
    if (part.key === 'vars') for (const one of parts(part, yaml)) setGroupVariable(group, one, yaml.telling);
    else if (part.key === 'hosts') for (const one of parts(part, yaml)) readHost(one, entry.key, yaml);
    else if (part.key === 'children') {
      for (const child of parts(part, yaml)) {
        readGroup(child, yaml, depth + 1);
        addChild(groupNamed(yaml.tree, child.key, child.keyAt), { name: entry.key, at: child.keyAt });
      }
    } else {
      const { file, line } = problems.placeAt(part.keyAt);
      yaml.telling.warn(
        `${file}:${line}: a group has only hosts, vars and children; another key is not read, as in Ansible`,
      );
    }
  }
}

/** The entries under a key of a group; a text alone is a name without anything. */
function parts(part: Entry, { telling }: Yaml): readonly Entry[] {
  const seen = look(part.value);
  if (seen.kind === 'map') return seen.entries;
  if (seen.kind === 'nothing' || seen.kind === 'broken') return [];
  if (seen.kind === 'text' && part.key !== 'vars') return [entryOf(seen.text, null, part.valueAt)];
  const what = part.key === 'vars' ? 'a mapping of variables' : 'a mapping with a key for each name (r1:), not a list';
  telling.problems.report(part.valueAt, `${part.key} must be ${what}`);
  return [];
}

function readHost(entry: Entry, group: string, { tree, telling, setHost }: Yaml): void {
  const pattern = hostPattern(entry.key);
  if ('wrong' in pattern) {
    telling.problems.report(entry.keyAt, pattern.wrong);
    return;
  }
  const variables = variablesOf(entry, telling);
  const port: TreeNode = pattern.port === undefined ? null : textNode(pattern.port, entry.keyAt, true);
  for (const name of pattern.names) {
    const host = addHost(tree, { name, at: entry.keyAt }, groupNamed(tree, group, entry.keyAt));
    if (port !== null) setHost(host, entryOf('ansible_port', port));
    for (const one of variables) setHost(host, one);
  }
}

/** The variables of a host, or of a file of variables. */
export function variablesOf(entry: Pick<Entry, 'value' | 'valueAt'>, { problems }: Telling): readonly Entry[] {
  const seen = look(entry.value);
  if (seen.kind === 'map') return seen.entries;
  if (seen.kind !== 'nothing' && seen.kind !== 'broken') {
    problems.report(entry.valueAt, `expected a mapping of variables (ansible_host: 192.0.2.1), got ${kindOf(seen)}`);
  }
  return [];
}

/** Reads what a program prints for Ansible: `_meta.hostvars`, and groups with lists of hosts. */
export function readAnsibleJson({ root, base }: SourceTree, tree: AnsibleTree, telling: Telling): void {
  const seen = look(root);
  if (seen.kind !== 'map') {
    if (seen.kind !== 'broken')
      telling.problems.report(root?.at ?? base, `expected a JSON object with groups, got ${kindOf(seen)}`);
    return;
  }
  const setHost = hostVariables(telling);
  for (const entry of seen.entries) if (entry.key !== '_meta') jsonGroup(entry, tree, telling);
  const meta = variablesOf(seen.entries.find(({ key }) => key === '_meta') ?? { value: null, valueAt: base }, telling);
  const all = groupNamed(tree, 'ungrouped', base);
  for (const host of variablesOf(
    meta.find(({ key }) => key === 'hostvars') ?? { value: null, valueAt: base },
    telling,
  )) {
    const found = tree.hosts.get(host.key) ?? addHost(tree, { name: host.key, at: host.keyAt }, all);
    for (const one of variablesOf(host, telling)) setHost(found, one);
  }
}

function jsonGroup(entry: Entry, tree: AnsibleTree, telling: Telling): void {
  const group = groupNamed(tree, entry.key, entry.keyAt);
  const seen = look(entry.value);
  // The old form: the hosts alone.
  if (seen.kind === 'list') {
    for (const host of namesOf(entry, telling)) addHost(tree, host, group);
    return;
  }
  for (const part of variablesOf(entry, telling)) {
    if (part.key === 'hosts') for (const host of namesOf(part, telling)) addHost(tree, host, group);
    else if (part.key === 'vars') for (const one of variablesOf(part, telling)) setGroupVariable(group, one, telling);
    else if (part.key === 'children') {
      for (const { name, at } of namesOf(part, telling)) addChild(groupNamed(tree, name, at), { name: entry.key, at });
    }
  }
}

function namesOf(entry: Entry, { problems }: Telling): readonly { readonly name: string; readonly at: number }[] {
  const seen = look(entry.value);
  if (seen.kind === 'nothing' || seen.kind === 'broken') return [];
  const items =
    seen.kind === 'list' ? seen.items.map((item) => ({ seen: look(item), at: item?.at ?? entry.valueAt })) : [];
  if (seen.kind === 'list' && items.every((item) => item.seen.kind === 'text')) {
    return items.flatMap((item) => (item.seen.kind === 'text' ? [{ name: item.seen.text, at: item.at }] : []));
  }
  problems.report(
    entry.valueAt,
    `expected a list of names in ${JSON.stringify(entry.key.slice(0, 64))}, got ${kindOf(seen)}`,
  );
  return [];
}
