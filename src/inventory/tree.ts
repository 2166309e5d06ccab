import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Alias, Node, Scalar, YAMLError, YAMLMap } from 'yaml';
import type { Problems } from './problems.js';
import { syntaxMessage } from './syntax.js';

/** A place in the file's tree. */
export type TreeNode = Node | null;

export interface Entry {
  readonly key: string;
  readonly keyAt: number;
  readonly value: TreeNode;
  /** Where the value stands, or its key where there is none. */
  readonly valueAt: number;
}

/** One level of the tree: aliases are followed, merges are done, and scalars have their source text. */
export type Look =
  | { readonly kind: 'nothing' | 'broken' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly TreeNode[] }
  | { readonly kind: 'map'; readonly entries: readonly Entry[] };

export interface Tree {
  readonly root: TreeNode;
  look(node: TreeNode): Look;
  /** True for a node that others refer to by a name (`&name`). */
  isAnchored(node: TreeNode): boolean;
}

/** A mapping that merges others cannot grow beyond this, so that a few lines cannot make millions of values. */
const MOST_MERGED_KEYS = 1000;
const MOST_MERGE_STEPS = 100;

/** The tags that say nothing but what the text shows already. */
const PLAIN_TAG = /^(?:!|tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq))$/;
const NOTHING: Look = { kind: 'nothing' };
const BROKEN: Look = { kind: 'broken' };

// Loaded when the first inventory is parsed: a worker or a `--help` that reads none does not wait for it.
const require = createRequire(import.meta.url);
const yaml = (): typeof Yaml => require('yaml') as typeof Yaml;

/** Parses a text; every syntax error is reported, and undefined returned when there was one. */
export function openTree(text: string, problems: Problems): Tree | undefined {
  try {
    // Keys are compared here and not by the parser, whose comparison is quadratic.
    const options = { schema: 'failsafe', resolveKnownTags: false, prettyErrors: false, uniqueKeys: false } as const;
    const document = yaml().parseDocument(text, options);
    reportSyntax(document.errors, text, problems);
    if (document.errors.length > 0) return undefined;
    const root = document.contents as TreeNode;
    return makeTree(root, text.includes('*') ? aliasTargets(root) : new Map(), problems);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    problems.report(0, 'not valid YAML: nested too deeply');
    return undefined;
  }
}

/** One a line: the others on it are mostly consequences of the first. */
function reportSyntax(errors: readonly YAMLError[], text: string, problems: Problems): void {
  const lines = new Set<number>();
  for (const error of errors) {
    const [start] = error.pos;
    const line = problems.lineAt(start);
    if (lines.has(line)) continue;
    lines.add(line);
    const indent = /^\s*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
    const code = indent.includes('\t') ? 'TAB_AS_INDENT' : error.code;
    problems.report(start, syntaxMessage({ code, message: error.message }));
  }
}

/** Finds what each alias stands for: the last node before it that has the name. One pass, in the file's order. */
function aliasTargets(root: TreeNode): Map<Alias, Node> {
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  const { isAlias, isCollection, isScalar, visit } = yaml();
  visit(root, (_key, node) => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
    } else if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.set(node.anchor, node);
  });
  return targets;
}

function makeTree(root: TreeNode, targets: ReadonlyMap<Alias, Node>, problems: Problems): Tree {
  const { isAlias, isMap, isScalar, isSeq } = yaml();
  // Only what has a name can be met twice; 'open' while its entries are being read.
  const known = new Map<YAMLMap, readonly Entry[] | 'open'>();
  let steps = 0;

  const look = (node: TreeNode): Look => {
    if (node === null) return NOTHING;
    if (isAlias(node)) {
      const target = targets.get(node);
      if (target !== undefined) return look(target);
      // The name may be a password that begins with an asterisk.
      problems.report(at(node), 'no `&` name stands for this `*` name; a value that begins with * must be in quotes');
      return BROKEN;
    }
    if (node.tag !== undefined && !PLAIN_TAG.test(node.tag)) {
      problems.report(at(node), 'a tag that means nothing here; a value that begins with ! must be in quotes');
      return BROKEN;
    }
    if (isScalar(node)) return lookAtScalar(node);
    if (isSeq(node)) return { kind: 'list', items: node.items as TreeNode[] };
    return isMap(node) ? lookAtMap(node) : BROKEN;
  };

  const lookAtMap = (node: YAMLMap): Look => {
    const before = known.get(node);
    if (before === 'open') {
      problems.report(at(node), 'this mapping merges itself');
      return BROKEN;
    }
    if (before !== undefined) return { kind: 'map', entries: before };
    if (node.anchor !== undefined) known.set(node, 'open');
    const entries = entriesOf(node);
    if (node.anchor !== undefined) known.set(node, entries);
    return { kind: 'map', entries };
  };

  const entriesOf = (node: YAMLMap): readonly Entry[] => {
    const entries = new Map<string, Entry>();
    let merge: TreeNode | undefined;
    for (const { key: keyNode, value } of node.items as { key: TreeNode; value: TreeNode }[]) {
      const keyAt = at(keyNode, at(node));
      const key = look(keyNode);
      if (key.kind !== 'text') {
        if (key.kind !== 'broken') problems.report(keyAt, 'a key must be a word');
      } else if (key.text === '<<' && isPlain(keyNode)) {
        if (merge !== undefined) problems.report(keyAt, '`<<` stands twice here; write one with a list: <<: [*a, *b]');
        merge = value;
      } else {
        const first = entries.get(key.text);
        const entry = { key: key.text, keyAt, value, valueAt: at(value, keyAt) };
        if (first === undefined) entries.set(key.text, entry);
        else
          problems.report(keyAt, `${showKey(entry)} stands twice here, first on line ${problems.lineAt(first.keyAt)}`);
      }
    }
    if (merge !== undefined) {
      steps += 1;
      if (steps <= MOST_MERGE_STEPS) mergeInto(entries, merge, at(merge, at(node)));
      else problems.report(at(merge, at(node)), `more than ${MOST_MERGE_STEPS} mappings merge one another in a row`);
      steps -= 1;
    }
    return [...entries.values()];
  };

  /** What stands in the mapping itself wins, then the first source that has a key. */
  const mergeInto = (entries: Map<string, Entry>, source: TreeNode, sourceAt: number): void => {
    const seen = look(source);
    const sources = seen.kind === 'list' ? seen.items.map(look) : [seen];
    for (const from of sources) {
      if (from.kind === 'broken') continue;
      if (from.kind !== 'map') {
        problems.report(sourceAt, '`<<` takes a mapping (<<: *name) or a list of mappings');
        continue;
      }
      for (const entry of from.entries) if (!entries.has(entry.key)) entries.set(entry.key, entry);
      if (entries.size <= MOST_MERGED_KEYS) continue;
      problems.report(sourceAt, `more than ${MOST_MERGED_KEYS} keys are merged here`);
      return;
    }
  };

  const isPlain = (node: TreeNode): boolean => isScalar(node) && node.type === 'PLAIN';
  return { root, look, isAnchored: (node) => (isMap(node) || isSeq(node)) && node.anchor !== undefined };
}

function at(node: TreeNode, otherwise = 0): number {
  return node?.range?.[0] ?? otherwise;
}

function lookAtScalar(node: Scalar): Look {
  const text = String(node.value);
  // As netmiko's users know it from YAML and JSON: these are no text unless they are in quotes.
  if (node.type === 'PLAIN' && /^(?:~|null|Null|NULL)?$/.test(text)) return NOTHING;
  // A block (`|`) ends in a line break that nobody means.
  return { kind: 'text', text: node.type?.startsWith('BLOCK_') ? text.replace(/\n$/, '') : text };
}

/**
 * Returns a key as messages may show it. One that is no plain word, or that has no value, can be a secret whose colon
 * or quotes went wrong, and is not shown.
 */
export function showKey({ key, value }: Pick<Entry, 'key' | 'value'>): string {
  const [start = 0, end = 0] = value?.range ?? [];
  // `password: ,secret: ""` makes a key of what may be a secret: one with nothing behind it is not named.
  if (start === end || (value as { value?: unknown } | null | undefined)?.value === '') return 'a key without a value';
  return /^[A-Za-z_][\w.-]{0,63}$/.test(key) ? `'${key}'` : 'a key that is no plain word';
}
