import { addEntry } from '../entries.js';
import type { Entry, Look, TreeNode } from '../node.js';
import type { Problems } from '../problems.js';
import { valueNode } from './flow.js';
import type { Marks } from './lines.js';
import { type Source, sharedKey } from './scalar.js';

/** Beyond it the file is none that a program has written. */
const DEEPEST = 64;

/** A list or mapping whose marks stand in one column; what is in it is found when it is looked at. */
export class Block {
  readonly #source: Source;
  readonly #marks: Marks;
  readonly #first: number;
  readonly #problems: Problems;
  readonly anchored = false;
  readonly hollow = false;

  constructor(source: Source, { marks, first }: { readonly marks: Marks; readonly first: number }, problems: Problems) {
    this.#source = source;
    this.#marks = marks;
    this.#first = first;
    this.#problems = problems;
  }

  get at(): number {
    return this.#source.base + this.#marks.at(this.#first);
  }

  look(): Look {
    return this.#marks.isItem(this.#first) ? this.#list() : this.#map();
  }

  #list(): Look {
    const items: TreeNode[] = [];
    const column = this.#marks.column(this.#first);
    for (let index = this.#first; this.#stands(index, column, true); index = this.#next(index)) {
      items.push(this.#valueOf(index));
    }
    return { kind: 'list', items };
  }

  #map(): Look {
    const { text, base } = this.#source;
    const entries = new Map<string, Entry>();
    const column = this.#marks.column(this.#first);
    for (let index = this.#first; this.#stands(index, column, false); index = this.#next(index)) {
      const at = this.#marks.at(index);
      const value = this.#valueOf(index);
      const key = sharedKey(this.#source, text.slice(at, text.indexOf(':', at)));
      addEntry(entries, { key, keyAt: base + at, value, valueAt: value.at }, this.#problems);
    }
    return { kind: 'map', entries: [...entries.values()] };
  }

  #stands(index: number, column: number, item: boolean): boolean {
    const marks = this.#marks;
    return index < marks.count && marks.column(index) === column && marks.isItem(index) === item;
  }

  #next(index: number): number {
    let next = index + 1;
    while (isInside(this.#marks, next, index)) next += 1;
    return next;
  }

  #valueOf(index: number) {
    const marks = this.#marks;
    const [at, end] = [marks.valueAt(index), marks.valueEnd(index)];
    return at === end && isInside(marks, index + 1, index)
      ? new Block(this.#source, { marks, first: index + 1 }, this.#problems)
      : valueNode(this.#source, { at, end }, this.#problems);
  }
}

/** Whether a mark belongs to the value of another: it stands further right; an item may stand below its list's key. */
function isInside(marks: Marks, index: number, outer: number): boolean {
  if (index >= marks.count) return false;
  const [inner, column] = [marks.column(index), marks.column(outer)];
  return inner > column || (inner === column && marks.isItem(index) && !marks.isItem(outer));
}

/** Whether the marks stand in columns as YAML wants them; what is not plainly so is the library's to settle. */
export function isWellFormed(marks: Marks): boolean {
  const open: { readonly column: number; readonly item: boolean }[] = [];
  for (let index = 0; index < marks.count; index++) {
    const column = marks.column(index);
    const item = marks.isItem(index);
    while (isBehind(open.at(-1), { column, item })) open.pop();
    const top = open.at(-1);
    if (top?.column === column && top.item === item) continue;
    // The first of a new list or mapping: it is the value of the mark before it, which has none on its line.
    const begins =
      index === 0 || (marks.valueAt(index - 1) === marks.valueEnd(index - 1) && isInside(marks, index, index - 1));
    if (!begins || open.length === DEEPEST) return false;
    open.push({ column, item });
  }
  return marks.count > 0;
}

interface Level {
  readonly column: number;
  readonly item: boolean;
}

/** Whether a list or mapping is over where this mark comes; the list below a key stands in the key's column. */
const isBehind = (level: Level | undefined, mark: Level): boolean =>
  level !== undefined && (level.column > mark.column || (level.column === mark.column && level.item && !mark.item));
