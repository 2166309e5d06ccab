import { didYouMean, quote } from '../base/index.js';
import type { Problems } from './problems.js';
import type { NameAt, RawGroup } from './raw.js';
import { Wrong } from './values.js';

/** In how many groups a device may be: more are a mistake, and would take their time. */
const MOST_GROUPS = 1000;
const LONGEST_NAME = 128;
const MOST_HINTS = 50;

/** All groups that these names lead to, the strongest first. */
export type GroupOrder = (names: readonly NameAt[]) => readonly string[];

/** Returns what is wrong with a group's name; undefined when nothing is. None has what --where and lists give a meaning. */
function groupNameProblem(name: string): Wrong | undefined {
  const sound = name.length <= LONGEST_NAME && /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.:/+@-]*$/u.test(name);
  return sound ? undefined : new Wrong('must be letters, digits and _ . : / + @ -, such as core or site-msk');
}

/**
 * Returns what puts groups into order: each is followed by the groups that it is in, and one that comes twice counts where
 * it came first, as in nornir. What is wrong with the groups is reported: a name twice, one that there is not, a circle.
 */
export function groupOrder(groups: readonly RawGroup[], problems: Problems): GroupOrder {
  const byName = new Map<string, RawGroup>();
  for (const group of groups) {
    const first = byName.get(group.name);
    const wrong = groupNameProblem(group.name);
    if (wrong !== undefined) problems.report(group.at, `the name of a group ${wrong.why}, got ${quote(group.name)}`);
    if (first === undefined) byName.set(group.name, group);
    else {
      const line = problems.lineFrom(first.at, group.at);
      problems.report(group.at, `the group ${quote(group.name)} stands twice, first on ${line}`);
    }
  }

  const hint = (name: string): string => {
    if (byName.size === 0) return '; this inventory has no groups: write them under `groups:`';
    // Names are compared letter by letter: that is for a few of them.
    return problems.found.length < MOST_HINTS ? didYouMean(name, byName.keys()) : '';
  };

  const orders = new Map<string, readonly string[]>();
  const open = new Set<string>();

  const orderOf = (group: RawGroup): readonly string[] => {
    const before = orders.get(group.name);
    if (before !== undefined) return before;
    open.add(group.name);
    const order = [...new Set([group.name, ...below(group.parents)])];
    open.delete(group.name);
    orders.set(group.name, order);
    return order;
  };

  const below = (names: readonly NameAt[]): readonly string[] => {
    const order = new Set<string>();
    const own = new Set<string>();
    for (const { name, at } of names) {
      const group = byName.get(name);
      if (own.has(name)) problems.report(at, `${quote(name)} stands twice in groups`);
      else if (group === undefined) problems.report(at, `unknown group ${quote(name)}${hint(name)}`);
      else if (open.has(name)) problems.report(at, `a group cannot be in itself: ${circle(name, open)}`);
      else if (open.size >= MOST_GROUPS) problems.report(at, TOO_MANY);
      else for (const one of orderOf(group)) order.add(one);
      own.add(name);
    }
    if (order.size > MOST_GROUPS) {
      problems.report(names[0]?.at ?? 0, TOO_MANY);
      return [];
    }
    return [...order];
  };

  // Groups that no device is in are looked at as well.
  for (const group of groups) orderOf(group);
  return below;
}

const TOO_MANY = `more than ${MOST_GROUPS} groups lead to one another here`;

function circle(name: string, open: ReadonlySet<string>): string {
  const names = [...open];
  return [...names.slice(names.indexOf(name)), name].map((one) => quote(one)).join(' is in ');
}
