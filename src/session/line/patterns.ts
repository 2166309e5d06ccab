import { processWide } from '../../base/index.js';

const NOTHING = /(?!)/u;

/** Returns one pattern for whatever fits any of these sources (flags `iu` by default), compiled once per process. */
export function anyOf(sources: readonly string[], flags = 'iu'): RegExp {
  if (sources.length === 0) return NOTHING;
  const cache = processWide('patterns', () => new Map<string, RegExp>());
  const source = sources.length === 1 ? (sources[0] ?? '') : sources.map((one) => `(?:${one})`).join('|');
  const id = `${flags}/${source}`;
  const known = cache.get(id);
  if (known !== undefined) return known;
  const regex = new RegExp(source, flags);
  cache.set(id, regex);
  return regex;
}

/** Returns what the group of that name holds in the first of these patterns that fits a text (flag `u`). */
export function groupIn(sources: readonly string[], name: string, text: string): string | undefined {
  // One by one: several patterns together may not have groups of the same name.
  for (const source of sources) {
    const match = anyOf([source], 'u').exec(text);
    if (match !== null) return match.groups?.[name];
  }
  return undefined;
}

/** What of a line patterns are tried on where they are looked for in all that a device prints: no rule needs more. */
const LOOKED_AT = 2_048;

/** Whether a line, as far as rules look at it, fits a pattern. */
export function fits(pattern: RegExp, line: string): boolean {
  return pattern.test(line.length > LOOKED_AT ? line.slice(0, LOOKED_AT) : line);
}
