import { didYouMean } from '../../base/index.js';
import { FOREIGN_NAMES } from '../foreign-names.js';
import { DEVICE_KEYS } from '../keys.js';
import type { Cell } from './csv-places.js';
import type { Telling } from './format.js';

/** What a column of a table is. */
export interface Column {
  readonly kind: 'key' | 'data' | 'groups';
  readonly key: string;
}

const DATA = 'data.';

/** Reads the header: keys of ours and netmiko's, names that other tools have for them, and data. */
export function columnsOf(header: readonly Cell[], telling: Telling): readonly Column[] {
  const plain = header.map(({ text }) =>
    text
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  const taken = new Set(plain.filter((name) => Object.hasOwn(DEVICE_KEYS, name)));
  const columns = header.map((cell, index) => columnOf(cell, { plain: plain[index] ?? '', taken }, telling));
  const first = new Map<string, number>();
  for (const [index, { kind, key }] of columns.entries()) {
    const id = `${kind} ${key}`;
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else
      telling.problems.report(
        header[index]?.at ?? 0,
        `columns ${before + 1} and ${index + 1} both are ${kind === 'data' ? 'the same data' : key}; keep one of them`,
      );
  }
  const keys = columns.filter(({ kind }) => kind === 'key').map(({ key }) => key);
  if (!keys.includes('host') && !keys.includes('ip') && !keys.includes('command')) {
    telling.problems.report(
      header[0]?.at ?? 0,
      'the first row must name the columns, one of them host (or ip), such as: name,host,device_type,username',
    );
  }
  return columns;
}

function columnOf(
  { text, at }: Cell,
  { plain, taken }: { readonly plain: string; readonly taken: Set<string> },
  { problems, warn }: Telling,
): Column {
  const name = text.trim();
  if (name === '') {
    problems.report(at, 'a column without a name in the first row');
    return { kind: 'data', key: `column at ${at}` };
  }
  if (plain === 'groups' || plain === 'group') return { kind: 'groups', key: 'groups' };
  if (Object.hasOwn(DEVICE_KEYS, plain)) return { kind: 'key', key: plain };
  if (plain.startsWith(DATA)) return { kind: 'data', key: name.slice(DATA.length) };
  const foreign = FOREIGN_NAMES.get(plain)?.find((key) => !isTaken(key, taken));
  if (foreign !== undefined) {
    taken.add(foreign);
    return { kind: 'key', key: foreign };
  }
  const near = didYouMean(plain, Object.keys(DEVICE_KEYS));
  if (near !== '' && /^[\w .-]{1,64}$/.test(name)) {
    warn(
      `${problems.placeAt(at).file}: the column '${name}' is no key and becomes data${near}; data.${name} says that it is data`,
    );
  }
  return { kind: 'data', key: name };
}

/** Two names for one thing are one. */
function isTaken(key: string, taken: ReadonlySet<string>): boolean {
  if (key === 'host') return taken.has('host') || taken.has('ip');
  if (key === 'device_type') return taken.has('device_type') || taken.has('platform');
  return taken.has(key);
}
