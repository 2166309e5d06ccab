import type { Duplex } from 'node:stream';
import { ConnectionClosedError, UnreachableError } from '../../base/index.js';
import type { ChannelTimes, Connection } from '../connection.js';
import { type HeldStream, heldStream } from './held-stream.js';
import { addressed, errorOnTheWay } from './hop-error.js';

/**
 * The most channels on one connection to a jump host: the least that a common server allows (dropbear before 2022 had
 * 100; OpenSSH counts its MaxSessions for shells and commands, and not for forwarded channels).
 */
export const CHANNELS_PER_CONNECTION = 100;

/** RFC 4254, section 5.1. */
const PROHIBITED = 1;
const NO_ROOM = 4;

/** Where a channel leads. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * Why a jump host gave no channel: because of the target, because there are too many on this connection, either of the
 * two (servers give one code for both), or because the connection is over.
 */
export type Refusal = 'target' | 'full' | 'target-or-full' | 'broken';

export interface Refused {
  readonly why: Refusal;
  readonly error: Error;
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

  /** Remembers that the server takes no more channels on this connection than it has now. */
  learnLimit(): void {
    this.#limit = Math.min(this.#limit, this.#taken);
  }

  /** Opens a channel to the target; a place must be free. */
  async open(target: Target, times: ChannelTimes): Promise<HeldStream | Refused> {
    const place = {};
    this.#taken++;
    this.#hold(place);
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
      return this.#refused(target, error as Error);
    }
  }

  close(): Promise<void> {
    this.#over = true;
    return this.#connection.close();
  }

  #refused(target: Target, error: Error): Refused {
    const { name } = this.#options;
    if (this.#over || this.#base.destroyed) return { why: 'broken', error: this.#broken() };
    if (!('code' in error) || (error.code !== 'closed' && error.code !== 'connect_timeout')) {
      return { why: 'target', error };
    }
    const reason = reasonOf(error);
    const others = this.#taken > 0;
    if (reason === NO_ROOM) {
      const says = 'it has no room for another channel';
      return { why: 'full', error: errorOnTheWay(`jump host ${name}`, unreachable(says, error)) };
    }
    if (reason === PROHIBITED) {
      const says = `it does not forward to ${addressed(target.host, target.port)} (for OpenSSH: AllowTcpForwarding, PermitOpen)`;
      const named = errorOnTheWay(`jump host ${name}`, unreachable(says, error));
      return { why: others ? 'target-or-full' : 'target', error: named };
    }
    return { why: 'target', error: fromThere(name, target, error) };
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

/** The server's reason, which ssh2 puts on its error. */
function reasonOf({ cause }: Error): unknown {
  return cause instanceof Error && 'reason' in cause ? cause.reason : undefined;
}

const unreachable = (says: string, cause: Error): UnreachableError =>
  new UnreachableError('unreachable', says, { phase: 'connect', cause });

/** What servers say in the description, which is free text: the system's own words for the most part. */
const SAYS = [
  [/refused/i, 'connect_refused', 'the port is closed'],
  [/timed? ?out/i, 'connect_timeout', 'no answer'],
  [/unknown host|not known|resol|no address|name/i, 'dns', 'the name is not known there'],
] as const;

function fromThere(name: string, { host, port }: Target, error: Error): Error {
  const said = error.cause instanceof Error ? error.cause.message.replace(/^\(SSH\) Channel open failure: ?/, '') : '';
  const late = 'code' in error && error.code === 'connect_timeout';
  const [, code, hint] = SAYS.find(([pattern]) => pattern.test(said)) ?? [
    undefined,
    late ? 'connect_timeout' : 'unreachable',
    late ? 'no answer in time' : 'it cannot be reached',
  ];
  const quoted = said === '' ? '' : ` (it says: ${said})`;
  const says = `${addressed(host, port)}, asked for from jump host ${name}: ${hint}${quoted}`;
  return new UnreachableError(code, says, { phase: 'connect', cause: error, details: { from: name } });
}
