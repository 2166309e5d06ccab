import type { PlainText } from './text-data.js';

/** Gives the value of a name, or undefined for one that is none. */
export type Lookup = (name: string) => string | undefined;

/** Puts values in the place of names in braces; what is no name stays. */
export function fill(template: string, lookup: Lookup): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => lookup(name) ?? whole);
}

/** Returns the lines of a text; `expand` may make several of one that is nothing but a name. */
export function linesOf(
  text: PlainText,
  lookup: Lookup,
  expand?: (name: string) => readonly string[] | undefined,
): string[] {
  const parts = typeof text === 'string' ? [text] : text;
  return parts.flatMap((part): readonly string[] => {
    if (typeof part !== 'string') {
      return Array.from({ length: part.repeat }, (_, index) =>
        fill(part.line, (name) => (name === 'i' ? String(index + 1) : lookup(name))),
      );
    }
    return part.split('\n').flatMap((line) => {
      const name = /^\{(\w+(?::\w+)?)\}$/.exec(line)?.[1];
      const many = name === undefined ? undefined : expand?.(name);
      return many ?? fill(line, lookup).split('\n');
    });
  });
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** The parts of a time, UTC, by the names that a text may have for them. */
export function timeParts(ms: number): Readonly<Record<string, string>> {
  const now = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    day: DAYS[now.getUTCDay()] ?? '',
    month: MONTHS[now.getUTCMonth()] ?? '',
    monthNumber: two(now.getUTCMonth() + 1),
    date: String(now.getUTCDate()),
    year: String(now.getUTCFullYear()),
    hours: two(now.getUTCHours()),
    minutes: two(now.getUTCMinutes()),
    seconds: two(now.getUTCSeconds()),
    ms: String(now.getUTCMilliseconds()).padStart(3, '0'),
  };
}
