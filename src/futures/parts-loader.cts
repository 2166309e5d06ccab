import type { Encoded } from './transfer.js' with { 'resolution-mode': 'import' };
import type { MakeWorkerParts, PartsHost, WorkerParts } from './worker-parts.js' with { 'resolution-mode': 'import' };

import registry = require('./worker-registry.cjs');

/** The way from the worker's program, which is small, to the package, which is loaded when a call needs it. */
class PartsLoader {
  readonly #host: PartsHost;
  #parts: WorkerParts | undefined;

  constructor(host: PartsHost) {
    this.#host = host;
  }

  /** The parts, if they are loaded; a task that calls `currentWorker()` has loaded them. */
  get now(): WorkerParts | undefined {
    this.#parts ??= registry.known<MakeWorkerParts>('workerParts')?.(this.#host);
    return this.#parts;
  }

  async soon(): Promise<WorkerParts> {
    if (this.now === undefined) (await import('./worker-parts.js')).workerParts();
    return this.now as WorkerParts;
  }

  /** Returns the value, or a promise of it when it takes more than there is yet. */
  decode(value: Encoded): unknown {
    if (!value.special) return value.value;
    return this.now?.decode(value) ?? this.soon().then((parts) => parts.decode(value));
  }
}

export = PartsLoader;
