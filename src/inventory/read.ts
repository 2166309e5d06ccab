import { didYouMean, quote } from '../base/index.js';
import { FOREIGN_NAMES } from './foreign-names.js';
import type { Kinds, Values } from './kinds.js';
import { type Entry, look, showKey } from './node.js';
import type { Problems } from './problems.js';
import { type Kind, WRONG, Wrong } from './values.js';

/** What the reading of one inventory shares. */
export interface Reading {
  readonly problems: Problems;
  /** The keys that were met and have no effect here, each with what does their work. */
  readonly ignored: Map<string, string | undefined>;
  /** What was said of each unknown key: a file may have the same one on every device. */
  readonly unknown: Map<string, string>;
  /** What each unknown key is near to, by what it is a key of: names are compared letter by letter. */
  readonly hints: Map<string, Map<string, string>>;
  /** Where secrets stand in plain text. */
  readonly plainSecrets: Set<number>;
}

export interface KeyTable<K extends Kinds> {
  /** What a mapping with these keys is, for messages. */
  readonly of: string;
  readonly kinds: K;
  /** Keys that are accepted and have no effect. */
  readonly withoutEffect: ReadonlyMap<string, string | undefined>;
  /** Keys that the caller reads itself. */
  readonly others?: readonly string[];
}

export interface Read<K extends Kinds> {
  readonly values: Values<K>;
  /** The keys that are unknown or whose values are wrong, and reported. */
  readonly wrong: ReadonlySet<string>;
}

/** Reads the values of a mapping by a table of keys; what is wrong is reported and left out. */
export function readKeys<K extends Kinds>(entries: readonly Entry[], table: KeyTable<K>, reading: Reading): Read<K> {
  const values: Record<string, unknown> = {};
  const wrong = new Set<string>();
  for (const entry of entries) {
    const { key } = entry;
    if (Object.hasOwn(table.kinds, key)) {
      const value = readValue(entry, table, reading);
      if (value === WRONG) wrong.add(key);
      else values[key] = value;
    } else if (table.withoutEffect.has(key)) reading.ignored.set(key, table.withoutEffect.get(key));
    else if (!table.others?.includes(key)) {
      wrong.add(key);
      reading.problems.report(entry.keyAt, unknownKey(entry, { entries, table }, reading));
    }
  }
  return { values: values as Values<K>, wrong };
}

function readValue<K extends Kinds>(entry: Entry, { kinds }: KeyTable<K>, reading: Reading): unknown {
  const kind = kinds[entry.key];
  if (kind === undefined) return undefined;
  if ('readNode' in kind) return kind.readNode({ node: entry.value, key: entry.key, at: entry.valueAt }, reading);
  const seen = look(entry.value);
  if (seen.kind === 'nothing') return undefined;
  if (seen.kind === 'broken') return WRONG;
  if (seen.kind !== 'text') {
    const got = seen.kind === 'map' ? 'a mapping' : 'a list';
    reading.problems.report(entry.valueAt, `${entry.key} must be one value, got ${got}`);
    return WRONG;
  }
  const guarded = seen.folded === true;
  return readText(seen.text, { key: entry.key, at: entry.valueAt, kind, guarded }, reading);
}

interface TextPlace<T> {
  readonly key: string;
  readonly at: number;
  readonly kind: Kind<T>;
  /** Whether the text may hold a secret that belongs elsewhere. */
  readonly guarded?: boolean;
}

/** Reads one text as a value of that kind. */
export function readText<T>(
  text: string,
  { key, at, kind, guarded = false }: TextPlace<T>,
  { problems }: Reading,
): T | undefined | typeof WRONG {
  if (text === '' && kind.emptyIsNone) return undefined;
  const value = kind.read(text);
  if (!(value instanceof Wrong)) return value;
  const got = kind.hidden || guarded || !value.shown ? '' : `, got ${quote(text)}`;
  problems.report(at, `${key} ${value.why}${got}`);
  return WRONG;
}

interface Among<K extends Kinds> {
  readonly entries: readonly Entry[];
  readonly table: KeyTable<K>;
}

function unknownKey<K extends Kinds>(entry: Entry, { entries, table }: Among<K>, reading: Reading): string {
  const { unknown } = reading;
  const hint = knownHint(entry.key, table, reading);
  const shown =
    hint === '' && followsSecret(entry, { entries, table }, reading) ? 'a key behind a secret' : showKey(entry);
  const id = `${table.of} ${shown}`;
  const before = unknown.get(id);
  if (before !== undefined) return before;
  const message = shown.startsWith("'")
    ? `unknown key ${shown} of ${table.of}${hint}`
    : `unknown key of ${table.of}: ${shown}; keys are written as 'key: value', with a space after the colon`;
  unknown.set(id, message);
  return message;
}

/** `password: ,x: y` makes a key of what may be the secret's rest: what stands behind one on its line is not named. */
function followsSecret<K extends Kinds>(entry: Entry, { entries, table }: Among<K>, { problems }: Reading): boolean {
  const { file, line } = problems.placeAt(entry.keyAt);
  const hidden = Object.entries(table.kinds).filter(([, kind]) => 'hidden' in kind);
  return entries.some(({ key, keyAt }) => {
    const place = problems.placeAt(keyAt);
    const before = keyAt < entry.keyAt && place.line === line && place.file === file;
    return before && hidden.some(([name]) => key.startsWith(name));
  });
}

function knownHint<K extends Kinds>(key: string, table: KeyTable<K>, { hints }: Reading): string {
  const known = hints.get(table.of) ?? new Map<string, string>();
  hints.set(table.of, known);
  const hint = known.get(key) ?? hintFor(key, table);
  known.set(key, hint);
  return hint;
}

function hintFor<K extends Kinds>(key: string, table: KeyTable<K>): string {
  const names = [...Object.keys(table.kinds), ...(table.others ?? []), ...table.withoutEffect.keys()];
  const foreign = FOREIGN_NAMES.get(key.toLowerCase())?.filter((name) => names.includes(name));
  return foreign?.length ? `; did you mean '${foreign.join("' or '")}'?` : didYouMean(key, names);
}
