import { type Entry, type Look, look, type TreeNode } from '../node.js';

/** A node that a reader of another format makes: what is there is known already. */
class MadeNode {
  readonly anchored = false;

  constructor(
    readonly at: number,
    readonly seen: Look,
  ) {}

  look(): Look {
    return this.seen;
  }

  get hollow(): boolean {
    return this.seen.kind === 'text' && this.seen.text === '';
  }
}

/** A text at its place; `plain`: in `data` it may be a number, a truth value or nothing. */
export function textNode(text: string, at: number, plain = false): TreeNode {
  return new MadeNode(at, { kind: 'text', text, plain });
}

export function listNode(items: readonly TreeNode[], at: number): TreeNode {
  return new MadeNode(at, { kind: 'list', items });
}

export function mapNode(entries: readonly Entry[], at: number): TreeNode {
  return new MadeNode(at, { kind: 'map', entries });
}

/** An entry whose key is where its value is, or where `keyAt` says. */
export function entryOf(key: string, value: TreeNode, keyAt?: number): Entry {
  const at = keyAt ?? value?.at ?? 0;
  return { key, keyAt: at, value, valueAt: value?.at ?? at };
}

/** A value of JSON whose parts all stand at one place. */
export function jsonNode(value: unknown, at: number): TreeNode {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return textNode(value, at);
  if (typeof value !== 'object') return textNode(String(value), at, true);
  if (Array.isArray(value)) {
    return listNode(
      value.map((one) => jsonNode(one, at)),
      at,
    );
  }
  const entries = Object.entries(value).map(([key, one]) => ({ ...entryOf(key, jsonNode(one, at), at), valueAt: at }));
  return mapNode(entries, at);
}

/** The same entry under another name: its places stay those of the file. */
export function renamed(entry: Entry, key: string): Entry {
  return { ...entry, key };
}

/** The text of a node; undefined where there is another thing, or nothing. */
export function textOf(node: TreeNode): string | undefined {
  const seen = look(node);
  return seen.kind === 'text' ? seen.text : undefined;
}

/** What a node is, for a message. */
export function kindOf(seen: Look): string {
  return { nothing: 'nothing', broken: 'nothing', text: 'a text', list: 'a list', map: 'a mapping' }[seen.kind];
}
