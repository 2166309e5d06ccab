/**
 * A place in what was read, whatever its format: every reader (YAML, CSV, INI, a program's answer) gives such nodes, and
 * everything behind the readers knows only them. Null is a value that is not there.
 */
export type TreeNode = FullNode | null;

interface FullNode {
  /** Its offset among all texts of the inventory, as `Problems` counts them. */
  readonly at: number;
  /** What is there, one level deep; what is wrong with it is reported when it is first looked at. */
  look(): Look;
  /** True where others refer to it by a name (YAML's `&name`). */
  readonly anchored: boolean;
  /** True for a text of no characters. */
  readonly hollow: boolean;
  /** YAML's tag (`!vault`), where it says more than the text shows. */
  readonly tag?: string | undefined;
}

export interface Entry {
  readonly key: string;
  readonly keyAt: number;
  readonly value: TreeNode;
  /** Where the value stands, or its key where there is none. */
  readonly valueAt: number;
}

/** One level of a tree: aliases are followed, merges are done, and scalars have their source text. */
export type Look =
  | { readonly kind: 'nothing' | 'broken' }
  /** `plain`: without quotes, so that in `data` it may be a number, a truth value or nothing. */
  /** `folded`: of several lines without quotes; a key that lost its colon may be in it, and the secret behind that. */
  | { readonly kind: 'text'; readonly text: string; readonly plain: boolean; readonly folded?: true }
  | { readonly kind: 'list'; readonly items: readonly TreeNode[] }
  | { readonly kind: 'map'; readonly entries: readonly Entry[] };

const NOTHING: Look = { kind: 'nothing' };

/** Returns what is at a node. */
export function look(node: TreeNode): Look {
  return node === null ? NOTHING : node.look();
}

/**
 * Returns a key as messages may show it. One that is no plain word, or that has no value, can be a secret whose colon
 * or quotes went wrong, and is not shown.
 */
export function showKey({ key, value }: Pick<Entry, 'key' | 'value'>): string {
  // `password: ,secret: ""` makes a key of what may be a secret: one with nothing behind it is not named.
  if (value === null || value.hollow) return 'a key without a value';
  return /^[A-Za-z_][\w.-]{0,63}$/.test(key) ? `'${key}'` : 'a key that is no plain word';
}
