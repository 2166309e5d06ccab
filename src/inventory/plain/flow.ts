import { addEntry } from '../entries.js';
import type { Entry, Look, TreeNode } from '../node.js';
import type { Problems } from '../problems.js';
import { isNothing, quotedEnd, Scalar, type Source, sharedKey, textOf } from './scalar.js';

/** Beyond it the file is none that a program has written. */
const DEEPEST = 64;
const LONGEST_KEY = 1000;
/** A plain word inside braces; a colon in it has a letter or a digit behind it. */
const WORD = /(?:[A-Za-z0-9_./~+]|-[A-Za-z0-9_.])(?:[\w./~+@-]|:(?=\w))*/y;

interface Walk {
  readonly text: string;
  /** Whether it may go on on the next line, as a file of JSON does. */
  readonly lines: boolean;
}

/** Where the list or mapping in brackets ends that begins here; -1 when there is a doubt. */
export function flowEnd(text: string, from: number, { lines }: { readonly lines: boolean }): number {
  return nodeEnd({ text, lines }, from, 0);
}

function nodeEnd(walk: Walk, from: number, depth: number): number {
  switch (walk.text[from]) {
    case '{':
      return depth < DEEPEST ? itemsEnd(walk, from, { depth, close: '}' }) : -1;
    case '[':
      return depth < DEEPEST ? itemsEnd(walk, from, { depth, close: ']' }) : -1;
    default:
      return scalarEnd(walk.text, from);
  }
}

/** A plain word that is empty, or a key on the next line, is left to the library. */
function itemsEnd(
  walk: Walk,
  from: number,
  { depth, close }: { readonly depth: number; readonly close: string },
): number {
  let at = spacesEnd(walk, from + 1);
  if (walk.text[at] === close) return at + 1;
  for (;;) {
    if (close === '}') {
      at = valueStart(walk, at);
      if (at === -1) return -1;
    }
    const end = nodeEnd(walk, at, depth + 1);
    if (end === -1) return -1;
    at = spacesEnd(walk, end);
    if (walk.text[at] === close) return at + 1;
    if (walk.text[at] !== ',') return -1;
    at = spacesEnd(walk, at + 1);
  }
}

/** Where the value of the key begins that stands here. */
function valueStart(walk: Walk, from: number): number {
  const { text } = walk;
  const end = scalarEnd(text, from);
  if (end === -1 || end - from > LONGEST_KEY) return -1;
  const quoted = text[from] === '"' || text[from] === "'";
  if (!quoted && isNothing(text.slice(from, end))) return -1;
  const colon = quoted ? spacesEnd({ text, lines: false }, end) : end;
  if (text[colon] !== ':') return -1;
  const value = spacesEnd(walk, colon + 1);
  return quoted || value > colon + 1 ? value : -1;
}

function scalarEnd(text: string, from: number): number {
  const char = text[from];
  if (char === '"' || char === "'") return quotedEnd(text, from);
  WORD.lastIndex = from;
  return WORD.test(text) ? WORD.lastIndex : -1;
}

function spacesEnd({ text, lines }: Walk, from: number): number {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && (!lines || (code !== 0x0a && code !== 0x0d && code !== 0x09))) return at;
  }
}

/** A list or mapping in brackets, which `flowEnd` has been through; what is in it is found when it is looked at. */
export class Flow {
  readonly #source: Source;
  readonly #from: number;
  readonly #problems: Problems;
  readonly anchored = false;
  readonly hollow = false;

  constructor(source: Source, from: number, problems: Problems) {
    this.#source = source;
    this.#from = from;
    this.#problems = problems;
  }

  get at(): number {
    return this.#source.base + this.#from;
  }

  look(): Look {
    return this.#source.text[this.#from] === '{' ? this.#map() : this.#list();
  }

  #list(): Look {
    const items: TreeNode[] = [];
    this.#each(']', (at) => {
      const { node, end } = this.#nodeAt(at);
      items.push(node);
      return end;
    });
    return { kind: 'list', items };
  }

  #map(): Look {
    const { text, base } = this.#source;
    const entries = new Map<string, Entry>();
    this.#each('}', (at) => {
      const key = sharedKey(this.#source, textOf(text, at, scalarEnd(text, at)));
      const { node, end } = this.#nodeAt(valueStart(this.#walk, at));
      addEntry(entries, { key, keyAt: base + at, value: node, valueAt: node.at }, this.#problems);
      return end;
    });
    return { kind: 'map', entries: [...entries.values()] };
  }

  /** Calls for each item, with its place; what is returned is where it ends. */
  #each(close: string, item: (at: number) => number): void {
    const { text } = this.#source;
    let at = spacesEnd(this.#walk, this.#from + 1);
    while (text[at] !== close) {
      at = spacesEnd(this.#walk, item(at));
      if (text[at] === ',') at = spacesEnd(this.#walk, at + 1);
    }
  }

  #nodeAt(at: number): { readonly node: Flow | Scalar; readonly end: number } {
    const end = nodeEnd(this.#walk, at, 0);
    return { node: valueNode(this.#source, { at, end }, this.#problems), end };
  }

  get #walk(): Walk {
    return { text: this.#source.text, lines: true };
  }
}

/** The node of a value that was found to be no doubt. */
export function valueNode(
  source: Source,
  { at, end }: { readonly at: number; readonly end: number },
  problems: Problems,
): Flow | Scalar {
  const first = source.text[at];
  return end > at && (first === '{' || first === '[') ? new Flow(source, at, problems) : new Scalar(source, at, end);
}
