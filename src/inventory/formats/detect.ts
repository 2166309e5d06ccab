import { type Entry, look, type TreeNode } from '../node.js';
import type { InventoryFormat } from './format.js';
import { textOf } from './nodes.js';

/** A format that was found out. */
export type KnownFormat = Exclude<InventoryFormat, 'auto'>;

const BY_ENDING: ReadonlyMap<string, KnownFormat> = new Map([
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.ini', 'ansible'],
  ...['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'].map((ending) => [ending, 'module'] as const),
  ...['.exe', '.com', '.cmd', '.bat', '.ps1'].map((ending) => [ending, 'executable'] as const),
]);

/** Returns the format that a file's name tells of; undefined where only what is in it does. */
export function formatByName(path: string): KnownFormat | undefined {
  const name = openName(path.split(/[\\/]/).at(-1) ?? '');
  if (/^\.?netmiko\.ya?ml$/i.test(name)) return 'netmiko';
  return BY_ENDING.get(/\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? '');
}

/** The name of a file without the ending that `rollcall secret encrypt` gives it: what is in it has the one before. */
export const openName = (path: string): string => path.replace(/\.age$/i, '');

/** Whether a file that may be started is a program: it says so in its first bytes, whatever its name. */
export function isProgram(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  const isScript = first === 0x23 && second === 0x21;
  const isElf = first === 0x7f && second === 0x45 && third === 0x4c && fourth === 0x46;
  const isMachO =
    (first === 0xcf && second === 0xfa && third === 0xed) || (first === 0xca && second === 0xfe && third === 0xba);
  return isScript || isElf || isMachO;
}

/** Whether a text without a telling name is Ansible's INI: its first line that is no comment is a section or a host. */
export function looksLikeIni(text: string): boolean {
  const first = /^\ufeff?(?:[^\S\n]*(?:[#;].*)?\n)*[^\S\n]*(.*)/.exec(text)?.[1]?.trim() ?? '';
  if (/^\[[\w.-]+(?::(?:children|vars|hosts))?\]\s*(?:#.*)?$/.test(first)) return true;
  return /^[\w.[\]:-]+(?:\s+[A-Za-z_]\w*=\S)/.test(first);
}

/** A format that is YAML or JSON. */
export type TreeFormat = 'native' | 'netmiko' | 'nornir' | 'ansible';

/** Returns the format of a text of YAML or JSON by what is at its top; what fits no other is rollcall's own. */
export function formatOfTree(root: TreeNode): TreeFormat {
  const seen = look(root);
  if (seen.kind !== 'map') return 'native';
  const { entries } = seen;
  const has = (key: string): boolean => entries.some((entry) => entry.key === key);
  if (has('_meta') || has('plugin')) return 'ansible';
  if (has('__meta__')) return 'netmiko';
  if (has('inventory') && hasKeyIn(entries, 'inventory', ['plugin', 'options'])) return 'nornir';
  // A list of mappings is a list of devices, whatever stands beside it.
  if (has('devices') || entries.some(({ value }) => isListOfMappings(value))) return 'native';
  if (entries.some(isAnsibleGroup)) return 'ansible';
  const named = entries.filter(({ key, value }) => !/^(?:x-|\.)/.test(key) && value?.anchored !== true);
  if (named.some(({ value }) => keysOf(value).includes('device_type'))) return 'netmiko';
  return named.some(isNornirHost) ? 'nornir' : 'native';
}

const keysOf = (node: TreeNode): readonly string[] => {
  const seen = look(node);
  return seen.kind === 'map' ? seen.entries.map(({ key }) => key) : [];
};

function hasKeyIn(entries: readonly Entry[], under: string, keys: readonly string[]): boolean {
  const found = keysOf(entries.find(({ key }) => key === under)?.value ?? null);
  return found.some((key) => keys.includes(key));
}

function isListOfMappings(node: TreeNode): boolean {
  const seen = look(node);
  return seen.kind === 'list' && seen.items.some((item) => look(item).kind === 'map');
}

function isAnsibleGroup({ key, value }: Entry): boolean {
  const keys = keysOf(value);
  if (key === 'all') return true;
  const isGroup = keys.length > 0 && keys.every((one) => /^(?:hosts|children|vars)$/.test(one));
  return isGroup && (keys.includes('hosts') || keys.includes('children'));
}

function isNornirHost({ key, value }: Entry): boolean {
  const keys = keysOf(value);
  if (/^(?:defaults|groups)$/.test(key) || keys.includes('host') || keys.includes('ip')) return false;
  return (
    keys.some((one) => /^(?:hostname|connection_options)$/.test(one)) ||
    (keys.includes('platform') && textOf(value) === undefined)
  );
}
