import { logger } from '../base/index.js';
import { bound } from './bound.js';
import { InvalidStateError } from './errors.js';

/** How many events of a call are kept for a listener that is not there yet; older ones are dropped. */
const KEPT_EVENTS = 1000;

/** What a running call and its submitter say to each other: events one way, questions and answers both ways. */
export class FutureChannel {
  #listeners: ((event: unknown) => void)[] = [];
  #kept: unknown[] = [];
  #dropped = 0;
  #answer: ((question: unknown) => unknown) | undefined;

  listen(listener: (event: unknown) => void): void {
    this.#listeners.push(bound(listener));
    if (this.#dropped > 0) logger().warn(`${this.#dropped} events of a call were dropped: its listener came late`);
    const kept = this.#kept;
    this.#kept = [];
    this.#dropped = 0;
    for (const event of kept) this.deliver(event);
  }

  deliver(event: unknown): void {
    if (this.#listeners.length === 0) {
      if (this.#kept.push(event) > KEPT_EVENTS) {
        this.#kept.shift();
        this.#dropped += 1;
      }
      return;
    }
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        logger().error('a listener for the events of a call threw', { error });
      }
    }
  }

  answerWith(handler: (question: unknown) => unknown): void {
    this.#answer = bound(handler);
  }

  get answers(): boolean {
    return this.#answer !== undefined;
  }

  async question(question: unknown): Promise<unknown> {
    if (this.#answer === undefined) {
      throw new InvalidStateError('nobody answers the questions of this call: give its future an onQuestion handler');
    }
    return this.#answer(question);
  }
}
