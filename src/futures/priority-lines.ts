import { Deque } from './deque.js';

interface Line<T> {
  readonly priority: number;
  readonly items: Deque<T>;
}

/** Lines of one priority each, first in, first out: a heap has the highest on top, however many there are. */
export class PriorityLines<T> {
  /** A binary heap: no line is above one of a higher priority. */
  #heap: Line<T>[] = [];
  readonly #byPriority = new Map<number, Line<T>>();

  /** The first line that has any items; empty ones above it are dropped. */
  top(): Deque<T> | undefined {
    for (;;) {
      const top = this.#heap[0];
      // One that is alone stays, for it is likely to be filled again.
      if (top === undefined || top.items.length > 0 || this.#heap.length === 1) return top?.items;
      this.#dropTop(top);
    }
  }

  of(priority: number): Deque<T> {
    const top = this.#heap[0];
    if (top?.priority === priority) return top.items;
    const known = this.#byPriority.get(priority);
    if (known !== undefined) return known.items;
    const line = { priority, items: new Deque<T>() };
    this.#byPriority.set(priority, line);
    this.#rise(line);
    return line.items;
  }

  clear(): void {
    this.#heap = [];
    this.#byPriority.clear();
  }

  /** All items, in the order of their turns. */
  all(): T[] {
    return [...this.#heap].sort((a, b) => b.priority - a.priority).flatMap(({ items }) => [...items]);
  }

  #rise(line: Line<T>): void {
    let at = this.#heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.#heap[above];
      if (other === undefined || other.priority > line.priority) break;
      this.#heap[at] = other;
      at = above;
    }
    this.#heap[at] = line;
  }

  #dropTop(top: Line<T>): void {
    this.#byPriority.delete(top.priority);
    const last = this.#heap.pop();
    if (last === undefined || last === top) return;
    let at = 0;
    for (;;) {
      const below = this.#higher(2 * at + 1, 2 * at + 2);
      const other = this.#heap[below];
      if (other === undefined || other.priority < last.priority) break;
      this.#heap[at] = other;
      at = below;
    }
    this.#heap[at] = last;
  }

  #higher(left: number, right: number): number {
    const [a, b] = [this.#heap[left], this.#heap[right]];
    return b !== undefined && a !== undefined && b.priority > a.priority ? right : left;
  }
}
