/** What stands in a line: the lowest index is the oldest. */
interface Indexed {
  readonly index: number;
}

/** A line of devices that wait for the same thing, oldest first, whenever each of them came: a binary heap. */
export class Line<E extends Indexed> {
  /** The place of its gate among the gates. */
  readonly gate: number;
  readonly key: string;
  readonly #heap: E[] = [];

  constructor(gate: number, key: string) {
    this.gate = gate;
    this.key = key;
  }

  get size(): number {
    return this.#heap.length;
  }

  get first(): E | undefined {
    return this.#heap[0];
  }

  add(entry: E): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.index <= entry.index) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  /** Removes the oldest and returns it. */
  take(): E | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first;
  }

  /** Removes all of them, in no order. */
  takeAll(): E[] {
    return this.#heap.splice(0);
  }

  #sink(entry: E): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (one === undefined) break;
      const [child, older] = other !== undefined && other.index < one.index ? [left + 1, other] : [left, one];
      if (older.index >= entry.index) break;
      heap[at] = older;
      at = child;
    }
    heap[at] = entry;
  }
}
