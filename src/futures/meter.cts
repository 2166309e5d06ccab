import Outbox = require('./outbox.cjs');
import wire = require('./wire.cjs');

/** A task that takes no time at all would let any number of its calls be sent ahead. */
const LEAST_NANOS = 250;

/** What is this much more or less than what was told is worth telling. */
const NEWS = 1.25;

const TIMES = 3;

/** Measures what calls of each task take, for the parent, which sends ahead as many calls as are quickly done. */
class Meter {
  readonly #outbox: Outbox;
  /** The task whose calls run one after another now; one look at the clock serves them all. */
  #task = -1;
  #calls = 0;
  #since = 0;
  /** What each task took the last times, in nanoseconds, and what of it the parent was told. */
  readonly #recent: number[][] = [];
  readonly #told: number[] = [];

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** To be called before each call that may be over when it returns. */
  before(task: number): void {
    if (task !== this.#task) {
      this.end();
      this.#task = task;
      this.#since = performance.now();
    }
    this.#calls += 1;
  }

  /** To be called when that call was not over when it returned. */
  goesOn(): void {
    this.#calls -= 1;
    if (this.#calls === 0) this.#task = -1;
  }

  /** To be called when a row of calls is over. */
  end(): void {
    if (this.#task >= 0) this.#tell(this.#task, (performance.now() - this.#since) / this.#calls);
    this.#task = -1;
    this.#calls = 0;
  }

  /** Measures a call that goes on; returns what must be called when it is over. */
  watch(task: number): () => void {
    const since = performance.now();
    return () => this.#tell(task, performance.now() - since);
  }

  /** The least of the last times counts: a thread that has to wait for a processor is not slow. */
  #tell(task: number, ms: number): void {
    const recent = this.#recent[task] ?? [];
    this.#recent[task] = recent;
    if (recent.push(Math.max(ms * 1e6, LEAST_NANOS)) > TIMES) recent.shift();
    const nanos = Math.min(...recent);
    const told = this.#told[task] ?? 0;
    if (nanos < told * NEWS && nanos * NEWS > told) return;
    this.#told[task] = nanos;
    this.#outbox.open.push(wire.COST, task, Math.round(nanos));
  }
}

export = Meter;
