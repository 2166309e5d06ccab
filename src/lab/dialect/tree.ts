import type { Action } from './command-data.js';

/** One line of a configuration, with the lines of its section. */
export interface Node {
  readonly text: string;
  /** The fixed words, by which a new line takes the place of an old one. */
  readonly key: string;
  readonly closes: string | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly refusedAtCommit: string | undefined;
  readonly does: Action | undefined;
  readonly section: boolean;
  readonly children: Node[];
}

/** One level of a statement, as it is put into a tree. */
export type Level = Omit<Node, 'children'>;

export function newTree(): Node {
  return {
    text: '',
    key: '',
    closes: undefined,
    values: {},
    refusedAtCommit: undefined,
    does: undefined,
    section: true,
    children: [],
  };
}

export function copyTree(node: Node): Node {
  return { ...node, children: node.children.map(copyTree) };
}

/** Returns the node at a path of lines, or undefined. */
export function nodeAt(tree: Node, path: readonly string[]): Node | undefined {
  let node: Node | undefined = tree;
  for (const text of path) node = node?.children.find((child) => child.text === text);
  return node;
}

/** Puts a statement in, with the sections that it stands in; an older line with its fixed words goes. */
export function put(tree: Node, levels: readonly Level[]): void {
  let node = tree;
  for (const level of levels) {
    const same = node.children.findIndex((child) => child.text === level.text);
    const known = node.children[same];
    if (known !== undefined) {
      node = known;
      continue;
    }
    const made: Node = { ...level, children: [] };
    const old = level.section ? -1 : node.children.findIndex((child) => !child.section && child.key === level.key);
    if (old === -1) node.children.push(made);
    else node.children.splice(old, 1, made);
    node = made;
  }
}

/** Takes out what stands at the path and begins with the last of it; returns false where there was nothing. */
export function remove(tree: Node, path: readonly string[]): boolean {
  const parent = nodeAt(tree, path.slice(0, -1));
  const last = path.at(-1) ?? '';
  if (parent === undefined) return false;
  const kept = parent.children.filter(({ text }) => text !== last && !text.startsWith(`${last} `));
  const gone = kept.length < parent.children.length;
  parent.children.splice(0, parent.children.length, ...kept);
  return gone;
}

/** Every node below, the outermost first. */
export function everyNode(tree: Node): Node[] {
  return tree.children.flatMap((child) => [child, ...everyNode(child)]);
}
