import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Alias, Node, Scalar, YAMLError, YAMLMap } from 'yaml';
import { addEntry } from './entries.js';
import { type Entry, type Look, look as lookAtNode, type TreeNode } from './node.js';
import type { Problems } from './problems.js';
import { syntaxMessage } from './syntax.js';

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

/** The parser's own nodes; null is a value that is not there. */
type YamlNode = Node | null;

export interface YamlOptions {
  /** Where the problems have the beginning of the text; 0 by default. */
  readonly base?: number;
  /** Tags that the caller knows: a value that has one is no problem, and its node names it. */
  readonly tags?: ReadonlySet<string>;
}

const NO_TAGS: ReadonlySet<string> = new Set();

/**
 * Parses a text of YAML, or of JSON, and returns the node at its top. Every syntax error is reported, and undefined
 * returned when there was one.
 */
export function openYaml(
  text: string,
  problems: Problems,
  { base = 0, tags = NO_TAGS }: YamlOptions = {},
): { readonly root: TreeNode } | undefined {
  try {
    // Keys are compared here and not by the parser, whose comparison is quadratic.
    const options = { schema: 'failsafe', resolveKnownTags: false, prettyErrors: false, uniqueKeys: false } as const;
    const document = yaml().parseDocument(text, options);
    reportSyntax(document.errors, { text, base }, problems);
    if (document.errors.length > 0) return undefined;
    const root = document.contents as YamlNode;
    const targets = text.includes('*') ? aliasTargets(root) : new Map<Alias, Node>();
    return { root: nodesOf(targets, problems, { base, tags })(root) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    problems.report(base, 'not valid YAML: nested too deeply');
    return undefined;
  }
}

/** One a line: the others on it are mostly consequences of the first. */
function reportSyntax(
  errors: readonly YAMLError[],
  { text, base }: { readonly text: string; readonly base: number },
  problems: Problems,
): void {
  const lines = new Set<number>();
  for (const error of errors) {
    const [start] = error.pos;
    const { line } = problems.placeAt(base + start);
    if (lines.has(line)) continue;
    lines.add(line);
    const indent = /^\s*/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
    const code = indent.includes('\t') ? 'TAB_AS_INDENT' : error.code;
    problems.report(base + start, syntaxMessage({ code, message: error.message }));
  }
}

/** Finds what each alias stands for: the last node before it that has the name. One pass, in the file's order. */
function aliasTargets(root: YamlNode): Map<Alias, Node> {
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

/** Returns what makes a node of ours from one of the parser's. */
function nodesOf(
  targets: ReadonlyMap<Alias, Node>,
  problems: Problems,
  { base, tags }: Required<YamlOptions>,
): (node: YamlNode) => TreeNode {
  const { isAlias, isMap, isScalar, isSeq } = yaml();
  // Only what has a name can be met twice; 'open' while its entries are being read.
  const known = new Map<YAMLMap, readonly Entry[] | 'open'>();
  let steps = 0;

  const wrap = (node: YamlNode): TreeNode => (node === null ? null : new YamlPlace(node, at(node), look));

  const look = (node: YamlNode): Look => {
    if (node === null) return NOTHING;
    if (isAlias(node)) {
      const target = targets.get(node);
      if (target !== undefined) return look(target);
      // The name may be a password that begins with an asterisk.
      problems.report(at(node), 'no `&` name stands for this `*` name; a value that begins with * must be in quotes');
      return BROKEN;
    }
    if (node.tag !== undefined && !PLAIN_TAG.test(node.tag) && !tags.has(node.tag)) {
      problems.report(at(node), 'a tag that means nothing here; a value that begins with ! must be in quotes');
      return BROKEN;
    }
    if (isScalar(node)) return lookAtScalar(node);
    if (isSeq(node)) return { kind: 'list', items: (node.items as YamlNode[]).map(wrap) };
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
    let merge: YamlNode | undefined;
    for (const { key: keyNode, value } of node.items as { key: YamlNode; value: YamlNode }[]) {
      const keyAt = at(keyNode, at(node));
      const key = look(keyNode);
      if (key.kind !== 'text') {
        if (key.kind !== 'broken') problems.report(keyAt, 'a key must be a word');
      } else if (key.text === '<<' && isPlain(keyNode)) {
        if (merge !== undefined) problems.report(keyAt, '`<<` stands twice here; write one with a list: <<: [*a, *b]');
        merge = value;
      } else {
        addEntry(entries, { key: key.text, keyAt, value: wrap(value), valueAt: at(value, keyAt) }, problems);
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
  const mergeInto = (entries: Map<string, Entry>, source: YamlNode, sourceAt: number): void => {
    const seen = look(source);
    const sources = seen.kind === 'list' ? seen.items.map(lookAtNode) : [seen];
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

  const isPlain = (node: YamlNode): boolean => isScalar(node) && node.type === 'PLAIN';
  const at = (node: YamlNode, otherwise = base): number => {
    const start = node?.range?.[0];
    return start === undefined ? otherwise : base + start;
  };

  return wrap;
}

/** A node of the parser as everything behind it sees one. */
class YamlPlace {
  readonly #node: Node;
  readonly #look: (node: YamlNode) => Look;
  readonly at: number;

  constructor(node: Node, at: number, look: (node: YamlNode) => Look) {
    this.#node = node;
    this.at = at;
    this.#look = look;
  }

  look(): Look {
    return this.#look(this.#node);
  }

  get anchored(): boolean {
    return 'anchor' in this.#node && this.#node.anchor !== undefined && 'items' in this.#node;
  }

  get tag(): string | undefined {
    const { tag } = this.#node;
    return tag === undefined || PLAIN_TAG.test(tag) ? undefined : tag;
  }

  get hollow(): boolean {
    const [start = 0, end = 0] = this.#node.range ?? [];
    return start === end || ('value' in this.#node && this.#node.value === '');
  }
}

function lookAtScalar(node: Scalar): Look {
  const text = String(node.value);
  // As netmiko's users know it from YAML and JSON: these are no text unless they are in quotes.
  if (node.type === 'PLAIN' && /^(?:~|null|Null|NULL)?$/.test(text)) return NOTHING;
  // A block (`|`) ends in a line break that nobody means.
  const plain = node.type === 'PLAIN';
  const [start = 0, end = 0] = node.range ?? [];
  // What has no quotes has no escapes: its source is as long as it is, but for line breaks with indentation.
  if (plain && end - start !== text.length) return { kind: 'text', text, plain, folded: true };
  return { kind: 'text', text: node.type?.startsWith('BLOCK_') ? text.replace(/\n$/, '') : text, plain };
}
