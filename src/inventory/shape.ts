import { DEVICE_KEYS } from './keys.js';
import { type Entry, look, showKey, type TreeNode } from './node.js';
import type { Problems } from './problems.js';

export const EXPECTED =
  'expected a list of devices (- host: 192.0.2.1 …), or the same under a key (routers:), each with host and device_type';

/**
 * Finds the devices of a file: the items of a list, or of the lists under the keys of a mapping. Other keys of that
 * mapping may only hold values that devices share, with an anchor (`&name`) or a name that begins with `x-` or a dot.
 */
export function deviceNodes(root: TreeNode, problems: Problems): readonly TreeNode[] {
  const seen = look(root);
  if (seen.kind === 'list') return seen.items;
  if (seen.kind === 'text') problems.report(root?.at ?? 0, `no inventory: ${EXPECTED}`);
  if (seen.kind !== 'map') return [];
  const device = seen.entries.find(({ key }) => Object.hasOwn(DEVICE_KEYS, key));
  if (device !== undefined) {
    problems.report(device.keyAt, "a device is an item of a list: put '- ' before its first key");
    return [];
  }
  return seen.entries.flatMap((entry) => listUnder(entry, problems));
}

function listUnder(entry: Entry, problems: Problems): readonly TreeNode[] {
  const seen = look(entry.value);
  if (seen.kind === 'list') return seen.items;
  if (seen.kind === 'nothing' || seen.kind === 'broken') return [];
  if (/^(?:x-|\.)/.test(entry.key) || entry.value?.anchored) return [];
  const got = seen.kind === 'map' ? 'a mapping' : 'a text';
  const shown = showKey(entry);
  problems.report(
    entry.keyAt,
    `expected a list of devices under ${shown}, got ${got}; values that devices share need an anchor (&name)`,
  );
  return [];
}
