import { type Entry, look, type TreeNode } from './node.js';
import type { Problems } from './problems.js';

/** What a program wants to know of a device or a group. */
export type Data = Readonly<Record<string, unknown>>;

/** Aliases can make millions of values of a few lines, and one that holds itself has no end. */
const MOST_VALUES = 5_000_000;
const MOST_LEVELS = 64;

/** Returns what reads the `data` of one inventory; all of it together has a limit. */
export function dataReader(problems: Problems): (entries: readonly Entry[]) => Data {
  let left = MOST_VALUES;

  const value = (node: TreeNode, at: number, level: number): unknown => {
    left -= 1;
    if (left < 0 || level > MOST_LEVELS) {
      problems.report(at, left < 0 ? `more than ${MOST_VALUES} values in data` : 'data is nested too deeply');
      return null;
    }
    const seen = look(node);
    if (seen.kind === 'text') return seen.plain ? typed(seen.text) : seen.text;
    if (seen.kind === 'list') return seen.items.map((item) => value(item, item?.at ?? at, level + 1));
    return seen.kind === 'map' ? mapping(seen.entries, level + 1) : null;
  };
  const mapping = (entries: readonly Entry[], level: number): Data =>
    Object.fromEntries(entries.map((entry) => [entry.key, value(entry.value, entry.valueAt, level)]));

  return (entries) => mapping(entries, 0);
}

/**
 * What a text without quotes is in YAML's core schema (1.2.2, section 10.3.2). A number that would lose digits, and one
 * that JSON does not have, stays text.
 */
export function typed(text: string): unknown {
  if (/^(?:~|null|Null|NULL)?$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  const whole = /^[-+]?\d+$|^0o[0-7]+$|^0x[\da-fA-F]+$/.test(text);
  if (!whole && !/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return whole && !Number.isSafeInteger(number) ? text : number;
}

/**
 * What is in both is merged key by key where it is a mapping, unless such mappings are `whole`; everything else of the
 * stronger one replaces.
 */
export function mergeData(strong: Data | undefined, weak: Data | undefined, whole: boolean): Data | undefined {
  if (strong === undefined || weak === undefined) return strong ?? weak;
  const merged = new Map(Object.entries(weak));
  for (const [key, value] of Object.entries(strong)) {
    const under = merged.get(key);
    merged.set(key, !whole && isMapping(value) && isMapping(under) ? mergeData(value, under, whole) : value);
  }
  return Object.fromEntries(merged);
}

function isMapping(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
