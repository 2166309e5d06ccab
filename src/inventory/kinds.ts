import type { TreeNode } from './node.js';
import type { Reading } from './read.js';
import type { JsonSchema } from './schema/parts.js';
import type { Kind, WRONG } from './values.js';

/** A node, and what it is the value of. */
export interface NodeAt {
  readonly node: TreeNode;
  readonly key: string;
  readonly at: number;
}

/** How a value is read that has parts; what is wrong is reported. */
export interface Nested<T> {
  /** The text may be a secret: no message shows it. */
  readonly hidden?: true;
  /** What editors are told of it. */
  readonly schema: JsonSchema;
  readonly readNode: (node: NodeAt, reading: Reading) => T | undefined | typeof WRONG;
}

/** The keys of a mapping that are read, each with its kind. */
export type Kinds = Readonly<Record<string, Kind<unknown> | Nested<unknown>>>;

/** What a mapping with those keys gives. */
export type Values<K extends Kinds> = {
  [P in keyof K]?: K[P] extends Kind<infer T> ? T : K[P] extends Nested<infer T> ? T : never;
};
