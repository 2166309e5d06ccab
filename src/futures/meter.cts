import Outbox = require('./outbox.cjs');
import wire = require('./wire.cjs');

/** Measures what calls of each task take, for the parent, which sends ahead as many calls as are quickly done. */
class Meter {
  readonly #outbox: Outbox;
  /** The task whose calls run one after another now; one look at the clock serves them all. */
  #task = -1;
  #calls = 0;
  #since = 0;

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

  #tell(task: number, ms: number): void {
    this.#outbox.open.push(wire.COST, task, Math.round(ms * 1e6));
  }
}

export = Meter;
