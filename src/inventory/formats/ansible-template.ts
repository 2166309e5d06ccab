import { type Entry, look, type TreeNode } from '../node.js';
import type { Variables } from './ansible-model.js';
import type { Telling } from './format.js';
import { textNode, textOf } from './nodes.js';

/** The device that a template is filled in for. */
export interface TemplateFor {
  readonly name: string;
  readonly variables: Variables;
}

const DEEPEST = 10;
const NAME = /\{\{-?\s*([A-Za-z_]\w*)\s*-?\}\}/g;
const VAULT = '!vault';

/** The tags of YAML that Ansible gives a meaning. */
export const ANSIBLE_TAGS: ReadonlySet<string> = new Set([VAULT, '!vault-encrypted', '!unsafe']);

/** Whether a value is there only after Ansible has worked on it. */
export function isOpen({ value }: Entry): boolean {
  return isVault(value) || isTemplate(value);
}

/** A value that ansible-vault has encrypted, as YAML has it and as `ansible-inventory` prints it. */
export function isVault(node: TreeNode): boolean {
  if (node?.tag === VAULT || node?.tag === '!vault-encrypted') return true;
  const seen = look(node);
  if (seen.kind === 'map') return seen.entries.some(({ key }) => key === '__ansible_vault');
  return seen.kind === 'text' && seen.text.startsWith('$ANSIBLE_VAULT;');
}

function isTemplate(node: TreeNode): boolean {
  return node?.tag !== '!unsafe' && /\{[{%]/.test(textOf(node) ?? '');
}

/**
 * Returns an entry with its value for this device: names of variables and `inventory_hostname` in double braces are
 * filled in. What only Ansible can do is reported where it stands, and undefined returned; a secret of that kind is
 * nothing, as if nobody had written one, and nothing that a group says takes its place.
 */
export function filledIn(entry: Entry, device: TemplateFor, { problems, warn }: Telling): Entry | undefined {
  const value = fill(entry.value, device, 0);
  if (value !== 'vault' && value !== 'template') return { ...entry, value };
  const what = value === 'vault' ? 'is encrypted by ansible-vault' : 'is a template that only Ansible can fill in';
  if (SECRETS.has(entry.key)) {
    const { file, line } = problems.placeAt(entry.valueAt);
    warn(
      `${file}:${line}: ${entry.key} ${what}: its devices have none; write rollcall_${entry.key}: { env: NAME } beside it, or use --ask-password`,
    );
    return { ...entry, value: null };
  }
  const instead = `write its value, or give it beside as rollcall_${entry.key}, which Ansible does not look at`;
  problems.report(entry.valueAt, `${entry.key} ${what}: ${instead}`);
  return undefined;
}

/** What somebody may be asked for, or the environment may give. */
const SECRETS: ReadonlySet<string> = new Set(['password', 'secret', 'passphrase']);

function fill(node: TreeNode, device: TemplateFor, depth: number): TreeNode | 'vault' | 'template' {
  if (isVault(node)) return 'vault';
  if (!isTemplate(node)) return node;
  const text = textOf(node) ?? '';
  if (depth > DEEPEST) return 'template';
  const whole = /^\{\{-?\s*([A-Za-z_]\w*)\s*-?\}\}$/.exec(text.trim())?.[1];
  if (whole !== undefined) {
    const found = variable(whole, device);
    return found === undefined ? 'template' : fill(found, device, depth + 1);
  }
  let wrong: 'vault' | 'template' | undefined;
  const filled = text.replace(NAME, (_all, name: string) => {
    const found = variable(name, device);
    const inner = found === undefined ? 'template' : fill(found, device, depth + 1);
    if (inner === 'vault' || inner === 'template') wrong = inner;
    const of = inner === 'vault' || inner === 'template' ? undefined : textOf(inner);
    if (of === undefined) wrong ??= 'template';
    return of ?? '';
  });
  if (wrong !== undefined) return wrong;
  // Filters, lookups, conditions and lists are Ansible's.
  return /\{[{%]/.test(filled) ? 'template' : textNode(filled, node?.at ?? 0);
}

function variable(name: string, { name: device, variables }: TemplateFor): TreeNode | undefined {
  if (name === 'inventory_hostname') return textNode(device, 0);
  if (name === 'inventory_hostname_short') return textNode(device.split('.')[0] ?? device, 0);
  return variables.get(name)?.value ?? undefined;
}
