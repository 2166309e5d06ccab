import { type Entry, look } from '../node.js';
import type { RawInventory } from '../raw.js';
import { ansibleInventory } from './ansible.js';
import { readAnsibleIni } from './ansible-ini.js';
import { type AnsibleTree, newAnsibleTree, type Variables } from './ansible-model.js';
import { readAnsibleJson, readAnsibleYaml, variablesOf } from './ansible-yaml.js';
import { openName } from './detect.js';
import type { SourceText, SourceTree, Telling } from './format.js';
import { known, type ReadText, treeOf } from './open.js';

/** What stands beside an inventory of Ansible in `group_vars` and `host_vars`, by the name that each file has. */
export interface AnsibleFiles {
  readonly groupVars: ReadonlyMap<string, readonly ReadText[]>;
  readonly hostVars: ReadonlyMap<string, readonly ReadText[]>;
}

/** One inventory of Ansible, or of several that make one. */
export type AnsibleSource = { readonly tree: SourceTree } | { readonly source: SourceText };

const VAULT = '$ANSIBLE_VAULT;';

/** Reads an inventory of Ansible: INI, YAML, or the JSON that its programs print. */
export function readAnsible(
  sources: readonly AnsibleSource[],
  { groupVars, hostVars }: Partial<AnsibleFiles>,
  telling: Telling,
): RawInventory {
  const tree = newAnsibleTree();
  for (const one of sources) readOne(one, tree, telling);
  for (const group of tree.groups.values()) readVariables(groupVars?.get(group.name), group.fileVars, telling);
  for (const host of tree.hosts.values()) readVariables(hostVars?.get(host.name), host.fileVars, telling);
  return ansibleInventory(tree, telling);
}

function readOne(one: AnsibleSource, tree: AnsibleTree, telling: Telling): void {
  if ('source' in one) {
    readAnsibleIni(one.source, tree, telling);
    return;
  }
  const seen = look(one.tree.root);
  const isYaml = /\.ya?ml$/i.test(openName(one.tree.file));
  const isProgram = seen.kind === 'map' && seen.entries.some((entry) => isOfProgram(entry, { isYaml }));
  if (isProgram) readAnsibleJson(one.tree, tree, telling);
  else readAnsibleYaml(one.tree, tree, telling);
}

/** What programs print has lists of hosts and children, where files have mappings. */
function isOfProgram({ key, value }: Pick<Entry, 'key' | 'value'>, { isYaml }: { readonly isYaml: boolean }): boolean {
  if (key === '_meta') return true;
  // A list in a file that somebody wrote is a mistake.
  if (isYaml) return false;
  const seen = look(value);
  if (seen.kind !== 'map') return seen.kind === 'list';
  return seen.entries.some((part) => /^(?:hosts|children)$/.test(part.key) && look(part.value).kind === 'list');
}

function readVariables(files: readonly ReadText[] | undefined, into: Variables, telling: Telling): void {
  for (const file of files ?? []) {
    if (file.text.startsWith(VAULT)) {
      telling.warn(`${file.file}: encrypted by ansible-vault, and not read`);
      continue;
    }
    const tree = treeOf(known(file, telling), telling);
    if (tree === undefined) continue;
    for (const entry of variablesOf({ value: tree.root, valueAt: tree.root?.at ?? tree.base }, telling)) {
      into.set(entry.key, entry);
    }
  }
}
