import { createHmac, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { processWide, Secret } from '../../base/index.js';
import type { ConnectionOptions, HostKeyOptions } from '../connection.js';
import type { JumpHost } from '../target.js';
import { Bastion, type Opened } from './bastion.js';
import type { Target } from './carrier.js';
import { nameOf } from './hop-error.js';

/**
 * Logs in to a jump host: over the stream that `before` opens from the one before it, or, the first one, by what is its
 * own way.
 */
export type OpenHop = (
  hop: JumpHost,
  options: ConnectionOptions,
  before: ((to: Target) => Promise<Duplex>) | undefined,
) => Promise<Opened>;

/** How jump hosts are logged in to. */
export interface Hops {
  readonly openHop: OpenHop;
  /** What the way to the first one depends on beside itself, as plain data. */
  readonly way: unknown;
}

/** Opens a stream to the target through a chain of jump hosts, the nearest first; there is at least one. */
export function openThrough(
  jump: readonly [JumpHost, ...JumpHost[]],
  target: Target,
  { hops, options }: { readonly hops: Hops; readonly options: ConnectionOptions },
): Promise<Duplex> {
  return bastionAt(jump, hops, options.hostKeys).reach(target, options);
}

/** Returns the one that this thread has for this chain of hosts and these credentials. */
function bastionAt(
  jump: readonly [JumpHost, ...JumpHost[]],
  hops: Hops,
  hostKeys: HostKeyOptions | undefined,
): Bastion {
  const bastions = processWide('bastions', () => new Map<string, Bastion>());
  const key = keyOf([hops.way, hostKeys, jump]);
  const known = bastions.get(key);
  if (known !== undefined) return known;
  const [first, ...others] = jump;
  const last = others.pop() ?? first;
  const isFirst = jump.length === 1;
  const bastion: Bastion = new Bastion({
    name: nameOf(last),
    onEmpty: () => {
      if (bastions.get(key) === bastion) bastions.delete(key);
    },
    open: (options) =>
      hops.openHop(last, options, isFirst ? undefined : (to) => openThrough([first, ...others], to, { hops, options })),
  });
  bastions.set(key, bastion);
  return bastion;
}

/** Returns a key that is the same for the same way and credentials, and gives none of them away. */
function keyOf(way: unknown): string {
  const salt = processWide('bastionSalt', () => randomBytes(32));
  const text = JSON.stringify(way, function (this: Readonly<Record<string, unknown>>, name, value: unknown) {
    // By now a Secret has made a mask of itself.
    const given = this[name];
    return Secret.is(given) ? { secret: given.reveal() } : value;
  });
  return createHmac('sha256', salt).update(text).digest('base64url');
}
