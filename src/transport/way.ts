import { userInfo } from 'node:os';
import type { Duplex } from 'node:stream';
import { Deadline } from '../base/index.js';
import type { ConnectionOptions } from './connection.js';
import type { OpenHop } from './route/jump.js';
import { openStream } from './route/open-stream.js';
import { openSsh, SSH_PORT } from './ssh/connection.js';
import { applySshConfig } from './ssh-config/apply.js';
import type { ConnectionTarget, JumpHost } from './target.js';

/**
 * Opens the byte stream to a target by its route. `connectTimeoutMs` is how long the connection itself may take where it
 * goes straight to the host. Each jump host has a configuration of its own: the options here are the caller's.
 */
export function openWay(
  target: ConnectionTarget,
  options: ConnectionOptions,
  connectTimeoutMs?: number | undefined,
): Promise<Duplex> {
  const { host, port = SSH_PORT, username, route = {} } = target;
  const isDirect = (route.jump ?? []).length === 0 && route.proxyCommand === undefined;
  const deadline = isDirect ? options.deadline.earlier(Deadline.after(connectTimeoutMs)) : options.deadline;
  const { configFile } = target.ssh ?? {};
  const openHop = hopOpener(target);
  return openStream({ host, port, username, route }, { ...options, deadline }, { openHop, configFile });
}

/**
 * Logs in to jump hosts on the way to a target. As with ssh, the first one is reached the way that its own configuration
 * says, and the others through the one before.
 */
function hopOpener({ ssh, route = {} }: ConnectionTarget): OpenHop {
  const { sourceAddress, networkDevice, addressFamily } = route;
  return async (hop, options, before) => {
    const way = before === undefined ? { sourceAddress, networkDevice, addressFamily } : { jump: [] };
    const given = { ...asTarget(hop, ssh?.configFile), route: way };
    const configured = await applySshConfig(given, options);
    const { host, port = SSH_PORT, username = ownName() } = configured.target;
    const target = { ...configured.target, username };
    let base: Duplex | undefined;
    const connection = await openSsh(target, configured.options, async () => {
      base =
        before === undefined
          ? await openWay(target, options, configured.connectTimeoutMs)
          : await before({ host, port });
      return base;
    });
    if (base === undefined) throw new Error('an SSH connection was opened over no stream');
    return { connection, base };
  };
}

/** A jump host gets what is its own, and nothing of the device's but the file that says more about it. */
function asTarget({ host, port, username, password, ssh }: JumpHost, configFile: string | undefined): ConnectionTarget {
  return { host, port, username, password, ssh: { configFile, ...ssh }, transport: 'ssh' };
}

function ownName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry, as in some containers: then the name has to be given.
    return undefined;
  }
}
