import { AggregatedResult, type Result, type RunDevice, STATUSES, type Status } from './result.js';

/** How many results that were taken, and are not kept, stay as holes before they are cut off at once. */
const MOST_HOLES = 1024;

/** The results of a run in the order in which they came, for any number of readers, each at its own pace. */
export class ResultLog<D extends RunDevice, T> {
  readonly #runId: string;
  readonly #keep: boolean;
  /** Those from number `#cut` on. */
  readonly #results: (Result<D, T> | undefined)[] = [];
  #cut = 0;
  readonly #counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<Status, number>;
  readonly #waiters: (() => void)[] = [];
  #taken = 0;
  #readers = 0;
  #awaiting = 0;
  /** A reader has gone before the end. */
  #left = false;
  #over: { readonly error?: unknown } | undefined;
  /** Called whenever a reader has taken a result, or `waiting` has changed for another reason. */
  onTaken: (() => void) | undefined;

  constructor(runId: string, keep: boolean) {
    this.#runId = runId;
    this.#keep = keep;
  }

  /**
   * How many results wait for a reader: none as long as nobody reads; no end of them once a reader has gone and nobody
   * is left who wants any.
   */
  get waiting(): number {
    if (this.#readers > 0) return this.#count - this.#taken;
    return this.#left && this.#awaiting === 0 ? Number.POSITIVE_INFINITY : 0;
  }

  add(result: Result<D, T>): void {
    this.#counts[result.status] += 1;
    this.#results.push(result);
    this.#wake();
  }

  end(): void {
    this.#over ??= {};
    this.#wake();
  }

  fail(error: unknown): void {
    this.#over ??= { error };
    this.#wake();
  }

  async whole(): Promise<AggregatedResult<D, T>> {
    this.#awaiting += 1;
    this.onTaken?.();
    while (this.#over === undefined) await this.#change();
    this.#awaiting -= 1;
    if ('error' in this.#over) throw this.#over.error;
    const results = this.#results.filter((result) => result !== undefined);
    results.sort((a, b) => a.index - b.index);
    return new AggregatedResult(this.#runId, results, { ...this.#counts });
  }

  async *asTheyCome(): AsyncGenerator<Result<D, T>, void, undefined> {
    this.#readers += 1;
    this.onTaken?.();
    try {
      for (let next = 0; ; next++) {
        while (next >= this.#count && this.#over === undefined) await this.#change();
        if (next >= this.#count) break;
        const result = this.#take(next);
        this.onTaken?.();
        if (result !== undefined) yield result;
      }
    } finally {
      this.#readers -= 1;
      this.#left = true;
      this.onTaken?.();
    }
    if (this.#over !== undefined && 'error' in this.#over) throw this.#over.error;
  }

  /** A result that is done before its turn waits here for those in front of it. */
  async *inOrder(): AsyncGenerator<Result<D, T>, void, undefined> {
    const early = new Map<number, Result<D, T>>();
    let turn = 0;
    for await (const result of this.asTheyCome()) {
      early.set(result.index, result);
      for (let next = early.get(turn); next !== undefined; next = early.get(turn)) {
        early.delete(turn++);
        yield next;
      }
    }
  }

  get #count(): number {
    return this.#cut + this.#results.length;
  }

  /** The result with that number; undefined where another reader had it and it is not kept. */
  #take(number: number): Result<D, T> | undefined {
    const result = this.#results[number - this.#cut];
    this.#taken = Math.max(this.#taken, number + 1);
    if (this.#keep || number < this.#cut) return result;
    this.#results[number - this.#cut] = undefined;
    // All readers begin with the first: what was taken is at the front.
    if (this.#taken - this.#cut >= MOST_HOLES) {
      this.#results.splice(0, this.#taken - this.#cut);
      this.#cut = this.#taken;
    }
    return result;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}
