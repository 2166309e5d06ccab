import Outbox = require('./outbox.cjs');
import wire = require('./wire.cjs');

/** A task that takes no time at all would let any number of its calls be sent ahead. */
const LEAST_NANOS = 250;

/** What is this much more or less than what was told is worth telling. */
const NEWS = 1.25;

const TIMES = 3;

/** Calls that were sent together are done much sooner: one of them was slow, or the processor did something else. */
const SURPRISE_MS = 10;
/** So long it never does something else. */
const SURE_MS = 40;

/** In a batch of so many items there are calls that wait for others. */
const MANY_ITEMS = 16;

/** Measures what calls of each task take, for the parent, which sends ahead as many calls as are quickly done. */
class Meter {
  readonly #outbox: Outbox;
  /** The task whose calls run one after another now; one look at the clock serves them all. */
  #task = -1;
  #calls = 0;
  #since = 0;
  /** Microseconds of processor time when the batch began; undefined where nothing needs to be noticed. */
  #processor: number | undefined;
  /** What each task took the last times, in nanoseconds, and what of it the parent was told. */
  readonly #recent: number[][] = [];
  readonly #told: number[] = [];

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** To be called for each batch in a process: from there calls that wait behind a slow one cannot be taken back. */
  watchBatch(batch: readonly unknown[]): void {
    this.#processor = batch.length < MANY_ITEMS ? undefined : processorTime();
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
    if (this.#task >= 0) {
      const ms = performance.now() - this.#since;
      this.#tell(this.#task, ms / this.#calls);
      if (ms > SURPRISE_MS && this.#processor !== undefined) this.#tellSurprise(ms, this.#processor);
    }
    this.#task = -1;
    this.#calls = 0;
  }

  /** Measures a call that goes on; returns what must be called when it is over. */
  watch(task: number): () => void {
    const since = performance.now();
    return () => this.#tell(task, performance.now() - since);
  }

  #tellSurprise(ms: number, since: number): void {
    if (ms < SURE_MS && processorTime() - since < 1000 * SURPRISE_MS) return;
    this.#outbox.open.push(wire.COST, this.#task, -1);
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

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

export = Meter;
