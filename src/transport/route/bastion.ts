import type { Duplex } from 'node:stream';
import { DeviceTimeoutError } from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';
import { within } from '../within.js';
import { Carrier, CHANNELS_PER_CONNECTION, type Place } from './carrier.js';
import { addressed, errorOnTheWay } from './hop-error.js';
import { Opening } from './opening.js';
import { type Opened, persistently, turnedAway } from './persistently.js';
import type { Target } from './target.js';
import { Waiting, type Wish } from './waiting.js';

/** How long a connection that nobody uses is kept for the next one; it does not keep the process alive. */
const IDLE_MS = 3_000;

export interface BastionOptions {
  readonly name: string;
  /** Opens one more connection to it. */
  readonly open: (options: ConnectionOptions) => Promise<Opened>;
  /** Told when nothing is left of it. */
  readonly onEmpty: () => void;
}

interface Wishing {
  readonly wish: Wish;
  readonly options: ConnectionOptions;
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
  #opening: Opening | undefined;
  #users = 0;
  readonly #waiting = new Waiting();
  /** The targets that the jump host has refused on a connection without other channels. */
  readonly #forbidden = new Map<string, Error>();
  #limit = CHANNELS_PER_CONNECTION;

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
    const wish: Wish = { target: addressed(target.host, target.port), passedOver: new Map() };
    for (let broken = 0; ; ) {
      const { carrier, open } = await this.#place(wish, options);
      const opened = await open(target, options);
      if (!('why' in opened)) {
        this.#forbidden.delete(wish.target);
        for (const [full, channels] of wish.passedOver) this.#learnLimit(full, channels);
        return opened;
      }
      const { why, error, others } = opened;
      if (why === 'full' && (await this.#makeRoom(carrier, others, { wish, options }))) continue;
      // Which of the two it is, another connection will show: at the latest one that has no other channel.
      if (why === 'forbidden-or-full') wish.passedOver.set(carrier, others);
      // It may have ended while nobody used it: a new one is worth one try.
      else if (why !== 'broken' || broken++ > 0) {
        if (why === 'forbidden') this.#forbid(wish.target, error);
        throw error;
      }
    }
  }

  async #place(wish: Wish, options: ConnectionOptions): Promise<Place> {
    for (;;) {
      const carrier = this.#withRoom(wish);
      if (carrier !== undefined) return carrier.take();
      const change = this.#waiting.wait(wish);
      try {
        await this.#open(options, change.comes);
      } catch (error) {
        if (this.#withRoom(wish) !== undefined) continue;
        if (!turnedAway(error) || !this.#inUse()) throw errorOnTheWay(this.#where, error as Error);
        await this.#wait(change.comes, options);
      } finally {
        change.forget();
      }
    }
  }

  /** @throws the jump host's refusal of that target, where it has just refused it to somebody else. */
  #withRoom({ target, passedOver }: Wish): Carrier | undefined {
    const forbidden = this.#forbidden.get(target);
    if (forbidden !== undefined && passedOver.size > 0) throw errorOnTheWay(this.#where, forbidden);
    return [...this.#carriers].find((carrier) => carrier.hasRoom && !passedOver.has(carrier));
  }

  /** After a server had no room on that connection; false where there is no other that may give some up. */
  async #makeRoom(full: Carrier, others: number, { wish, options }: Wishing): Promise<boolean> {
    if (others > 0) {
      this.#learnLimit(full, others);
      return true;
    }
    // Not even one channel: the server has a limit over all connections.
    this.#drop(full);
    if (!this.#inUse()) return false;
    const change = this.#waiting.wait(wish);
    await this.#wait(change.comes, options).finally(change.forget);
    return true;
  }

  #learnLimit(carrier: Carrier, channels: number): void {
    carrier.learnLimit(channels);
    this.#limit = Math.min(this.#limit, channels);
  }

  /** For those who ask at the same moment: a rule of the server's may be changed, and this is forgotten with the last connection. */
  #forbid(target: string, error: Error): void {
    this.#forbidden.set(target, error);
    this.#tellWaiting();
  }

  #inUse(): boolean {
    return [...this.#carriers].some((carrier) => !carrier.isOver && carrier.hasChannels);
  }

  #tellWaiting(): void {
    const inUse = this.#inUse();
    this.#waiting.wake(({ target, passedOver }) => {
      const room = [...this.#carriers].some((carrier) => carrier.hasRoom && !passedOver.has(carrier));
      return room || !inUse || this.#forbidden.has(target);
    });
  }

  #wait(change: Promise<void>, options: ConnectionOptions): Promise<void> {
    const says = 'no channel on it became free in time';
    const late = (): Error =>
      errorOnTheWay(this.#where, new DeviceTimeoutError('connect_timeout', says, { phase: 'connect' }));
    return within(change, options, { phase: 'connect', late });
  }

  /** Ends also when `enough` does: another place has become free. */
  #open(options: ConnectionOptions, enough: Promise<void>): Promise<void> {
    if (this.#opening?.isOpen !== true) {
      this.#opening = new Opening(this.#where, options, (shared) => this.#openOne(shared));
    }
    return this.#opening.wait(options, enough);
  }

  async #openOne(options: ConnectionOptions): Promise<void> {
    const { connection, base } = await persistently(this.#options.open, options);
    const carrier: Carrier = new Carrier(connection, base, {
      name: this.#options.name,
      limit: this.#limit,
      onChange: () => this.#onChange(carrier),
    });
    this.#carriers.add(carrier);
    // Whoever it was opened for takes a place at once; where all have left meanwhile, it is idle from the start.
    this.#onChange(carrier);
  }

  #onChange(carrier: Carrier): void {
    clearTimeout(this.#idle.get(carrier));
    this.#idle.delete(carrier);
    if (carrier.isOver) this.#carriers.delete(carrier);
    else if (carrier.isIdle) {
      const timer = setTimeout(() => carrier.isIdle && this.#drop(carrier), IDLE_MS);
      this.#idle.set(carrier, timer.unref());
    }
    this.#tellWaiting();
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
