import { AbortedError, Deadline, DeviceTimeoutError } from '../../base/index.js';

interface PatienceOptions {
  readonly idleMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What ends the channel, so that nothing of it goes on unheard. */
  readonly giveUp: () => void;
}

const phase = 'transfer';

/**
 * Waits for answers of a device, of which many may be due at once: none is late as long as one of them comes in time.
 * After the first that is, and after an abort, everything that waits fails, and so does all that comes later.
 */
export class Patience {
  readonly #options: PatienceOptions;
  readonly #waiting = new Set<(error: Error) => void>();
  readonly #onAbort = (): void => this.fail(new AbortedError('cancelled in the middle of a file', { phase }));
  #over: Error | undefined;
  #lastSign = performance.now();
  #unschedule: (() => void) | undefined;

  constructor(options: PatienceOptions) {
    this.#options = options;
    const { signal } = options;
    if (signal?.aborted === true) this.#onAbort();
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** @throws DeviceTimeoutError (`idle_timeout`), AbortedError, what `fail` was given, what the work throws. */
  async wait<T>(work: Promise<T>): Promise<T> {
    if (this.#over !== undefined) {
      work.catch(() => {});
      throw this.#over;
    }
    if (this.#waiting.size === 0) this.#lastSign = performance.now();
    this.#unschedule ??= this.#watch();
    let giveUp: ((error: Error) => void) | undefined;
    const given = new Promise<never>((_, reject) => {
      giveUp = reject;
      this.#waiting.add(reject);
    });
    try {
      return await Promise.race([work, given]);
    } finally {
      this.#lastSign = performance.now();
      if (giveUp !== undefined) this.#waiting.delete(giveUp);
      if (this.#waiting.size === 0) this.#rest();
    }
  }

  /** Has everything fail that waits now or comes later; the first error stays. */
  fail(error: Error): void {
    if (this.#over !== undefined) return;
    this.#over = error;
    this.dispose();
    for (const reject of this.#waiting) reject(error);
    this.#options.giveUp();
  }

  /** Listens no more. */
  dispose(): void {
    this.#rest();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
  }

  #rest(): void {
    this.#unschedule?.();
    this.#unschedule = undefined;
  }

  #watch(): () => void {
    const { idleMs } = this.#options;
    const left = this.#lastSign + idleMs - performance.now();
    return Deadline.after(Math.max(1, left)).schedule(() => {
      if (performance.now() - this.#lastSign < idleMs) {
        this.#unschedule = this.#watch();
        return;
      }
      const says = `the device was silent for ${idleMs / 1000} s in the middle of a file`;
      this.fail(new DeviceTimeoutError('idle_timeout', says, { phase }));
    });
  }
}
