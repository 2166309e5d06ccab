import type { Kinds, Nested, NodeAt, Values } from './kinds.js';
import { look, type TreeNode } from './node.js';
import { type KeyTable, type Reading, readKeys, readText } from './read.js';
import { keysSchema } from './schema/keys-schema.js';
import { orNothing, someSchema, textSchema } from './schema/parts.js';
import { type Kind, WRONG, Wrong } from './values.js';

/** A mapping with the keys of a table, or a text that says the same in short. */
export function mapping<K extends Kinds, T>(
  table: KeyTable<K>,
  build: (values: Values<K>) => T | Wrong,
  short?: (text: string) => T | Wrong,
): Nested<T> {
  const schema = keysSchema(table.kinds);
  return {
    schema: short === undefined ? schema : { anyOf: [textSchema(), schema] },
    readNode: ({ node, key, at }, reading) => {
      const accept = (value: T | Wrong): T | typeof WRONG => accepted(value, { key, at }, reading);
      const seen = look(node);
      if (seen.kind === 'nothing') return undefined;
      if (seen.kind === 'broken') return WRONG;
      if (seen.kind === 'text' && short !== undefined) return accept(short(seen.text));
      if (seen.kind !== 'map') {
        const keys = Object.keys(table.kinds).join(', ');
        return accept(new Wrong(`must be a mapping with ${keys}; got ${seen.kind === 'text' ? 'a text' : 'a list'}`));
      }
      const { values, wrong } = readKeys(seen.entries, table, reading);
      // What is wrong in it was told; a part that is missing for that is not told a second time.
      return wrong.size > 0 ? WRONG : accept(build(values));
    },
  };
}

/** A list of what `item` reads, one of it alone, or a text that says a whole list in short. */
export function list<T>(item: Nested<T>, short?: (text: string) => readonly T[] | Wrong): Nested<readonly T[]> {
  return {
    schema: { anyOf: [item.schema, { type: 'array', items: orNothing(item.schema) }] },
    readNode: ({ node, key, at }, reading) => {
      const seen = look(node);
      if (seen.kind === 'nothing') return undefined;
      if (seen.kind === 'broken') return WRONG;
      if (seen.kind === 'text' && short !== undefined) return accepted(short(seen.text), { key, at }, reading);
      const nodes = seen.kind === 'list' ? seen.items : [node];
      return whole(nodes.map((one) => item.readNode({ node: one, key, at: placeOf(one, at) }, reading)));
    },
  };
}

/** A list of texts of one kind; `split` parts a text that stands for a whole list. */
export function listOf<T>(kind: Kind<T>, split: (text: string) => readonly string[]): Nested<readonly T[]> {
  return {
    schema: someSchema(kind.schema),
    readNode: ({ node, key, at }, reading) => {
      const seen = look(node);
      if (seen.kind === 'nothing') return undefined;
      if (seen.kind === 'broken') return WRONG;
      if (seen.kind === 'text')
        return whole(split(seen.text).map((text) => readText(text, { key, at, kind }, reading)));
      const nodes = seen.kind === 'list' ? seen.items : [node];
      return whole(nodes.map((one) => readItem({ node: one, key, at: placeOf(one, at) }, kind, reading)));
    },
  };
}

function accepted<T>(value: T | Wrong, { key, at }: Omit<NodeAt, 'node'>, reading: Reading): T | typeof WRONG {
  if (!(value instanceof Wrong)) return value;
  reading.problems.report(at, `${key} ${value.why}`);
  return WRONG;
}

function readItem<T>({ node, key, at }: NodeAt, kind: Kind<T>, reading: Reading): T | undefined | typeof WRONG {
  const seen = look(node);
  if (seen.kind === 'text') return readText(seen.text, { key, at, kind }, reading);
  if (seen.kind !== 'broken') reading.problems.report(at, `${key} must be a list of texts`);
  return WRONG;
}

/** Without what is nothing; wrong as a whole where one of it is. */
function whole<T>(all: readonly (T | undefined | typeof WRONG)[]): readonly T[] | typeof WRONG {
  const found: T[] = [];
  for (const one of all) {
    if (one === WRONG) return WRONG;
    if (one !== undefined) found.push(one as T);
  }
  return found;
}

function placeOf(node: TreeNode, otherwise: number): number {
  return node?.at ?? otherwise;
}
