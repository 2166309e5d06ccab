import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, parse, sep } from 'node:path';

/** The files that a pattern stands for, in order, and what else that depends on: folders, and files that may come yet. */
export interface Found {
  readonly files: readonly string[];
  readonly watch: readonly string[];
}

/** Finds the files of an absolute path in which `*`, `?` and `[…]` stand for parts of names (glob(7)). */
export async function glob(path: string): Promise<Found> {
  if (!isAbsolute(path)) return { files: [], watch: [] };
  const { root } = parse(path);
  const parts = path
    .slice(root.length)
    .split(sep === '/' ? '/' : /[\\/]/)
    .filter((part) => part !== '');
  let places = [root];
  const watch: string[] = [];
  for (const part of parts) {
    if (!/[*?[]/.test(part)) {
      places = places.map((place) => join(place, part));
      continue;
    }
    const fits = nameMatcher(part);
    const next: string[] = [];
    for (const place of places) {
      watch.push(place);
      for (const name of await namesIn(place)) if (fits(name)) next.push(join(place, name));
    }
    places = next;
  }
  const there: string[] = [];
  for (const place of places) ((await exists(place)) ? there : watch).push(place);
  return { files: there.sort(), watch };
}

function nameMatcher(pattern: string): (name: string) => boolean {
  const source = pattern.replace(/\[[!^]?\]?[^\]]*\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length === 1) return part.replace(/[.+^${}()|[\]\\]/, '\\$&');
    return `[${part
      .slice(1, -1)
      .replace(/^!/, '^')
      .replace(/[\\[\]]/g, '\\$&')}]`;
  });
  const regex = new RegExp(`^${source}$`, 's');
  return (name) => (pattern.startsWith('.') || !name.startsWith('.')) && regex.test(name);
}

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
