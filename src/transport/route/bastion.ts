import type { Duplex } from 'node:stream';
import { ConnectionClosedError, DeviceTimeoutError } from '../../base/index.js';
import type { Connection, ConnectionOptions } from '../connection.js';
import { Carrier, CHANNELS_PER_CONNECTION, type Target } from './carrier.js';
import { errorOnTheWay, wayPointOf } from './hop-error.js';
import { Opening } from './opening.js';
import { pause, within } from './within.js';

/** How long a connection that nobody uses is kept for the next one; it does not keep the process alive. */
const IDLE_MS = 3_000;

/** How long to wait before the next try where the server turned us away (OpenSSH's MaxStartups), each up to half shorter. */
const PAUSES_MS = [250, 500, 1_000, 2_000];

/** A connection to a jump host, and the byte stream that it speaks over. */
export interface Opened {
  readonly connection: Connection;
  readonly base: Duplex;
}

export interface BastionOptions {
  readonly name: string;
  /** Opens one more connection to it. */
  readonly open: (options: ConnectionOptions) => Promise<Opened>;
  /** Told when nothing is left of it. */
  readonly onEmpty: () => void;
  readonly channelsPerConnection?: number | undefined;
  /** How long a connection is kept that nobody uses. */
  readonly idleMs?: number | undefined;
}

/**
 * One way to log in to one jump host, shared by all who go through it: as few connections as have room for their
 * channels, opened one at a time, and closed some time after the last channel.
 */
export class Bastion {
  readonly #options: BastionOptions;
  readonly #where: string;
  readonly #carriers = new Set<Carrier>();
  readonly #idle = new Map<Carrier, NodeJS.Timeout>();
  #opening: Opening<void> | undefined;
  #users = 0;
  #waiting: (() => void)[] = [];

  constructor(options: BastionOptions) {
    this.#options = options;
    this.#where = `jump host ${options.name}`;
  }

  /** Opens a stream from there to the target. @throws as openSsh does, and UnreachableError, with the jump host named. */
  async reach(target: Target, options: ConnectionOptions): Promise<Duplex> {
    this.#users++;
    try {
      return await this.#reach(target, options);
    } finally {
      this.#users--;
      this.#endWhenEmpty();
    }
  }

  async #reach(target: Target, options: ConnectionOptions): Promise<Duplex> {
    const passedOver = new Set<Carrier>();
    for (let broken = 0; ; ) {
      const carrier = await this.#withRoom(passedOver, options);
      const opened = await carrier.open(target, options);
      if (!('why' in opened)) {
        for (const full of passedOver) full.learnLimit();
        return opened;
      }
      const { why, error } = opened;
      if (why === 'full' && (await this.#makeRoom(carrier, options))) continue;
      // Which of the two it is, a second connection will show: one that has refused the target as well is enough.
      if (why === 'target-or-full' && passedOver.size === 0) passedOver.add(carrier);
      // It may have ended while nobody used it: a new one is worth one try.
      else if (why !== 'broken' || broken++ > 0) throw error;
    }
  }

  async #withRoom(passedOver: ReadonlySet<Carrier>, options: ConnectionOptions): Promise<Carrier> {
    for (;;) {
      for (const carrier of this.#carriers) {
        if (carrier.hasRoom && !passedOver.has(carrier)) return carrier;
      }
      try {
        await this.#open(options);
      } catch (error) {
        if (!turnedAway(error) || !this.#inUse()) throw errorOnTheWay(this.#where, error as Error);
        await this.#changed(options);
      }
    }
  }

  /** After a server had no room on that connection; false where there is no other that may give some up. */
  async #makeRoom(full: Carrier, options: ConnectionOptions): Promise<boolean> {
    if (full.hasChannels) {
      full.learnLimit();
      return true;
    }
    // Not even one channel: the server has a limit over all connections.
    this.#drop(full);
    if (!this.#inUse()) return false;
    await this.#changed(options);
    return true;
  }

  #inUse(): boolean {
    return [...this.#carriers].some((carrier) => !carrier.isOver && carrier.hasChannels);
  }

  #changed(options: ConnectionOptions): Promise<void> {
    const change = new Promise<void>((resolve) => this.#waiting.push(resolve));
    const late = (): Error =>
      errorOnTheWay(
        this.#where,
        new DeviceTimeoutError('connect_timeout', 'no channel on it became free in time', { phase: 'connect' }),
      );
    return within(change, options, { phase: 'connect', late });
  }

  #open(options: ConnectionOptions): Promise<void> {
    if (this.#opening?.isOpen !== true) {
      this.#opening = new Opening(this.#where, options, (shared) => this.#openOne(shared));
    }
    return this.#opening.wait(options);
  }

  async #openOne(options: ConnectionOptions): Promise<void> {
    const { connection, base } = await this.#persistently(options);
    const carrier: Carrier = new Carrier(connection, base, {
      name: this.#options.name,
      limit: this.#options.channelsPerConnection ?? CHANNELS_PER_CONNECTION,
      onChange: () => this.#onChange(carrier),
    });
    this.#carriers.add(carrier);
    // Whoever it was opened for takes a place at once; where all have left meanwhile, it is idle from the start.
    this.#onChange(carrier);
  }

  async #persistently(options: ConnectionOptions): Promise<Opened> {
    for (const ms of PAUSES_MS) {
      try {
        return await this.#options.open(options);
      } catch (error) {
        if (!turnedAway(error)) throw error;
        // Many processes may be at it: not all of them at the same moment.
        await pause(ms * (0.5 + Math.random() / 2), options.signal);
      }
    }
    return this.#options.open(options);
  }

  #onChange(carrier: Carrier): void {
    clearTimeout(this.#idle.get(carrier));
    this.#idle.delete(carrier);
    if (carrier.isOver) this.#carriers.delete(carrier);
    else if (carrier.isIdle) {
      const timer = setTimeout(() => carrier.isIdle && this.#drop(carrier), this.#options.idleMs ?? IDLE_MS);
      this.#idle.set(carrier, timer.unref());
    }
    for (const wake of this.#waiting.splice(0)) wake();
    this.#endWhenEmpty();
  }

  #drop(carrier: Carrier): void {
    // What it says at its end concerns nobody here.
    void carrier.close();
    this.#onChange(carrier);
  }

  #endWhenEmpty(): void {
    if (this.#carriers.size === 0 && this.#users === 0) this.#options.onEmpty();
  }
}

/** Whether the server hung up before it spoke SSH, as OpenSSH does beyond its MaxStartups: it may not the next time. */
function turnedAway(error: unknown): boolean {
  return error instanceof ConnectionClosedError && error.phase === 'negotiate' && wayPointOf(error) === undefined;
}
