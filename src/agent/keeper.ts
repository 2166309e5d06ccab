import { randomBytes } from 'node:crypto';
import type { Deadline } from '../base/index.js';
import { RollcallError } from '../base/index.js';
import type { SessionTarget } from '../session/index.js';
import { type KeptLimits, KeptSession } from './kept-session.js';
import { keyOf } from './key.js';
import type { OpenOptions, SessionStatus } from './messages.js';

export interface KeeperLimits extends KeptLimits {
  /** How many sessions are kept while nobody uses them. */
  readonly maxSessions: number;
}

/** All the sessions that an agent holds, each under a hash of everything that a call must know to get it. */
export class Keeper {
  readonly #limits: KeeperLimits;
  readonly #secret = randomBytes(32);
  readonly #sessions = new Map<string, KeptSession>();
  #closing = false;

  constructor(limits: KeeperLimits) {
    this.#limits = limits;
  }

  /** Whether the agent is about to end. */
  get closing(): boolean {
    return this.#closing;
  }

  /** Gives out no session any more. */
  retire(): void {
    this.#closing = true;
  }

  /**
   * Returns the session of the target when it is the caller's turn, who has to call `release` of it.
   * @throws AbortedError; DeviceTimeoutError when the deadline passes first; RollcallError (`agent_lost`) at the end.
   */
  async take(
    target: SessionTarget,
    options: OpenOptions,
    { signal, deadline }: { readonly signal: AbortSignal; readonly deadline: Deadline },
  ): Promise<KeptSession> {
    const key = keyOf(target, options, this.#secret);
    const kept = this.#sessions.get(key) ?? this.#make(key, target, options);
    await kept.turn.take(signal, deadline);
    if (!this.#closing) return kept;
    kept.turn.free();
    throw new RollcallError('agent_lost', 'the rollcall agent was stopped', { phase: 'open' });
  }

  /** Gives a session back, and closes the one that was unused longest where too many are kept. */
  async release(kept: KeptSession): Promise<void> {
    await kept.release();
    const unused = [...this.#sessions.values()].filter(({ unusedSince }) => unusedSince !== undefined);
    if (unused.length <= this.#limits.maxSessions) return;
    unused.sort((a, b) => (a.unusedSince ?? 0) - (b.unusedSince ?? 0));
    await unused[0]?.forget();
  }

  status(): readonly SessionStatus[] {
    return [...this.#sessions.values()].flatMap(({ status }) => (status === undefined ? [] : [status]));
  }

  /** Closes the sessions with a device, by `host:port` or its host alone, and returns how many there were. */
  async forget(device: string): Promise<number> {
    const meant = [...this.#sessions.values()].filter((one) => one.isOf(device) && one.status !== undefined);
    await Promise.all(meant.map((one) => one.forget()));
    return meant.length;
  }

  /** Closes all of them, and calls off what is under way. */
  async close(): Promise<void> {
    this.retire();
    await Promise.all([...this.#sessions.values()].map((kept) => kept.end()));
  }

  #make(key: string, target: SessionTarget, options: OpenOptions): KeptSession {
    const onEmpty = (): void => {
      if (this.#sessions.get(key) === kept) this.#sessions.delete(key);
    };
    const kept = new KeptSession(target, options, this.#limits, onEmpty);
    this.#sessions.set(key, kept);
    return kept;
  }
}
