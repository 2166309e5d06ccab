import { generic } from './data/index.js';
import type { Platform } from './platform.js';
import type { Report } from './shape.js';

type Mapping = Readonly<Record<string, unknown>>;

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What says who a platform is and what it was proved on: a file that extends it has to say that of itself. */
const OWN = new Set(['name', 'title', 'verified', 'cases', 'detect']);

const { terminal, login, prepare, pager, questions, refusals, beforeRefusal, renames, exit } = generic;

/** What a file that extends nothing need not say: what a platform must have, as nearly every device has it. */
const UNSAID: Mapping = {
  verified: [],
  sources: [],
  terminal,
  modes: {},
  login: { username: login.username, password: login.password, refusals: login.refusals },
  ...{ prepare, pager, questions, refusals, beforeRefusal, renames, exit },
};

/**
 * Puts a user's file on top of the platform that it extends: mappings key by key, everything else as a whole; `null`
 * takes a key away, and a key with a plus (`refusals+`) adds to the end of a list.
 */
export function extend(base: Platform | undefined, own: Mapping, report: Report): Mapping {
  const { extends: _extends, ...rest } = own;
  const from: Mapping = base === undefined ? UNSAID : { ...base };
  const kept = Object.fromEntries(Object.entries(from).filter(([key]) => !OWN.has(key)));
  return { title: own.name, verified: [], ...merge(kept, rest, { path: [], report }) };
}

interface Merging {
  readonly path: readonly (string | number)[];
  readonly report: Report;
}

function merge(base: Mapping, own: Mapping, { path, report }: Merging): Mapping {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(own)) {
    const at = { path: [...path, key], report };
    const before = merged.get(key);
    if (value === null) merged.delete(key);
    else if (key.endsWith('+')) merged.set(key.slice(0, -1), appended(merged.get(key.slice(0, -1)), value, at));
    else if (isMapping(value)) merged.set(key, merge(isMapping(before) ? before : {}, value, at));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function appended(before: unknown, value: unknown, { path, report }: Merging): unknown {
  if (!Array.isArray(value)) {
    report(path, 'adds to the end of a list: it must be a list');
    return before;
  }
  if (before !== undefined && !Array.isArray(before)) {
    report(path, 'adds to the end of a list, and what is extended has none here');
    return before;
  }
  return [...(before ?? []), ...value];
}
