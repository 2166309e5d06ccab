import { processWide } from '../base/index.js';

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
