import type { Call } from './call.js';
import wire from './wire.cjs';

const { WAITING, CLAIMED, REVOKED } = wire;

/** So many calls can be sent ahead to one thread. */
const CLAIMABLE = 1024;

/**
 * The numbered places of the calls that one worker was sent. A thread shares a table of claims with its parent: of
 * the two, whoever moves a waiting call's place on first, the worker to begin it or the parent to revoke it, has the call.
 */
export class Slots {
  readonly claims: Int32Array | undefined;
  readonly #calls: (Call | undefined)[] = [];
  readonly #free: number[] = [];
  #taken = 0;

  constructor(shared: boolean) {
    if (shared) this.claims = new Int32Array(new SharedArrayBuffer(CLAIMABLE * Int32Array.BYTES_PER_ELEMENT));
  }

  /** How many calls have a place. */
  get taken(): number {
    return this.#taken;
  }

  /** Whether the next call that comes can be sent ahead. */
  get claimable(): boolean {
    return this.claims === undefined || (this.#free.at(-1) ?? this.#calls.length) < CLAIMABLE;
  }

  take(call: Call, ahead: boolean): number {
    const slot = this.#free.pop() ?? this.#calls.length;
    this.#calls[slot] = call;
    this.#taken += 1;
    call.slot = slot;
    if (this.claims !== undefined && slot < CLAIMABLE) {
      Atomics.store(this.claims, slot, ahead ? WAITING : CLAIMED);
    }
    return slot;
  }

  at(slot: number): Call | undefined {
    return this.#calls[slot];
  }

  begun({ slot }: Call): boolean {
    return this.claims !== undefined && Atomics.load(this.claims, slot) === CLAIMED;
  }

  /** Revokes a waiting call; its place stays taken until the worker has said that it skipped it. */
  revoke({ slot }: Call): boolean {
    if (this.claims === undefined) return false;
    if (Atomics.compareExchange(this.claims, slot, WAITING, REVOKED) !== WAITING) return false;
    this.#calls[slot] = undefined;
    this.#taken -= 1;
    return true;
  }

  /** Frees the place that a call has, or had before it was revoked; returns the call that has it. */
  leave(slot: number): Call | undefined {
    const call = this.#calls[slot];
    this.#calls[slot] = undefined;
    this.#free.push(slot);
    if (call !== undefined) this.#taken -= 1;
    return call;
  }

  all(): Call[] {
    return this.#calls.filter((call) => call !== undefined);
  }
}
