import { Deadline, DeviceTimeoutError, type Phase, UnreachableError } from '../../base/index.js';
import type { ConnectionOptions, Question } from '../connection.js';
import { within } from '../within.js';
import { errorOnTheWay } from './hop-error.js';

/**
 * One connection being opened for all who wait for it. Each waits as long as its own deadline and signal allow; when
 * nobody waits any more, it is called off.
 */
export class Opening {
  readonly #where: string;
  readonly #waiters = new Set<ConnectionOptions>();
  readonly #calledOff = new AbortController();
  readonly #result: Promise<void>;
  #phase: Phase = 'connect';
  #settled = false;

  constructor(where: string, first: ConnectionOptions, open: (options: ConnectionOptions) => Promise<void>) {
    this.#where = where;
    this.#waiters.add(first);
    this.#result = open({
      deadline: Deadline.never,
      signal: this.#calledOff.signal,
      hostKeys: first.hostKeys,
      onPhase: (phase) => {
        this.#phase = phase;
      },
      ...(first.ask === undefined ? {} : { ask: (question) => this.#ask(question) }),
    }).finally(() => {
      this.#settled = true;
    });
    // It may fail after the last one has left.
    this.#result.catch(() => {});
  }

  /** Whether one more may wait for it. */
  get isOpen(): boolean {
    return !this.#settled && !this.#calledOff.signal.aborted;
  }

  /**
   * Waits until it is open, or `enough` has come.
   * @throws what opening it threw, DeviceTimeoutError or UnreachableError when it takes too long, AbortedError.
   */
  async wait(waiter: ConnectionOptions, enough: Promise<void>): Promise<void> {
    this.#waiters.add(waiter);
    try {
      await within(Promise.race([this.#result, enough]), waiter, { phase: 'connect', late: () => this.#late() });
    } finally {
      this.#waiters.delete(waiter);
      if (this.#waiters.size === 0) this.#calledOff.abort();
    }
  }

  #late(): Error {
    const phase = this.#phase;
    const noAnswer = phase === 'connect' || phase === 'resolve';
    return errorOnTheWay(
      this.#where,
      noAnswer
        ? new UnreachableError('connect_timeout', 'no answer to the connection attempt in time', { phase })
        : new DeviceTimeoutError('connect_timeout', `the login there was not finished in time (phase: ${phase})`, {
            phase,
          }),
    );
  }

  /** A one-time code is asked once for all, from whoever still waits. */
  #ask(question: Question): Promise<string> {
    const asked = [...this.#waiters].find(({ ask }) => ask !== undefined)?.ask;
    return asked === undefined
      ? Promise.reject(new Error('whoever could have been asked waits no more'))
      : asked(question);
  }
}
