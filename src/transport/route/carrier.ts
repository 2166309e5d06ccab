import type { Duplex } from 'node:stream';
import { ConnectionClosedError } from '../../base/index.js';
import type { ChannelTimes, Connection } from '../connection.js';
import { type HeldStream, heldStream } from './held-stream.js';
import { errorOnTheWay } from './hop-error.js';
import { type Refused, refusal } from './refusal.js';
import type { Target } from './target.js';

/**
 * The most channels on one connection to a jump host (docs/decisions/304): the least that a common server allows
 * (dropbear's MAX_CHANNELS, 100 in older versions and 1,000 in newer ones). OpenSSH's MaxSessions counts shells and
 * commands, and not forwarded channels (sshd_config(5)).
 */
export const CHANNELS_PER_CONNECTION = 100;

/** A channel's place on a connection, taken before the channel is opened: many want one at the same moment. */
export interface Place {
  readonly carrier: Carrier;
  open(target: Target, times: ChannelTimes): Promise<HeldStream | Refused>;
}

export interface CarrierOptions {
  /** What the jump host is called in messages. */
  readonly name: string;
  readonly limit: number;
  /** Told when a place has become free, when nobody uses it any more, and when it is over. */
  readonly onChange: () => void;
}

/** One SSH connection to a jump host and the channels that lead on from there. */
export class Carrier {
  readonly #connection: Connection;
  /** What the connection speaks over. */
  readonly #base: Duplex;
  readonly #options: CarrierOptions;
  readonly #streams = new Set<HeldStream>();
  readonly #awake = new Set<object>();
  #taken = 0;
  #limit: number;
  #over = false;

  constructor(connection: Connection, base: Duplex, options: CarrierOptions) {
    this.#connection = connection;
    this.#base = base;
    this.#options = options;
    this.#limit = options.limit;
    refer(base, 'unref');
    if (base.closed) this.#end();
    else base.once('close', () => this.#end());
  }

  get isOver(): boolean {
    return this.#over;
  }

  get hasChannels(): boolean {
    return this.#taken > 0;
  }

  /** Whether nobody uses it: channels may be left that belong to the next jump host's connection, which nobody uses. */
  get isIdle(): boolean {
    return this.#awake.size === 0;
  }

  get hasRoom(): boolean {
    return !this.#over && this.#taken < this.#limit;
  }

  /** Remembers that the server takes no more channels than these on one connection. */
  learnLimit(channels: number): void {
    this.#limit = Math.min(this.#limit, channels);
  }

  /** Takes a place; one must be free. */
  take(): Place {
    const place = {};
    this.#taken++;
    this.#hold(place);
    return { carrier: this, open: (target, times) => this.#open(target, times, place) };
  }

  async #open(target: Target, times: ChannelTimes, place: object): Promise<HeldStream | Refused> {
    let free = (): void => {
      free = () => {};
      this.#taken--;
      this.#letGo(place);
      this.#options.onChange();
    };
    try {
      const channel = await this.#connection.forward(target.host, target.port, times);
      const stream = heldStream(channel, {
        onFree: () => {
          this.#streams.delete(stream);
          free();
        },
        ref: () => this.#hold(place),
        unref: () => this.#letGo(place),
      });
      this.#streams.add(stream);
      return stream;
    } catch (error) {
      free();
      const others = this.#taken;
      if (this.#over || this.#base.destroyed) return { why: 'broken', error: this.#broken(), others };
      return refusal(error as Error, { from: this.#options.name, target, others });
    }
  }

  close(): Promise<void> {
    this.#over = true;
    return this.#connection.close();
  }

  #broken(): Error {
    const why = new ConnectionClosedError('closed', 'the connection to it is over', { phase: 'connect' });
    return errorOnTheWay(`jump host ${this.#options.name}`, this.#base.errored ?? why);
  }

  #end(): void {
    this.#over = true;
    for (const stream of this.#streams) stream.destroy(this.#broken());
    this.#options.onChange();
  }

  /** The socket below keeps the process alive as long as a channel is in use, and no longer. */
  #hold(place: object): void {
    this.#awake.add(place);
    if (this.#awake.size === 1) refer(this.#base, 'ref');
  }

  #letGo(place: object): void {
    if (!this.#awake.delete(place) || this.#awake.size > 0) return;
    // In this order the last host of a chain is the first to be closed.
    this.#options.onChange();
    refer(this.#base, 'unref');
  }
}

function refer(stream: Duplex & { ref?: () => unknown; unref?: () => unknown }, how: 'ref' | 'unref'): void {
  stream[how]?.();
}
