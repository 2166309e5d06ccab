import { createHmac, randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Duplex } from 'node:stream';
import { processWide, Secret } from '../../base/index.js';
import type { Connection, ConnectionOptions, HostKeyOptions } from '../connection.js';
import type { ConnectionTarget, JumpHost } from '../target.js';
import { Bastion } from './bastion.js';
import type { Target } from './carrier.js';
import { nameOf, SSH_PORT } from './hop-error.js';

/** Opens an SSH connection over the stream that `openStream` opens, and logs in. */
export type OpenSsh = (
  target: ConnectionTarget,
  options: ConnectionOptions,
  openStream: () => Promise<Duplex>,
) => Promise<Connection>;

/** How the first jump host is reached, and what opens an SSH connection there. */
export interface Start {
  readonly openSsh: OpenSsh;
  readonly openFirst: (target: Target, options: ConnectionOptions) => Promise<Duplex>;
  /** What else the way to the first one depends on, as plain data. */
  readonly way: unknown;
}

/** Opens a stream to the target through a chain of jump hosts, the nearest first. */
export function openThrough(
  jump: readonly JumpHost[],
  target: Target,
  { start, options }: { readonly start: Start; readonly options: ConnectionOptions },
): Promise<Duplex> {
  const last = jump.at(-1);
  if (last === undefined) return start.openFirst(target, options);
  return bastionAt(jump, last, { start, hostKeys: options.hostKeys }).reach(target, options);
}

/** Returns the one that this thread has for this chain of hosts and these credentials. */
function bastionAt(
  jump: readonly JumpHost[],
  last: JumpHost,
  { start, hostKeys }: { readonly start: Start; readonly hostKeys: HostKeyOptions | undefined },
): Bastion {
  const bastions = processWide('bastions', () => new Map<string, Bastion>());
  const key = keyOf([start.way, hostKeys, jump]);
  const known = bastions.get(key);
  if (known !== undefined) return known;
  const { host, port = SSH_PORT } = last;
  const bastion: Bastion = new Bastion({
    name: nameOf(last),
    onEmpty: () => {
      if (bastions.get(key) === bastion) bastions.delete(key);
    },
    open: async (options) => {
      let base: Duplex | undefined;
      const connection = await start.openSsh(asTarget(last), options, async () => {
        base = await openThrough(jump.slice(0, -1), { host, port }, { start, options });
        return base;
      });
      if (base === undefined) throw new Error('an SSH connection was opened over no stream');
      return { connection, base };
    },
  });
  bastions.set(key, bastion);
  return bastion;
}

/** A jump host gets what is its own, and nothing of the device's. */
function asTarget({ host, port, username = ownName(), password, ssh }: JumpHost): ConnectionTarget {
  return { host, port, username, password, ssh, transport: 'ssh' };
}

function ownName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry, as in some containers: then the name has to be given.
    return undefined;
  }
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
