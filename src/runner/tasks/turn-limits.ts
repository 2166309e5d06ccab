import { AbortedError, Deadline, DeviceTimeoutError, RollcallError } from '../../base/index.js';

/** What a task that has to end may take to do so by itself, once its sessions are closed. */
const GRACE_MS = 1_000;

interface LimitedTurn {
  /** Aborts when the run is called off. */
  readonly signal: AbortSignal | undefined;
  /** How long the turn may take. */
  readonly totalMs: number | undefined;
  /** Ends what the task has open; what is under way there comes to its end in order, and the task hears of it. */
  close(): Promise<unknown>;
}

/** The clock of a turn, and the end of the run: the task is told of both, and neither waits for it for ever. */
export class TurnLimits {
  readonly #turn: LimitedTurn;
  readonly #controller = new AbortController();
  readonly #cancels: (() => void)[] = [];
  /** Rejects when the task is not waited for any longer. */
  readonly #over: Promise<never>;

  constructor(turn: LimitedTurn) {
    this.#turn = turn;
    this.#over = new Promise<never>((_, reject) => this.#watch(reject));
    this.#over.catch(() => {});
  }

  /** Aborts when the turn has to end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for the work, but not for one that does not heed the signal. @throws what the work throws, or why it is over. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await Promise.race([this.#over, work()]);
    } catch (thrown) {
      throw this.#meaning(thrown);
    } finally {
      for (const cancel of this.#cancels) cancel();
    }
  }

  #watch(reject: (error: Error) => void): void {
    const { signal, totalMs } = this.#turn;
    const stop = async (reason: unknown, error: Error): Promise<void> => {
      this.#controller.abort(reason);
      await this.#turn.close();
      this.#cancels.push(Deadline.after(GRACE_MS).schedule(() => reject(error)));
    };
    const onAbort = (): void => void stop(signal?.reason, new AbortedError('cancelled', { phase: 'task' }));
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    this.#cancels.push(() => signal?.removeEventListener('abort', onAbort));
    if (totalMs === undefined) return;
    const late = new DeviceTimeoutError('device_timeout', `not done in ${totalMs / 1000} s`, { phase: 'task' });
    this.#cancels.push(Deadline.after(totalMs).schedule(() => void stop(late, late)));
  }

  /** What failed because the time was over did so for that reason; in a configuration nobody knows how far it came. */
  #meaning(thrown: unknown): unknown {
    const { reason } = this.#controller.signal;
    if (!(reason instanceof DeviceTimeoutError) || thrown === reason) return thrown;
    const phase = thrown instanceof RollcallError ? thrown.phase : undefined;
    return new DeviceTimeoutError('device_timeout', reason.message, { phase: phase ?? 'task', cause: thrown });
  }
}
