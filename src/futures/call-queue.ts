import type { Call } from './call.js';
import { Deque } from './deque.js';
import { PriorityLines } from './priority-lines.js';

/**
 * The calls that wait for a worker: by priority, then first in, first out. A call whose key is taken is parked
 * until the one before it with the same key is over.
 */
export class CallQueue {
  #size = 0;
  readonly #lines = new PriorityLines<Call>();
  /** The keys that are taken, with the calls parked for each. */
  readonly #keys = new Map<string, Deque<Call>>();

  /** How many calls could start now if there were workers. */
  get size(): number {
    return this.#size;
  }

  push(call: Call): void {
    const { key } = call.options;
    const parked = key === undefined ? undefined : this.#keys.get(key);
    if (parked !== undefined) {
      call.place = 'parked';
      parked.push(call);
      return;
    }
    if (key !== undefined) this.#keys.set(key, new Deque());
    this.#enqueue(call);
  }

  /** The call whose turn it is. */
  first(): Call | undefined {
    while (this.#size > 0) {
      const calls = this.#lines.top();
      const call = calls?.first();
      if (call === undefined || call.place === 'queued') return call;
      calls?.shift();
    }
    return undefined;
  }

  shift(): Call | undefined {
    const call = this.first();
    if (call === undefined) return undefined;
    this.#lines.top()?.shift();
    call.place = 'none';
    this.#size -= 1;
    return call;
  }

  /** Takes calls back that were shifted and did not start; they are the first again. */
  putBack(calls: readonly Call[]): void {
    for (const call of [...calls].reverse()) {
      call.place = 'queued';
      this.#size += 1;
      this.#lines.of(call.options.priority ?? 0).unshift(call);
    }
  }

  /** Must be told of each call that is over after it was shifted: its key is free now. */
  over(call: Call): void {
    const { key } = call.options;
    if (key === undefined) return;
    const parked = this.#keys.get(key);
    for (let next = parked?.shift(); next !== undefined; next = parked?.shift()) {
      if (next.place !== 'parked') continue;
      this.#enqueue(next);
      return;
    }
    this.#keys.delete(key);
  }

  /** Must be told of each call that was cancelled while it was waiting; it is skipped when its turn comes. */
  dropped(call: Call): void {
    const { place } = call;
    call.place = 'none';
    if (place !== 'queued') return;
    this.#size -= 1;
    if (this.#size === 0) this.#lines.clear();
    this.over(call);
  }

  /** Returns all calls that wait, the parked ones too. */
  waiting(): Call[] {
    const parked = [...this.#keys.values()].flatMap((calls) => [...calls]);
    return [...this.#lines.all(), ...parked].filter(({ place }) => place !== 'none');
  }

  #enqueue(call: Call): void {
    call.place = 'queued';
    this.#size += 1;
    this.#lines.of(call.options.priority ?? 0).push(call);
  }
}
