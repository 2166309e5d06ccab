import { type Entry, showKey } from './node.js';
import type { Problems } from './problems.js';

/** Adds an entry to a mapping's; a key that is there already is reported, and the first one stays. */
export function addEntry(entries: Map<string, Entry>, entry: Entry, problems: Problems): void {
  const first = entries.get(entry.key);
  if (first === undefined) {
    entries.set(entry.key, entry);
    return;
  }
  const { keyAt } = entry;
  problems.report(keyAt, `${showKey(entry)} stands twice here, first on ${problems.lineFrom(first.keyAt, keyAt)}`);
}
