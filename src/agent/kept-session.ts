import { Deadline, DeviceTimeoutError, RollcallError, reword } from '../base/index.js';
import {
  addressOf,
  connect,
  type Session,
  type SessionOptions,
  type SessionResponse,
  type SessionTarget,
  timeoutsOf,
} from '../session/index.js';
import type { OpenOptions, SessionStatus } from './messages.js';
import { Turn } from './turn.js';

export interface KeptLimits {
  /** After so long without use a session is closed. */
  readonly idleMs: number;
  /** So old a session may get. */
  readonly lifeMs: number;
}

/** What a call gives for opening a session: it is asked and told only while that lasts. */
export interface OpenHandlers extends Pick<SessionOptions, 'ask' | 'onPhase'> {
  readonly signal: AbortSignal;
}

/** How often an idle SSH session asks the device for a sign of life, where the target says nothing of it. */
const KEEPALIVE_MS = 60_000;

/** One session while it is open. */
interface Open {
  readonly session: Session;
  /** Ends what is under way. */
  readonly controller: AbortController;
  /** The prompt and the mode that it was in when it was opened. */
  readonly home: string;
  readonly openedAt: Date;
  readonly life: Deadline;
}

/** A device's session between calls: opened when one is needed, one call at a time, closed when nobody uses it. */
export class KeptSession {
  readonly turn = new Turn();
  readonly #target: SessionTarget;
  readonly #options: OpenOptions;
  readonly #limits: KeptLimits;
  readonly #onEmpty: () => void;
  #open: Open | undefined;
  #unused: Deadline | undefined;
  #usedAt = 0;
  #commands = 0;
  #doomed = false;
  #cancelEnd = (): void => {};

  /** `onEmpty` is told when it holds nothing any more, and nobody waits for it. */
  constructor(target: SessionTarget, options: OpenOptions, limits: KeptLimits, onEmpty: () => void) {
    this.#target = target;
    this.#options = options;
    this.#limits = limits;
    this.#onEmpty = onEmpty;
  }

  get device(): string {
    return addressOf(this.#target);
  }

  /** Whether it is with a device of that name: `host:port`, or the host alone. */
  isOf(device: string): boolean {
    return device === this.device || device === this.#target.host;
  }

  /** Since when nobody has used it, by the clock of `performance`; undefined while somebody does, or nothing is open. */
  get unusedSince(): number | undefined {
    return this.#open === undefined || this.turn.taken ? undefined : this.#usedAt;
  }

  /** What is held, as plain data; undefined where nothing is, or the device has hung up. */
  get status(): SessionStatus | undefined {
    if (this.#open === undefined || !this.#open.session.isOpen) return undefined;
    const { username, platform } = this.#target;
    const { session, openedAt } = this.#open;
    return {
      device: this.device,
      user: username ?? null,
      platform: session.platform ?? platform,
      openedAt: openedAt.toISOString(),
      idleMs: this.turn.taken ? null : Math.round(performance.now() - this.#usedAt),
      commands: this.#commands,
    };
  }

  /**
   * Returns the open session, a new one where there is none or the old one cannot be used any more; only for who has the
   * turn. @throws what `connect` throws.
   */
  async session(handlers: OpenHandlers, deadline: Deadline): Promise<Session> {
    this.#cancelEnd();
    const open = this.#open;
    // Its age counts between calls only: within one it would end what is under way.
    const isOld = this.#unused !== undefined && (this.#unused.passed || open?.life.passed === true);
    if (open !== undefined && (isOld || !open.session.isOpen)) await this.#close();
    this.#unused = undefined;
    this.#open ??= await this.#connect(handlers, deadline);
    return this.#open.session;
  }

  /** Sends one command. An abort calls it off, and the session with it. @throws what `Session.sendCommand` throws. */
  async send(command: string, { signal, deadline }: { readonly signal: AbortSignal; readonly deadline: Deadline }) {
    const open = this.#open;
    if (open === undefined) throw new RollcallError('session_closed', 'the session is closed');
    const { idleMs } = timeoutsOf(this.#target, this.#options);
    const left = deadline.remainingMs();
    const totalMs = left === Infinity ? undefined : Math.max(1, left);
    const onAbort = (): void => open.controller.abort();
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    try {
      const response: SessionResponse = await open.session.sendCommand(command, { idleMs, totalMs });
      this.#commands++;
      return { response, mode: open.session.mode };
    } catch (error) {
      // Also after one that has done no harm: the next call finds a session of which nothing is in doubt.
      this.#doomed = true;
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /**
   * Gives the turn back. Kept is only a session that is where a new one would be: what a command has led into
   * configuration, or to another place, is closed, as it would be without an agent.
   */
  async release(): Promise<void> {
    const open = this.#open;
    if (open !== undefined) {
      const { session, home, life } = open;
      const isHome = session.isOpen && homeOf(session) === home;
      if (this.#doomed || !isHome || life.passed) await this.#close();
      else this.#rest(life);
    }
    this.#doomed = false;
    this.turn.free();
    this.#tellIfEmpty();
  }

  /** Closes it: now, or, with a call under way, as soon as that is done. */
  async forget(): Promise<void> {
    this.#doomed = true;
    if (this.turn.taken) return;
    await this.end();
  }

  /** Closes it now; what is under way is called off. */
  async end(): Promise<void> {
    await this.#close();
    this.#tellIfEmpty();
  }

  #rest(life: Deadline): void {
    this.#usedAt = performance.now();
    this.#unused = Deadline.after(this.#limits.idleMs);
    const end = this.#unused.earlier(life);
    // A timer that comes late finds the next call at work: then it is for that one to close it.
    this.#cancelEnd = end.schedule(() => (this.turn.taken ? undefined : void this.end()));
  }

  async #connect({ signal, ask, onPhase }: OpenHandlers, deadline: Deadline): Promise<Open> {
    const controller = new AbortController();
    const onAbort = (): void => controller.abort();
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    const { connectMs, idleMs, settleMs } = timeoutsOf(this.#target, this.#options);
    const timeouts = { connectMs: Math.max(1, Math.min(connectMs, deadline.remainingMs())), idleMs, settleMs };
    const { timeouts: _perCall, ...options } = this.#options;
    try {
      const session = await connect(
        { ...withKeepalive(this.#target), timeouts },
        { ...options, signal: controller.signal, ask, onPhase },
      );
      this.#commands = 0;
      this.#doomed = false;
      const life = Deadline.after(this.#limits.lifeMs);
      return { session, controller, home: homeOf(session), openedAt: new Date(), life };
    } catch (error) {
      throw explain(error, deadline);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  async #close(): Promise<void> {
    this.#cancelEnd();
    const open = this.#open;
    this.#open = undefined;
    await open?.session.close();
  }

  #tellIfEmpty(): void {
    if (this.#open === undefined && !this.turn.taken) this.#onEmpty();
  }
}

const homeOf = (session: Session): string => `${session.mode} ${session.findPrompt().trimEnd()}`;

/** Somebody has to notice that a device is gone, or a firewall has forgotten the connection, before the next call does. */
function withKeepalive(target: SessionTarget): SessionTarget {
  if ((target.transport ?? 'ssh') !== 'ssh' || target.ssh?.keepaliveMs !== undefined) return target;
  return { ...target, ssh: { ...target.ssh, keepaliveMs: KEEPALIVE_MS } };
}

/** The time to connect was cut short by the call's time in all. */
function explain(error: unknown, deadline: Deadline): unknown {
  const late = error instanceof DeviceTimeoutError && error.code === 'connect_timeout' && deadline.passed;
  if (!late) return error;
  const { phase, details, message } = error;
  const says = `${message}; its time in all is over`;
  return reword(new DeviceTimeoutError('device_timeout', says, { cause: error, phase, details }), says);
}
